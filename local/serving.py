"""The API on a socket that the stack has bound: `python -m local.serving DESCRIPTOR`.

`uvicorn --fd` takes any socket for one of the file system's, and answers over TCP later than it could:
asyncio switches off the waiting for more to send (TCP_NODELAY) only where it sees a socket of TCP.
"""

import socket
import sys

import uvicorn


def serve(descriptor: int) -> None:
    """Serve until SIGTERM."""
    # No access log: addresses of reply pages carry their token.
    config = uvicorn.Config("api.app:create_app", factory=True, access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))

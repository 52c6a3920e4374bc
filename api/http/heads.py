"""HTTP as uvicorn speaks it with httptools, and a bound to what that would keep of a request's head.

A parser keeps an address, a header or a trailer until it is whole. h11 gives up after some kilobytes;
httptools would go on for as long as somebody sends.
"""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES: Final = 64 * 1024
"""Of what makes no whole head and no part of a body yet."""


class BoundedHeads(HttpToolsProtocol):
    """`uvicorn --http api.http.heads:BoundedHeads`: a head without an end is no request (400)."""

    _unheard = 0

    def data_received(self, data: bytes) -> None:
        self._unheard += len(data)
        super().data_received(data)
        if self._unheard > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("Invalid HTTP request received.")

    def on_headers_complete(self) -> None:
        self._unheard = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unheard = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unheard = 0
        super().on_message_complete()

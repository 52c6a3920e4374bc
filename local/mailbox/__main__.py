"""`python -m local.mailbox`: the mailbox alone."""

import asyncio
import signal
from pathlib import Path
from typing import Annotated

import typer

from local.mailbox import Mailbox
from local.ports import USUAL, Port, free_port


def main(
    directory: Annotated[Path, typer.Option(help="Where the letters are kept.")] = Path(".state/mailbox"),
    smtp_port: Annotated[int, typer.Option(help="0: the usual one, another if it is taken.")] = 0,
    http_port: Annotated[int, typer.Option(help="0: the usual one, another if it is taken.")] = 0,
) -> None:
    """Take letters by SMTP and show them in the browser, until Ctrl-C."""
    asyncio.run(
        _serve(
            Mailbox(
                directory,
                smtp_port=smtp_port or free_port(USUAL[Port.SMTP]),
                http_port=http_port or free_port(USUAL[Port.MAILBOX]),
            )
        )
    )


async def _serve(mailbox: Mailbox) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await mailbox.start()
    typer.echo(f"SMTP {mailbox.smtp_url}   letters {mailbox.http_url}")
    await stop.wait()
    await mailbox.stop()


if __name__ == "__main__":
    typer.run(main)

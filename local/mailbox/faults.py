"""Bad days of a mail server, on request: refusals, silence, slowness, lost answers."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Faults:
    """What the sink does wrong from now on. A fresh object does nothing wrong.

    Replies are whole SMTP reply lines, e.g. ``451 4.7.1 try later`` (RFC 5321 §4.2, RFC 3463).
    """

    refused: dict[str, str] = field(default_factory=dict)
    """Reply to RCPT TO, by address in lower case."""

    refuse_all: str | None = None
    """Reply to every RCPT TO."""

    refuse_content: str | None = None
    """Reply after DATA; the letter is not stored."""

    lose_answers: int = 0
    """How many of the next letters are stored, and the connection then dropped before the reply."""

    slow_seconds: float = 0.0
    """How long each letter takes to be accepted."""

    letters_per_connection: int | None = None
    """After so many letters a connection takes no more: 421."""

    connections: int | None = None
    """Whoever opens more than so many at once is turned away: 421."""

    def __post_init__(self) -> None:
        self._answering = asyncio.Event()
        self._answering.set()

    def refuse(self, address: str, reply: str = "550 5.1.1 no such mailbox") -> None:
        """Refuse one address: 4xx for now, 5xx for good."""
        self.refused[address.lower()] = reply

    def reply_to(self, address: str) -> str | None:
        """The refusal for a recipient, or None when it is welcome."""
        return self.refuse_all or self.refused.get(address.lower())

    def stall(self) -> None:
        """Never answer MAIL FROM again until `clear()`: the client's own time-out must end it."""
        self._answering.clear()

    async def wait_while_stalled(self) -> None:
        """Return at once on a good day."""
        await self._answering.wait()

    def clear(self) -> None:
        """Back to a good day."""
        self.refused.clear()
        self.refuse_all = self.refuse_content = None
        self.lose_answers = 0
        self.slow_seconds = 0.0
        self.letters_per_connection = self.connections = None
        self._answering.set()

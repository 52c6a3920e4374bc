"""What people asked for and what they were answered: every request, every try of it, every status."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import httpx

from models.commands.command import command_id
from models.commands.receipt import Receipt
from models.vocabulary.procedure import Id

KEY: Final = "Idempotency-Key"
_MONITORINGS: Final = "/api/v1/monitorings"
CONTENT: Final = ("/sources", "/indicators", "/findings", "/draft")
_FORM: Final = "/r/"
_RECEIPT: Final = "/receipt"
_RECEIPT_FORM: Final = "/form/receipt"
_SENT: Final = b"action=send"


@dataclass(frozen=True)
class Try:
    """One try of a request; `status` is None when the connection was lost."""

    begun: datetime
    ended: datetime
    status: int | None
    retry_after: bool = False


@dataclass
class Exchange:
    """One request with all its tries, and the answer it had in the end, if it had one."""

    request: httpx.Request
    content: bytes
    tries: list[Try] = field(default_factory=list)
    status: int = 0
    answer: bytes = b""
    leads_to: str = ""

    @property
    def what(self) -> str:
        """Method and path; a link's token is nobody's business."""
        path = self.request.url.path
        return f"{self.request.method} {'/r/…' if path.startswith(_FORM) else path}"

    @property
    def key(self) -> str:
        return str(self.request.headers.get(KEY, ""))

    @property
    def done(self) -> bool:
        """Whether it was answered with success, a redirect included."""
        return httpx.codes.OK <= self.status < httpx.codes.BAD_REQUEST

    @property
    def writes_content(self) -> bool:
        return self.request.method in {"POST", "PUT"} and self.request.url.path.endswith(CONTENT)

    @property
    def is_command(self) -> bool:
        """Whether it goes to a proceeding under a key: content and the calendar are the database's."""
        proceeds = self.request.url.path.startswith(_MONITORINGS) and not self.writes_content
        return self.request.method == "POST" and bool(self.key) and proceeds

    @property
    def answered(self) -> datetime:
        """When the last try was."""
        return self.tries[-1].ended

    @property
    def is_reply(self) -> bool:
        """Whether it is an answer by a letter's link that was sent, not only typed or checked."""
        path = self.request.url.path
        pressed = path.endswith(_RECEIPT) and not path.endswith(_RECEIPT_FORM)
        sends = pressed or _SENT in self.content
        return self.request.method == "POST" and path.startswith(_FORM) and sends

    @property
    def is_receipt(self) -> bool:
        """Whether it confirms receipt by a link: by a form, or by one button."""
        return self.is_reply and self.request.url.path.endswith(_RECEIPT)

    @property
    def token(self) -> str:
        """Of the link it was sent by."""
        return self.request.url.path.split("/")[2]


@dataclass
class Ledger:
    """All exchanges of a drill. `accounts` tells whose token is whose."""

    accounts: Mapping[str, Id]
    exchanges: list[Exchange] = field(default_factory=list)

    def note(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)

    def commands(self) -> Iterator[Exchange]:
        """Every acknowledged command of somebody with an account."""
        return (each for each in self.exchanges if each.is_command and each.done)

    def replies(self) -> Iterator[Exchange]:
        """Every acknowledged answer by a letter's link."""
        return (each for each in self.exchanges if each.is_reply and each.done)

    def written(self) -> Iterator[Exchange]:
        """Every acknowledged piece of content."""
        return (each for each in self.exchanges if each.writes_content and each.done)

    def command(self, exchange: Exchange) -> Id:
        """The id under which a command of an account is on record."""
        token = str(exchange.request.headers["Authorization"]).removeprefix("Bearer ")
        return command_id(self.accounts[token], exchange.key)

    def pages(self) -> dict[str, Exchange]:
        """Every page by a link as it was first shown, by its address."""
        seen: dict[str, Exchange] = {}
        for each in self.exchanges:
            if each.done and each.request.method == "GET" and each.request.url.path.startswith(_FORM):
                seen.setdefault(str(each.request.url), each)
        return seen

    def statuses(self) -> Counter[str]:
        """How often each status was answered; lost connections are `lost`."""
        tries = (each for exchange in self.exchanges for each in exchange.tries)
        return Counter("lost" if each.status is None else str(each.status) for each in tries)


def receipt_of(exchange: Exchange) -> Receipt:
    """What a command of a monitoring was answered with."""
    return Receipt.model_validate_json(exchange.answer)

"""What a mail server said to one letter."""

from typing import Final

from models.letters.post import DeliveryOutcome
from models.vocabulary.base import Model

_PERMANENT: Final = range(500, 600)
_TRANSIENT: Final = range(400, 500)
# RFC 4954: they speak of our login, not of the recipient, even as an answer to RCPT.
_ABOUT_US: Final = frozenset({530, 534, 535, 538})
# RFC 3463: what is wrong with this address (x.1) or this mailbox (x.2) says nothing of the server.
_ABOUT_THE_RECIPIENT: Final = ("4.1.", "4.2.")


class Handover(Model):
    """The server's verdict: reply code and text, with its queue id if it tells one; no code: no answer."""

    outcome: DeliveryOutcome
    code: int | None
    reply: str

    @property
    def asks_for_less(self) -> bool:
        """Whether it may be that too much comes too fast: «later», or silence."""
        if self.outcome is not DeliveryOutcome.DEFERRED:
            return False
        if self.code is None:
            return True
        return self.code in _TRANSIENT and not self.reply.startswith(_ABOUT_THE_RECIPIENT)


def refusal(code: int, reply: str) -> Handover:
    """A refusal of the recipient or of what was handed over."""
    final = code in _PERMANENT and code not in _ABOUT_US
    outcome = DeliveryOutcome.REJECTED if final else DeliveryOutcome.DEFERRED
    return Handover(outcome=outcome, code=code, reply=reply)


def refusal_of_us(code: int | None, reply: str) -> Handover:
    """Greeting, login or sender, or no answer at all: that can be mended, whatever the code."""
    return Handover(outcome=DeliveryOutcome.DEFERRED, code=code, reply=reply)

"""How letters fare (docs/architecture.md, Letters)."""

from datetime import date
from typing import Literal

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256
from models.vocabulary.texts import NoteHash


class LetterSent(Model):
    """Under the rule of its cause: the mail server took the letter (its 250 reply).

    `eml` pins the message as sent, `kept` the copy that is kept of it: without the link, if it had one.
    """

    type: Literal["letter_sent"] = "letter_sent"
    letter: Id
    attempt: int
    eml: Sha256 | None = None
    kept: Sha256 | None = None


class LetterUndelivered(Model):
    """Under the rule of its cause: the letter could not be delivered; somebody has to see to it.

    `told`: whoever conducts the matter is written to about it.
    """

    type: Literal["letter_undelivered"] = "letter_undelivered"
    letter: Id
    attempt: int
    code: str  # an SMTP reply code, or a word of `UndeliveredReason`
    told: bool = False


class LetterResent(Model):
    """Under the rule of its cause: the letter is to leave once more; every attempt has its own proof."""

    type: Literal["letter_resent"] = "letter_resent"
    letter: Id


class HandDeliveryRecorded(Model):
    """Under the rule of its cause: the letter was handed over on paper, on a local date."""

    type: Literal["hand_delivery_recorded"] = "hand_delivery_recorded"
    letter: Id
    delivered_on: date
    note: NoteHash

"""What the workflow asks of the post and what it learns: ids and codes, no address, text or link."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.row import Family
from models.vocabulary.base import Model
from models.vocabulary.procedure import Mark, Sha256


class LetterOutcome(StrEnum):
    """How one attempt at a letter ended for the procedure."""

    SENT = "sent"
    UNDELIVERABLE = "undeliverable"


class UndeliveredReason(StrEnum):
    """Why a letter could not be delivered where no mail server said so by a reply code."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    TIMED_OUT = "timed_out"  # the server kept deferring it until the workflow gave up


class DeliveryOutcome(StrEnum):
    """How one attempt to hand a letter to the mail server ended; a deferred one is tried again."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    NO_ADDRESS = "no_address"


class LetterOrder(Model):
    """Send this letter. Its event is recorded before it is ordered."""

    number: Mark
    letter: Letter
    workflow_id: str = ""  # whose letter; empty in orders from before there were others than monitorings

    @property
    def family(self) -> Family:
        """Who writes it, and about what."""
        of_workflow = _FAMILIES.get(self.workflow_id.partition("/")[0], Family.MONITORING)
        return LETTERS[self.letter.kind].family or of_workflow


_FAMILIES: Final[Mapping[str, Family]] = {"duty": Family.DUTY, "consolidation": Family.REVIEW}


class LetterProof(Model):
    """`code` is the mail server's reply code, or a word of `UndeliveredReason`.

    `eml` is the hash of the message it took, `kept` that of the copy without the link.
    """

    outcome: LetterOutcome
    code: str
    eml: Sha256 | None = None
    kept: Sha256 | None = None

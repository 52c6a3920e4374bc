"""What the product promises, by name, and how a broken promise is told."""

from dataclasses import dataclass
from enum import StrEnum


class Promise(StrEnum):
    """What holds whatever goes wrong."""

    ONCE = "every acknowledged command is in history, journal and projection once, or named by reconciling"
    SAME = "what was answered never changes: the same key answers the same again"
    LETTERS = "no letter contradicts the journal, none is lost, none comes twice but under one Message-ID"
    ANSWERS = "no answer is 5xx but 503 with Retry-After, no connection is lost but by an end or a cut"
    CALENDAR = "a changed calendar reaches every proceeding, and moves each open deadline once"
    ENDS = "everything ends: every monitoring is closed, its live check agrees, the service is ready"
    PARTS = "no part ends by itself"


@dataclass(frozen=True)
class Broken:
    """One thing that was not as it was promised."""

    promise: Promise
    what: str

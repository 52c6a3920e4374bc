"""What a message that came back is, and by what that was seen."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator

from models.mail.keys import Role, SentLetter
from models.vocabulary.base import Model


class Sort(StrEnum):
    """What a message is. Only a person makes of any of them what the procedure records."""

    ANSWER = "answer"
    INTERIM_ANSWER = "interim_answer"
    QUESTION = "question"
    AUTO_REPLY = "auto_reply"
    DELAY = "delay"
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    UNKNOWN = "unknown"

    @property
    def is_a_persons(self) -> bool:
        """Whether somebody wrote it who waits for us."""
        return self in {Sort.ANSWER, Sort.INTERIM_ANSWER, Sort.QUESTION}


class Sign(StrEnum):
    """By what a message was sorted, or what made it doubtful."""

    STATUS_REPORT = "status_report"  # RFC 3464, RFC 6533
    READING_REPORT = "reading_report"  # RFC 8098
    REPORT_IN_WORDS = "report_in_words"  # from a mail server, without a part for machines
    DAMAGED_REPORT = "damaged_report"
    BOUNCE_ADDRESS = "bounce_address"
    MARKED_AUTOMATIC = "marked_automatic"
    OWN_LETTER = "own_letter"
    NULL_SENDER = "null_sender"
    MAILING_LIST = "mailing_list"
    GOES_ROUND = "goes_round"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    CALENDAR_REPLY = "calendar_reply"
    ABUSE_REPORT = "abuse_report"
    NO_THREAD = "no_thread"  # nothing in it says that it answers the letter
    NO_WORDS = "no_words"
    FEW_WORDS = "few_words"
    SOUNDS_AUTOMATIC = "sounds_automatic"
    SOUNDS_INTERIM = "sounds_interim"
    ASKS = "asks"
    UNKNOWN_ADDRESS = "unknown_address"


class Envelope(Model):
    """What the conversation said beside the message. An empty sender is the null one."""

    sender: str
    recipient: str


class Told(StrEnum):
    """What a report says became of the letter (RFC 3464, 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


_LONGEST_LINE: Final = 2_000


def _storable(text: str) -> str:
    """Without what neither a database nor a page takes: a NUL, half a character."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


Words = Annotated[str, BeforeValidator(_storable)]
Line = Annotated[Words, BeforeValidator(lambda text: text[:_LONGEST_LINE])]
"""A line of somebody else's: the raw message has all of it."""


class MailboxReport(Model):
    """What a server says of one mailbox; words are its own, decoded. Codes are as written, often wrong."""

    told: Told | None
    mailbox: Line = ""
    status: Line = ""
    reason: Line = ""
    retries_until: Line = ""


class EnclosedFile(Model):
    """A file in a message, by its place among the parts."""

    place: int
    filename: Line
    media_type: Line
    size: int


class SortedMail(Model):
    """What a message is, which letter it is about, and what a person reads of it."""

    sort: Sort
    signs: tuple[Sign, ...] = ()
    letter: SentLetter | None = None
    came_to: Role | None = None
    writer: Line = ""
    """The address in From."""
    subject: Line = ""
    authenticated: Line = ""
    """What the mail server before us says of SPF and DKIM (RFC 8601), as it wrote it."""
    words: Words = ""
    """What was written anew."""
    quoted: Words = ""
    """What stands below it: never dropped."""
    files: tuple[EnclosedFile, ...] = ()
    reports: tuple[MailboxReport, ...] = ()
    numbers: tuple[str, ...] = ()
    """Registration numbers read in it: guesses where no letter is known."""

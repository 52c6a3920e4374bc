"""One letter of the procedure, as the workflow knows it."""

from models.letters.kinds import LETTERS
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterKind, LetterStatus, Purpose, RecipientKind
from models.vocabulary.procedure import Id
from models.vocabulary.texts import NoteHash


class Letter(Model):
    """One letter: whom it goes to and how it fares. The address, the text and the link are not here."""

    id: Id
    kind: LetterKind
    recipient: Id  # an organisation, a person, a council or an account
    recipient_kind: RecipientKind
    subject: Id  # what it is about: a member, a request, an addressee, a council item
    purpose: Purpose | None = None
    deadline: Id | None = None
    version: int | None = None
    status: LetterStatus = LetterStatus.DUE
    attempt: int = 1  # a re-send to a mended address is a new attempt
    failure: str = ""
    colleague: NoteHash | None = None  # to whom it was handed on, in place of the recipient's own address
    copy_of: Id | None = None  # the letter that was handed on first, whose words these are
    confirms: bool = False  # an answer by the link of this copy is confirmed to the colleague, too
    handed_on_as: Id | None = None  # the letter to a colleague of whoever got this one

    @property
    def original(self) -> Id:
        """The letter whose words it has: the entry that caused that one is its cause."""
        return self.copy_of or self.id


def letter_id(seq: int, index: int = 0) -> Id:
    """A letter's id is the journal's: the n-th letter caused by entry `seq`."""
    return f"L{seq}-{index}"


def place_of(letter: Id) -> tuple[int, int]:
    """By which entry a letter was caused, and as the how manieth of it."""
    seq, _, index = letter.removeprefix("L").partition("-")
    return int(seq), int(index)


def ordered(
    kind: LetterKind,
    recipient: Id,
    recipient_kind: RecipientKind,
    subject: Id,
    deadline: Id | None = None,
    version: int | None = None,
    link: Purpose | None = None,
) -> Letter:
    """A letter that an event causes; the entry of the journal gives it its id.

    `link` is for kinds whose row leaves it to the cause what their link is for.
    """
    return Letter(
        id="L0-0",
        kind=kind,
        recipient=recipient,
        recipient_kind=recipient_kind,
        subject=subject,
        purpose=link or LETTERS[kind].link,
        deadline=deadline,
        version=version,
    )

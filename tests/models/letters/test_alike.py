"""Letters that ask one and the same are known by what they ask, whichever journal's order they stand in."""

from models.letters.alike import asking_alike
from models.letters.letter import Letter, ordered
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Id

BODY = RecipientKind.ORGANISATION


def letter(known: Id, kind: LetterKind, subject: Id = "clinic", version: int | None = 1) -> Letter:
    asked = ordered(kind, subject, BODY, subject, version=version)
    return asked.model_copy(update={"id": known})


FIRST = letter("L9-0", LetterKind.REPORT_FOR_CONSIDERATION)
COPY = letter("L10-0", LetterKind.REPORT_FOR_CONSIDERATION)
REMINDER = letter("L110-2", LetterKind.REPLY_REMINDER)
OTHERS = (
    letter("L9-1", LetterKind.REPORT_FOR_CONSIDERATION, "school"),
    letter("L12-0", LetterKind.REPORT_CORRECTED, version=2),
    letter("L13-0", LetterKind.IMPLEMENTATION_AWAITED),
    letter("L14-0", LetterKind.LETTER_HANDED_ON, version=None),
)
LETTERS = {each.id: each for each in (REMINDER, COPY, *OTHERS, FIRST)}


def test_a_reminder_and_a_copy_ask_what_the_first_did() -> None:
    for each in (FIRST, COPY, REMINDER):
        assert asking_alike(LETTERS, each) == ("L9-0", "L10-0", "L110-2")


def test_another_body_another_version_and_another_purpose_are_asked_something_else() -> None:
    for each in OTHERS:
        assert asking_alike(LETTERS, each) == (each.id,)
    assert OTHERS[2].purpose is Purpose.REPORT_IMPLEMENTATION

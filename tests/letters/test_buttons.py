"""A letter without a link leads to the page that tells whether it is genuine, and its button says so."""

import pytest

from locales.catalogue import text
from models.letters.kinds import LETTERS
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "kind",
    [
        LetterKind.CO_CONDUCTOR_WITHDRAWN,
        LetterKind.INVITATION_OVER,
        LetterKind.INFORMATION_NOT_NEEDED,
        LetterKind.ANSWER_CONFIRMATION,
        LetterKind.COUNCIL_ITEM_WITHDRAWN,
        LetterKind.MONITORING_CANCELLED,
        LetterKind.IMPLEMENTATION_JUDGED,
        LetterKind.FOLLOW_UP_ENDED,
    ],
)
def test_it_promises_no_page_of_the_monitoring(kind: LetterKind, language: Language) -> None:
    assert LETTERS[kind].link is None
    assert text(language, f"letter.{kind.value}.button") == text(language, "page.footer.genuine")

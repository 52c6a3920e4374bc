"""People paste anything: it is printed as it is, never obeyed, and never stops the printing."""

from decimal import Decimal

import pytest

from models.report.content import Quantitative, ReportContent, Wording
from models.vocabulary.procedure import IndicatorRole
from tests.documents.contents import COMPREHENSIVE
from tests.documents.reading import printed, unspaced, words

MARKUP = (
    '#import "x.typ": * #eval("1+1") #panic() $x^2$ [a] *b* _c_ `d` @ref <label> \\ \\# // no /* comment */ '
    "= heading - list + enum ~ \\u{41} --- ... {braces} {{jinja}} %s \"quotes\" 'single' https://example.kz/#x"
)
LONGEST = 20_000


def everywhere(said: str) -> ReportContent:
    """The text in a paragraph, a list, a table cell, a table of sources and a title."""
    # Some of it is no longer taken; what is kept already must be printed all the same.
    wording = Wording.model_construct(kk=said)
    draft = COMPREHENSIVE.draft.model_copy(update={"conclusions": wording})
    finding = COMPREHENSIVE.findings[0].model_copy(update={"text": wording})
    source = COMPREHENSIVE.sources[0].model_copy(update={"title": wording})
    indicator = Quantitative.model_construct(
        id="i",
        role=IndicatorRole.STATE,
        name=wording,
        unit=said[:500],
        value=Decimal(1),
        previous_period=said[:500],
    )
    return COMPREHENSIVE.model_copy(
        update={
            "draft": draft,
            "findings": (finding,),
            "sources": (source,),
            "indicators": (indicator,),
            "title": Wording.model_construct(kk=said[:500]),
        }
    )


def test_markup_is_printed_verbatim_wherever_it_stands() -> None:
    assert words(printed(everywhere(MARKUP))).count(unspaced(MARKUP)) >= 5


def test_a_long_text_is_printed_to_its_last_word() -> None:
    long = " ".join(f"сөз{n}" for n in range(2_500))[:LONGEST]
    assert words(printed(everywhere(long))).count(unspaced(long)[-200:]) >= 4


def test_a_word_longer_than_a_page_is_broken_and_kept_whole() -> None:
    word = "абвгд" * (LONGEST // 5)
    content = COMPREHENSIVE.model_copy(
        update={"draft": COMPREHENSIVE.draft.model_copy(update={"conclusions": Wording(kk=word)})}
    )
    assert word in words(printed(content))


LETTERS = (
    *("\u00a0", "\u2003", "\u3000", "\t", "\n", "\u2028", "\u0301", "\u200b", "\u200d", "\u202e", "\ufeff"),
    *("a" + 6 * "\u0301", "-", ".", "_", "\ue000", "\U0010ffff", "😀", "中", "م", "ក្"),
)


@pytest.mark.parametrize(
    "letter", LETTERS, ids=lambda letter: "-".join(f"{ord(part):04X}" for part in letter)
)
def test_no_letter_stops_the_printing_even_in_great_numbers(letter: str) -> None:
    assert printed(everywhere(f"басы {letter * (19_900 // len(letter))} соңы")).startswith(b"%PDF")

"""Which texts become public, and what in them is a person's identification number (numbers made up)."""

from datetime import date

import pytest

from models.report.content import Source, Wording
from models.report.disclosures import is_iin, public_files, public_texts
from models.vocabulary.procedure import SourceAccess, SourceKind
from tests.documents.contents import COMPREHENSIVE

FILE = "f" * 64


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("820101300129", True),
        ("050229600172", False),  # 2005 had no 29 February
        ("701231012347", True),  # of a foreigner
        ("950701200011", True),
        ("820101300128", False),  # another check digit
        ("990540001238", False),  # a BIN: where a day of birth would begin stands a 4
        ("820101700128", False),  # no such century
        ("82010130012", False),
        ("82010130012x", False),
    ],
)
def test_a_person_s_number_is_told_from_a_body_s_and_from_any_other_figures(
    digits: str, is_one: bool
) -> None:
    assert is_iin(digits) is is_one


def test_a_number_whose_check_digit_cannot_be_is_nobody_s() -> None:
    """Where both rows of weights give ten the number is never given out."""
    never = [f"8201013{serial:04d}" for serial in range(10_000) if not _given_out(f"8201013{serial:04d}")]
    assert never
    assert not any(is_iin(f"{eleven}{digit}") for eleven in never[:5] for digit in range(10))


def _given_out(eleven: str) -> bool:
    return any(is_iin(f"{eleven}{digit}") for digit in range(10))


def test_every_text_that_the_public_rendition_prints_is_looked_at() -> None:
    places = [pointer for pointer, text in public_texts(COMPREHENSIVE) if text]
    for part in ("/title", "/sources/", "/indicators/", "/findings/", "/draft/conclusions", "/draft/tasks/"):
        assert any(place.startswith(part) for place in places), part
    assert {"/draft/decision/assessment/kk", "/draft/decision/items/p1/text/kk"} <= set(places)


def test_annex_i_2_contacts_that_the_form_asks_for_are_no_disclosure() -> None:
    conductor = COMPREHENSIVE.draft.conductors[0]
    assert conductor.email
    assert conductor.email not in {text for _, text in public_texts(COMPREHENSIVE)}


@pytest.mark.parametrize("access", SourceAccess)
def test_what_the_public_does_not_get_is_not_looked_at(access: SourceAccess) -> None:
    """A withheld source's reference is not printed, and its files go nowhere (A8)."""
    source = Source(
        id="s-1",
        kind=SourceKind.MEDIA,
        title=Wording(kk="Мақала"),
        owner="Газет",
        reference="№ 5",
        obtained_on=date(2026, 3, 2),
        access=access,
        attachments=(FILE,),
    )
    content = COMPREHENSIVE.model_copy(update={"sources": (source,)})
    open_to_all = access in {SourceAccess.OPEN, SourceAccess.PUBLISHED_BY_US}
    assert (("/sources/s-1/reference", "№ 5") in set(public_texts(content))) is open_to_all
    assert list(public_files(content)) == ([("/sources/s-1/attachments", FILE)] if open_to_all else [])

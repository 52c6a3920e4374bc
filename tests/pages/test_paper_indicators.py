"""A clerk types the indicators of a paper report: a number as people write it, or words."""

import pytest
from httpx import AsyncClient, Response

from api.pages.desk.paper_indicators import read_indicators
from api.pages.forms.typed import Reader, Typed
from models.report.content import Qualitative, Quantitative
from models.vocabulary.procedure import IndicatorRole, Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import received, signed_in
from tests.pages.test_paper_form import PAPER, PDF, TYPED

WHOLE = TYPED | {"item-addressee-1": "land-sary"}
SHARE = {
    "indicator-name-1": "Доля жалоб на очередь",
    "indicator-role-1": "state",
    "indicator-value-1": "1 046,50",
    "indicator-unit-1": "%",
}
IN_WORDS = {"indicator-name-2": "Порядок записи никому не известен.", "indicator-role-2": "cause"}


async def checked(browser: AsyncClient, language: str, typed: dict[str, str]) -> Response:
    files = {"upload": ("Есеп.pdf", PDF, "application/pdf")}
    return await browser.post(f"{PAPER}?lang={language}", data=WHOLE | typed, files=files)


async def test_indicators_are_said_again_before_the_report_is_registered(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    page = await checked(browser, "ru", SHARE | IN_WORDS)
    assert (page.status_code, flaws(page)) == (200, [])
    told = words(page)
    for said in (*IN_WORDS.values(), *SHARE.values()):
        if said not in {"state", "cause", "1 046,50"}:
            assert said in told
    assert "1 046,50 %" in told.replace("\u00a0", " ")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"indicator-role-1": ""}, "indicator-role-1"),
        ({"indicator-name-1": " "}, "indicator-name-1"),
        ({"indicator-value-1": "много"}, "indicator-value-1"),
        ({"indicator-value-1": "9" * 30}, "indicator-value-1"),
        ({"indicator-value-1": ""}, "indicator-value-1"),
    ],
)
async def test_a_row_that_is_begun_is_asked_for_in_whole(
    story: Story,
    browser: AsyncClient,
    seeded_database: SeededDatabase,
    language: Language,
    wrong: dict[str, str],
    field: str,
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    page = await checked(browser, language.value, SHARE | wrong)
    assert (page.status_code, flaws(page)) == (422, [])
    assert soup(page).select_one(f"#{field}-message") is not None


def test_a_number_makes_an_indicator_quantitative_and_words_alone_qualitative() -> None:
    typed = Typed(fields={name: (value,) for name, value in (SHARE | IN_WORDS).items()})
    share, told = read_indicators(Reader(typed), typed, 3, Language.RU)
    assert isinstance(share, Quantitative)
    assert (str(share.value), share.unit, share.role) == ("1046.50", "%", IndicatorRole.STATE)
    assert isinstance(told, Qualitative)
    assert told.text.ru == IN_WORDS["indicator-name-2"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("written", ["1,250", "1.250"])
async def test_a_number_of_two_readings_is_asked_and_shown_as_the_reader_writes_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language, written: str
) -> None:
    whole, part = {
        Language.KK: ("1 250", "1,250"),
        Language.RU: ("1 250", "1,250"),
        Language.EN: ("1,250", "1.250"),
    }[language]
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    typed = SHARE | {"indicator-value-1": written}
    page = await checked(browser, language.value, typed)
    assert (page.status_code, flaws(page)) == (422, [])
    asked = soup(page).select_one("#indicator-meant-1")
    assert asked is not None
    offered = [label.get_text(strip=True).replace("\u00a0", " ") for label in asked.select("label")]
    assert offered == [whole, part]
    for meant, said in (("whole", whole), ("part", part)):
        page = await checked(browser, language.value, typed | {"indicator-meant-1": meant})
        assert page.status_code == 200, page.text
        assert f"{said} %" in words(page).replace("\u00a0", " ")

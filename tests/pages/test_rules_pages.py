"""The Rules as everybody reads them: whole, in three languages, with what the edition in force says."""

import pytest
from httpx import AsyncClient

from locales.catalogue import has_text, text
from models.vocabulary.editions import ORDER_192, Switches
from models.vocabulary.paragraphs import ANNEX, PARAGRAPHS
from models.vocabulary.procedure import Language, SourceKind, Step, Task
from tests.models.monitoring.rules.citations import cited_rules
from tests.pages.reading import flaws, soup, words

NAMES = [each.name for each in PARAGRAPHS]


@pytest.mark.parametrize("language", Language)
async def test_every_paragraph_is_read_in_every_language(browser: AsyncClient, language: Language) -> None:
    whole = await browser.get("/rules", params={"lang": language.value})
    assert flaws(whole) == []
    said = words(whole)
    for name in NAMES:
        assert " ".join(text(language, f"rules.text.{name}").split()) in said
        page = await browser.get(f"/rules/{name}", params={"lang": language.value})
        assert page.status_code == 200
        assert flaws(page) == []
        told = words(page)
        assert " ".join(text(Language.KK, f"rules.text.{name}").split()) in told, "the Kazakh text decides"
        assert text(language, f"rules.enforced.{name}") in told
        assert text(language, "page.rules.unofficial") in told
        official = soup(page).select("details p[lang=kk]")
        assert len(official) == (0 if language is Language.KK else 1)


@pytest.mark.parametrize("language", Language)
def test_paragraphs_have_as_many_parts_as_the_procedure(language: Language) -> None:
    for name, parts in (("7", SourceKind), ("10", Task), ("14", Step)):
        lines = text(language, f"rules.text.{name}").splitlines()
        numbered = [line for line in lines if line[:1].isdigit() and line[1:2] == ")"]
        assert len(numbered) == len(parts), name


def test_every_switch_stands_beside_its_paragraph() -> None:
    told = {switch for paragraph in PARAGRAPHS for switch in paragraph.switches}
    assert told == set(Switches.model_fields), (
        "a switch of an edition is told beside a paragraph: models/vocabulary/paragraphs.py, and "
        "`rules.switch.<name>` in rules.po"
    )
    assert all(has_text(language, f"rules.switch.{each}") for language in Language for each in told)


def test_every_paragraph_that_a_refusal_cites_has_its_page() -> None:
    cited = {rule.split(".", maxsplit=1)[0] for rule in cited_rules()}
    assert {each for each in cited if each.isdecimal() or each == ANNEX} <= set(NAMES)


async def test_the_switches_are_those_of_the_edition_in_force(browser: AsyncClient) -> None:
    page = await browser.get("/rules/13", params={"lang": "en"})
    months = ORDER_192.switches.thematic_interval_months
    rows = {
        row.dt.get_text(strip=True): row.dd.get_text(strip=True)
        for row in soup(page).select("dl.lines > div")
        if row.dt and row.dd
    }
    assert rows[text(Language.EN, "rules.switch.thematic_interval_months")] == f"{months} months"
    assert rows[text(Language.EN, "rules.switch.year_prorated")] == "yes"
    assert ORDER_192.order_number in words(page)


async def test_paragraphs_follow_one_another(browser: AsyncClient) -> None:
    walked, address = [], "/rules/1?lang=kk"
    while address:
        page = soup(await browser.get(address))
        walked.append(address[7:].partition("?")[0])
        further = page.select_one("nav.pages a[rel=next]")
        address = str(further["href"]) if further else ""
    assert walked == NAMES


async def test_there_is_no_other_paragraph(browser: AsyncClient) -> None:
    for none in ("0", "22", "A1", "01", "%00", "жоқ", "1" * 40):
        assert (await browser.get(f"/rules/{none}")).status_code == 404, none

"""The register on paper: period, reports, counts, findings, repeats, differences, each with its report."""

import io
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from local.samples import ScenarioName
from locales.catalogue import text
from models.report.content import Wording
from models.vocabulary.procedure import Language
from tests.api.on_file import on_file
from tests.api.world import World
from tests.documents.reading import unspaced

Json = dict[str, Any]
PATH = "/consolidation/register"
SECTIONS = ("heading", "reports", "counts", "findings", "repeats", "differences")


async def printed(world: World, language: Language, query: str = "") -> PdfReader:
    answer = await world.call("uo-head", "GET", f"{PATH}.pdf?language={language.value}{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def words(pdf: PdfReader) -> str:
    return "".join(unspaced(page.extract_text()) for page in pdf.pages)


async def two_years(world: World) -> list[str]:
    cases = [await on_file(world, ScenarioName.B, 1)]
    cases += [await on_file(world, name) for name in ScenarioName]
    return [case.number for case in cases]


@pytest.mark.parametrize("language", Language)
async def test_it_says_what_it_rests_on_and_every_figure_its_reports(
    world: World, language: Language
) -> None:
    numbers = await two_years(world)
    found = words(await printed(world, language))
    places = [found.find(unspaced(text(language, f"register.paper.{each}"))) for each in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)
    whole = await world.call("uo-head", "GET", f"{PATH}.json?language={language.value}")
    register: Json = whole.json()
    for number in numbers:
        assert found.count(number) > 5
    for by in register["counts"]:
        for figure in by["counts"]:
            for part in figure["parts"]:
                assert f"{part['report']}({part['count']})" in found
    for row in register["rows"]:
        if row["kind"] == "finding":
            assert unspaced(row["text"]) in found
    assert unspaced(register["repeats"][0]["because"][0]["said"]) in found
    assert unspaced(text(language, "register.beyond_rules")) in found


async def test_it_is_archivable_and_names_its_language_and_period(world: World) -> None:
    await two_years(world)
    pdf = await printed(world, Language.RU, "&year=2025")
    root, xmp = pdf.trailer["/Root"], pdf.xmp_metadata
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == "ru-KZ"
    assert xmp is not None
    assert (xmp.pdfaid_part, xmp.pdfaid_conformance) == ("2", "B")
    found = words(pdf)
    assert unspaced("Период: 28.08.2025 – 28.08.2025") in found
    assert unspaced("Отбор: Год: 2025") in found


async def test_letters_that_no_font_has_do_not_stop_the_press(world: World) -> None:
    await on_file(world, title=Wording(kk="Мониторинг 😀 #heading[x] $y$"))
    found = words(await printed(world, Language.KK))
    assert "[U+1F600]" in found
    assert "#heading[x]" in found


async def test_an_empty_register_is_printed_and_says_so(world: World) -> None:
    found = words(await printed(world, Language.EN))
    assert unspaced("No reports on file.") in found
    assert unspaced("Period: no reports") in found


async def test_it_is_for_the_readers_of_the_register_only(world: World) -> None:
    answer = await world.call("sary-head", "GET", f"{PATH}.pdf")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")

"""What the pages look like: paragraphs stay apart, rows and headings whole, each indicator has its number."""

import io
from collections.abc import Iterator
from decimal import Decimal

import pytest
from pypdf import PdfReader

from activities.printing.form_writer import sheet_of
from activities.printing.register import render_register
from activities.printing.register_sheet import FindingEntry
from locales.catalogue import text
from models.report.content import Item, Qualitative, Quantitative, ReportContent, Source, Wording
from models.report.languages import texts_missing
from models.report.numbering import numbered
from models.report.rendition import Rendition
from models.vocabulary.procedure import IndicatorRole, ItemKind, Language, SourceKind
from tests.documents.contents import COMPREHENSIVE, DECISION, UNTRANSLATED
from tests.documents.reading import printed, unspaced, words
from tests.documents.registers import register_sheet

FILLER = " ".join(["Тізім жарияланбайды."] * 12)


def pages(content: ReportContent, language: Language = Language.KK) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(printed(content, language))).pages]


def with_items(items: tuple[Item, ...]) -> ReportContent:
    decision = DECISION.model_copy(update={"items": items})
    return COMPREHENSIVE.model_copy(
        update={"draft": COMPREHENSIVE.draft.model_copy(update={"decision": decision})}
    )


def rows_of(kind: str, many: int = 40) -> ReportContent:
    """Many rows of one table, each beginning and ending with a word of its own."""

    def said(n: int) -> Wording:
        return Wording(kk=f"бас{n}. {FILLER} соң{n}.")

    if kind == "sources":
        source = COMPREHENSIVE.sources[0]
        rows = tuple(source.model_copy(update={"id": f"s{n}", "title": said(n)}) for n in range(many))
        return COMPREHENSIVE.model_copy(update={"sources": rows, "indicators": (), "findings": ()})
    figure = next(each for each in COMPREHENSIVE.indicators if isinstance(each, Quantitative))
    of_row = {"value": Decimal(-1), "previous": None}  # below zero, so that nothing is drawn of it
    figures = tuple(figure.model_copy(update={"id": f"i{n}", "name": said(n), **of_row}) for n in range(many))
    return COMPREHENSIVE.model_copy(update={"indicators": figures})


def test_paragraphs_of_an_indicator_in_words_stay_apart() -> None:
    found = "\n".join(pages(UNTRANSLATED))
    assert "Бірінші абзац." in found
    lines = [line.strip() for line in found.splitlines()]
    for paragraph in ("Екінші абзац: тізім жабық.", "Үшінші абзац."):
        assert paragraph in lines


@pytest.mark.parametrize("kind", ["sources", "figures"])
def test_a_row_is_never_broken_over_two_pages(kind: str) -> None:
    sheets = pages(rows_of(kind))
    assert len(sheets) > 5
    for n in range(40):
        on = [place for place, page in enumerate(sheets) if unspaced(f"бас{n}. ") in unspaced(page)]
        ends = [place for place, page in enumerate(sheets) if unspaced(f"соң{n}.") in unspaced(page)]
        assert on == ends, f"row {n} begins on page {on} and ends on {ends}"


@pytest.mark.parametrize("kind", ["sources", "figures"])
@pytest.mark.parametrize("many", [2, 3, 4, 7, 11])
def test_no_row_stands_on_a_page_alone(kind: str, many: int) -> None:
    sheets = [unspaced(page) for page in pages(rows_of(kind, many))]
    on = [sum(unspaced(f"бас{n}. ") in page for n in range(many)) for page in sheets]
    assert sum(on) == many
    assert 1 not in on, on


@pytest.mark.parametrize(
    ("value", "unit", "lines"),
    [
        ("1250.5", "теңге", ("1 250,5", "теңге")),
        ("1234567890.5", "мың теңге", ("1 234 567 890,5", "мың теңге")),
        ("12", "килограммометр", ("12", "килограммометр")),
        ("40.0", "%", ("40,0 %",)),
    ],
)
def test_a_value_is_broken_inside_no_word_and_no_number(
    value: str, unit: str, lines: tuple[str, ...]
) -> None:
    figure = next(each for each in COMPREHENSIVE.indicators if isinstance(each, Quantitative))
    figure = figure.model_copy(update={"value": Decimal(value), "unit": unit, "previous": None})
    content = COMPREHENSIVE.model_copy(update={"indicators": (figure,), "findings": ()})
    found = "\n".join(pages(content)).replace("\u00a0", " ").replace("\u202f", " ")
    whole = [line.strip() for line in found.splitlines()]
    for part in lines:
        assert any(part in line for line in whole), part


@pytest.mark.parametrize(
    ("language", "owner", "said"),
    [
        (Language.RU, "Үлгі сатып алу порталы", "Үлгі сатып алу порталы [на казахском]"),
        (Language.KK, "Управление здравоохранения", "Управление здравоохранения [орысша]"),
        (Language.RU, "Управление здравоохранения", "Управление здравоохранения"),
        (
            Language.KK,
            "Управление образования Сарыжайлауской области",
            "Сарыжайлау облысының білім басқармасы",
        ),
    ],
)
def test_a_source_s_owner_is_named_in_the_document_s_language_or_marked(
    language: Language, owner: str, said: str
) -> None:
    source = COMPREHENSIVE.sources[0].model_copy(update={"owner": owner})
    content = COMPREHENSIVE.model_copy(update={"sources": (source,)})
    found, label = words(printed(content, language)), text(language, "form.source_owner")
    _, _, after = found.partition(unspaced(label) + ":")
    assert after.startswith(unspaced(said))
    assert not after.removeprefix(unspaced(said)).startswith("[")


def test_a_finding_of_the_register_is_not_cut_by_the_end_of_a_page() -> None:
    sheet = register_sheet(Language.KK)
    entry = sheet.findings[0].findings[0]

    def finding(n: int) -> FindingEntry:
        said = entry.text.model_copy(update={"text": f"бас{n}. {FILLER} соң{n}."})
        return entry.model_copy(update={"text": said})

    group = sheet.findings[0].model_copy(update={"findings": tuple(map(finding, range(40)))})
    file = render_register(sheet.model_copy(update={"findings": (group,)}))
    sheets = [unspaced(page.extract_text()) for page in PdfReader(io.BytesIO(file)).pages]
    assert len(sheets) > 3
    for n in range(40):
        assert [f"бас{n}." in page for page in sheets] == [f"соң{n}." in page for page in sheets]


def test_an_addressee_heads_its_text_on_the_same_page() -> None:
    item = DECISION.items[0]
    items = tuple(
        item.model_copy(
            update={"id": f"p{n}", "text": Wording(kk=f"бас{n}. " + "Тізімді ашу. " * (n % 9 + 1))}
        )
        for n in range(60)
    )
    headed = unspaced(text(Language.KK, "form.addressee")) + ":"
    for page in pages(with_items(items)):
        whole = unspaced(page)
        assert whole.count(headed) == sum(f"бас{n}." in whole for n in range(60))


def test_every_indicator_has_a_number_figures_first() -> None:
    for role in IndicatorRole:
        places = [position for position, _ in numbered(UNTRANSLATED, role)]
        assert places == list(range(1, len(places) + 1))
    in_words = [isinstance(each, Qualitative) for _, each in numbered(UNTRANSLATED, IndicatorRole.STATE)]
    assert in_words == sorted(in_words)
    sheet = sheet_of(
        UNTRANSLATED, language=Language.KK, rendition=Rendition.FILED, version=1, content_sha256="a" * 64
    )
    shown = [figure.number for figure in sheet.state.figures]
    shown += [statement.number for statement in sheet.state.statements]
    assert shown == [position for position, _ in numbered(UNTRANSLATED, IndicatorRole.STATE)]
    number = sheet.state.statements[-1].number
    assert unspaced(f"{number}. Бірінші абзац.") in words(printed(UNTRANSLATED))


@pytest.mark.parametrize(
    ("language", "mark", "named"),
    [
        (Language.RU, "[на казахском]", "показатель состояния № 5"),
        (Language.EN, "[in Kazakh]", "assessment of measures"),
    ],
)
def test_a_text_missing_in_a_language_is_marked_and_named(language: Language, mark: str, named: str) -> None:
    found = words(printed(UNTRANSLATED, language))
    assert unspaced("Үшінші абзац. " + mark) in found
    assert unspaced(named) in found


def test_what_is_given_in_the_language_is_neither_marked_nor_named() -> None:
    assert texts_missing(UNTRANSLATED, Language.KK) == ()
    found = words(printed(UNTRANSLATED))
    assert not any(unspaced(text(Language.KK, f"form.mark.{each}")) in found for each in Language)


def _given_on_request() -> Iterator[tuple[Language, Source]]:
    note = text(Language.KK, "form.lawful_on_request")
    source = COMPREHENSIVE.sources[0].model_copy(
        update={"kind": SourceKind.OTHER_LAWFUL, "information_request": "r1", "lawfulness_note": note}
    )
    for language in Language:
        yield language, source


@pytest.mark.parametrize(("language", "source"), list(_given_on_request()), ids=str)
def test_that_a_holder_gave_it_on_request_is_said_in_the_document_s_language(
    language: Language, source: Source
) -> None:
    content = COMPREHENSIVE.model_copy(update={"sources": (source,)})
    found = words(printed(content, language))
    for each in Language:
        said = unspaced(text(each, "form.lawful_on_request"))
        assert (said in found) is (each is language)


def test_a_proposal_and_a_recommendation_are_named_apart() -> None:
    items = tuple(item.model_copy(update={"text": Wording(kk="Мәтін")}) for item in DECISION.items)
    missing = [place.code for place in texts_missing(with_items(items), Language.RU)]
    kinds = {item.kind for item in DECISION.items}
    assert ("proposal:1" in missing, "recommendation:1" in missing) == (
        ItemKind.PROPOSAL in kinds,
        ItemKind.RECOMMENDATION in kinds,
    )

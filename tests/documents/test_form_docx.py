"""The annex form as a Word document: the PDF's words in their order, heard as read, the same bytes."""

import io
from functools import cache
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocumentOf
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from activities.printing.docx_paper import LOCALES
from activities.printing.form_docx import render_docx
from locales.catalogue import text
from models.report.content import ReportContent, Wording, content_sha256
from models.report.rendition import Rendition
from models.vocabulary.procedure import Language
from tests.documents.contents import COMPREHENSIVE, EMPTY, NUMBER, UNTRANSLATED
from tests.documents.reading import unspaced, wordings
from tests.documents.test_form import ORDER_WORDS

DRAFT = "Жоба"


@cache
def written(
    content: ReportContent, language: Language = Language.KK, rendition: Rendition = Rendition.FILED
) -> bytes:
    return render_docx(
        content,
        language=language,
        rendition=rendition,
        version=2,
        content_sha256=content_sha256(content),
        standing=DRAFT,
    )


def opened(content: ReportContent, language: Language = Language.KK) -> DocumentOf:
    return Document(io.BytesIO(written(content, language)))


def words(file: bytes) -> str:
    """All text in its order: tables stand where they stand."""
    body = Document(io.BytesIO(file)).element.body
    return unspaced("".join(each.text or "" for each in body.iter(qn("w:t"))))


def test_the_document_has_the_words_of_the_order_in_their_order() -> None:
    found = words(written(COMPREHENSIVE))
    places = [found.find(unspaced(said)) for said in ORDER_WORDS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("language", Language)
def test_every_text_of_the_content_is_there_in_the_best_wording(language: Language) -> None:
    found = words(written(UNTRANSLATED, language))
    missing = [w.best(language) for w in wordings(UNTRANSLATED) if unspaced(w.best(language)) not in found]
    assert not missing


def test_headings_rise_by_one_and_heads_of_tables_are_marked_and_repeated() -> None:
    document = opened(COMPREHENSIVE)
    names = [each.style.name for each in document.paragraphs if each.style is not None and each.style.name]
    levels = [int(name[-1]) for name in names if name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert document.tables
    for table in document.tables:
        first, *others = table.rows
        assert first._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in others)


@pytest.mark.parametrize("language", Language)
def test_every_run_says_its_language_and_a_text_of_another_one_its_own(language: Language) -> None:
    document = opened(UNTRANSLATED, language)
    runs = [run for run in document.element.body.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    spoken = {run.find(f".//{qn('w:lang')}").get(qn("w:val")) for run in runs}
    assert spoken >= {LOCALES[language], LOCALES[Language.KK]}
    (paragraph,) = [each for each in document.paragraphs if "Екінші абзац: тізім жабық." in each.text]
    assert _languages(paragraph) == {LOCALES[Language.KK]}
    assert document.core_properties.language == LOCALES[language]


def _languages(paragraph: Paragraph) -> set[str]:
    return {run._r.find(f".//{qn('w:lang')}").get(qn("w:val")) for run in paragraph.runs}


def test_every_page_says_what_it_is_and_which_of_how_many() -> None:
    section = opened(COMPREHENSIVE).sections[0]
    assert section.header.paragraphs[0].text == DRAFT
    foot = section.footer.paragraphs[0]
    assert f"№ {NUMBER}" in foot.text
    counted = [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))]
    assert counted == ["PAGE", "NUMPAGES"]


def test_a_chart_is_told_in_words() -> None:
    shown = list(opened(COMPREHENSIVE).element.body.iter(qn("wp:docPr")))
    assert [each.get("descr")[:22] for each in shown] == ["Сандық көрсеткіштер. 1", "Сандық көрсеткіштер, %"]


def test_the_same_content_makes_the_same_bytes() -> None:
    assert written(COMPREHENSIVE) == written.__wrapped__(COMPREHENSIVE)


def test_the_public_rendition_withholds_what_the_printed_one_does() -> None:
    filed, public = (words(written(COMPREHENSIVE, rendition=each)) for each in Rendition)
    for secret in ("expert@example.kz", unspaced("Хат № 04-17/211")):
        assert secret in filed
        assert secret not in public
    assert unspaced(text(Language.KK, "form.public_note")) in public


def test_a_draft_in_its_first_hour_is_a_document() -> None:
    assert unspaced("I. Кіріспе бөлім") in words(written(EMPTY))


@pytest.mark.parametrize(
    "typed",
    [
        "</w:t></w:r><w:r><w:t>&amp;",
        "{{ title }} {% include 'x' %}",
        '{ HYPERLINK "https://example.kz" } { PAGE }',
        "=cmd|' /C calc'!A0",
        "_x0041_ #let x = 1",
    ],
)
def test_what_people_type_is_text(typed: str) -> None:
    draft = COMPREHENSIVE.draft.model_copy(update={"conclusions": Wording(kk=typed)})
    content = COMPREHENSIVE.model_copy(update={"draft": draft})
    assert unspaced(typed) in words(written(content))
    with ZipFile(io.BytesIO(written(content))) as parts:
        assert b"HYPERLINK" not in parts.read("word/_rels/document.xml.rels")
    body = Document(io.BytesIO(written(content))).element.body
    assert not list(body.iter(qn("w:instrText"), qn("w:fldSimple"), qn("w:hyperlink")))


def test_letters_that_a_document_has_no_place_for_are_shown_as_codes() -> None:
    title = Wording.model_construct(kk="A\x00B\x0bC\ufffeD 😀\x1f")
    content = COMPREHENSIVE.model_copy(update={"title": title})
    found = words(written(content))
    assert "[U+0000]" in found
    assert "[U+1F600]" in found

"""A person's data in what will be public: each place is shown, masked; nothing is removed. Made-up data."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfWriter
from pypdf.annotations import Text

from api.content.disclosures import in_text
from api.content.hidden_parts import hidden_parts
from models.vocabulary.disclosures import DisclosureKind
from tests.api.test_attachments import package
from tests.api.world import World

IIN, BIN = "820101300129", "990540001238"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"Өтініш беруші, ЖСН {IIN}.", [DisclosureKind.IIN]),
        ("ИИН 820101 300 129, 2026 год", [DisclosureKind.IIN]),
        ("ИИН 8201-0130-0129", [DisclosureKind.IIN]),
        (f"БСН {BIN}", []),
        ("№ 820101300128 келісімшарт", []),
        ("Азамат (ЖСН 850101300012)", [DisclosureKind.POSSIBLE_IIN]),
        ("ИИН: 8501 0130 0012", [DisclosureKind.POSSIBLE_IIN]),
        ("ЖСН-і: 850101300012", [DisclosureKind.POSSIBLE_IIN]),
        ("БСН/ЖСН 990540001239", []),
        ("ЖСН туралы заң, № 820101300128", []),
        ("Тел. 8 (7172) 55-55-55", [DisclosureKind.PHONE]),
        ("+7 701 123 45 67, 87011234567", [DisclosureKind.PHONE, DisclosureKind.PHONE]),
        ("жазыңыз: a.person@example.kz.", [DisclosureKind.EMAIL]),
        ("адресат иванов@пример.рф", [DisclosureKind.EMAIL]),
        ("2026 жылғы 12 345 678 теңге, 40,0 %", []),
        ("@ белгісі, a@b", []),
    ],
)
def test_a_person_s_number_a_telephone_and_an_address_are_found_however_they_are_written(
    text: str, kinds: list[DisclosureKind]
) -> None:
    assert [place.kind for place in in_text("/title/kk", text)] == kinds


def test_a_place_is_shown_with_its_surroundings_and_everything_in_them_masked() -> None:
    text = f"Азаматша өз ЖСН ({IIN}) және a.person@example.kz мекенжайын көрсетті."
    first, second = in_text("/findings/f/text/kk", text)
    assert "ЖСН (82••••••••••)" in first.excerpt
    assert "a.••••••@•••••••.••" in second.excerpt
    for place in (first, second):
        assert place.pointer == "/findings/f/text/kk"
        assert IIN not in place.excerpt
        assert "person" not in place.excerpt


def workbook() -> bytes:
    book = Workbook()
    book.properties.creator = "А. Үлгі"
    book.active["A1"].comment = Comment("тексеру керек", "А. Үлгі")
    book.create_sheet("Тізім").sheet_state = "hidden"
    book.create_sheet("Кілт").sheet_state = "veryHidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_parts(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file.getvalue()


def document() -> bytes:
    w = 'xmlns:w="urn:w"'
    text = (
        f'<w:document {w}><w:p><w:ins w:author="А. Үлгі"><w:r><w:t>қосылды</w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>жасырын</w:t></w:r></w:p></w:document>"
    )
    return with_parts(
        **{
            "docProps/core.xml": '<c:p xmlns:c="urn:c" xmlns:d="urn:d"><d:creator>А. Үлгі</d:creator></c:p>',
            "word/document.xml": text,
            "word/comments.xml": f"<w:comments {w}><w:comment><w:t>неге?</w:t></w:comment></w:comments>",
        }
    )


def sheets() -> bytes:
    spaces = 'xmlns:o="urn:o" xmlns:t="urn:t" xmlns:s="urn:s"'
    return with_parts(
        **{
            "content.xml": f'<o:d {spaces}><s:style s:name="ta2"><s:p t:display="false"/></s:style>'
            '<t:table t:name="Тізім" t:style-name="ta2"/><o:annotation>неге?</o:annotation></o:d>',
            "meta.xml": '<o:m xmlns:o="urn:o"><o:initial-creator>А. Үлгі</o:initial-creator></o:m>',
        }
    )


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "А. Үлгі"})
    writer.add_attachment("тізім.csv", b"1;2")
    writer.add_annotation(0, Text(text="неге?", rect=(0, 0, 10, 10)))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("media_type", "content", "kinds"),
    [
        (XLSX, workbook(), {"author", "comment", "hidden_sheet"}),
        (DOCX, document(), {"author", "comment", "tracked_change", "hidden_text"}),
        (ODS, sheets(), {"author", "comment", "hidden_sheet"}),
        ("application/pdf", pdf(), {"author", "comment", "embedded_file"}),
        ("application/pdf", b"%PDF-1.7\nbroken", {"unreadable"}),
        (ODT, b"PK broken", {"unreadable"}),
        (ODT, with_parts(**{"content.xml": "<not closed"}), {"unreadable"}),
        ("application/zip", package("тізім.xlsx"), {"unreadable"}),
        ("image/png", b"PNG", set()),
    ],
    ids=["xlsx", "docx", "ods", "pdf", "broken-pdf", "broken-odt", "broken-xml", "zip", "png"],
)
def test_what_a_file_holds_and_its_reader_does_not_see_is_told(
    media_type: str, content: bytes, kinds: set[str]
) -> None:
    assert {part.kind.value for part in hidden_parts(media_type, content)} == kinds


async def test_each_place_is_shown_before_the_report_is_submitted(world: World) -> None:
    case = await world.started()
    sent = {"file": ("тізім.xlsx", workbook())}
    file = await world.call("sary-analyst", "POST", f"{case.path}/attachments", files=sent)
    assert file.status_code == 201, file.text
    source = {
        "id": "s-1",
        "kind": 5,
        "title": {"kk": "Мақала"},
        "owner": "Газет",
        "reference": "https://news.example.kz/1",
        "obtained_on": "2026-01-10",
        "access": "open",
        "attachments": [file.json()["sha256"]],
    }
    assert (await world.call("sary-analyst", "POST", f"{case.path}/sources", json=source)).status_code == 201
    finding = {"id": "f-1", "text": {"kk": f"Азаматтың ЖСН: {IIN}"}, "facets": [], "sources": ["s-1"]}
    assert (await world.call("sary-analyst", "POST", f"{case.path}/findings", json=finding)).is_success
    found = (await world.call("sary-analyst", "GET", f"{case.path}/check-report")).json()["disclosures"]
    of_text, *of_file = found
    assert (of_text["pointer"], of_text["kind"], of_text["file"]) == ("/findings/f-1/text/kk", "iin", "")
    assert {(each["pointer"], each["file"]) for each in of_file} == {
        ("/sources/s-1/attachments", "тізім.xlsx")
    }
    told = sorted(each["kind"] for each in of_file)
    assert told == ["author", "comment", "hidden_sheet", "hidden_sheet"]
    assert IIN not in str(found)
    assert of_text["detail"] == "Жария болатын мәтінде: жеке сәйкестендіру нөмірі (ЖСН)."


async def test_the_places_of_a_version_are_those_of_what_it_froze(world: World) -> None:
    case = await world.started()
    await case.approved()
    path = f"{case.path}/report/versions"
    assert (await world.call("sary-head", "GET", f"{path}/9/disclosures")).status_code == 404
    assert [each["disclosures"] for each in (await world.call("sary-head", "GET", path)).json()] == [0]


def test_a_package_of_nothing_hides_nothing() -> None:
    assert hidden_parts(DOCX, package("word/styles.txt")) == ()

"""Files: judged by their bytes, bounded, given back under their own names and never run."""

import base64
import io
import zipfile

import pytest

from activities.files.types import EVIDENCE, Untaken
from api.http.downloads import content_disposition
from models.commands import CancelMonitoring
from models.report.notes import TextNote
from tests.api.world import PDF, World

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000000200015e221bc30000000049454e44ae426082"
)
CMS = bytes.fromhex("30820100") + bytes.fromhex("06092a864886f70d010702") + b"\x00" * 40


COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504
ODT = "application/vnd.oasis.opendocument.text"


def heif(*brands: bytes) -> bytes:
    """The first box of an image as phones make it: a major brand, a version, compatible brands."""
    box = b"ftyp" + brands[0] + b"\x00" * 4 + b"".join(brands)
    return (len(box) + 4).to_bytes(4, "big") + box


def package(*names: str, mimetype: str = "", last: str = "") -> bytes:
    """Of no date: its bytes name a test, which has one name in every process.

    `last` is a `mimetype` that stands behind all others, where programs that repack a document put it.
    """
    first = {"mimetype": mimetype} if mimetype else {}
    contents = {**first, **dict.fromkeys(names, "x"), **({"mimetype": last} if last else {})}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("есеп.pdf", PDF),
        ("a.PNG", PNG),
        ("a.docx", package("[Content_Types].xml", "word/document.xml")),
        ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml")),
        ("a.odt", package("content.xml", mimetype="application/vnd.oasis.opendocument.text")),
        ("a.csv", "күні;саны\n".encode()),
        ("қол.p7s", CMS),
        ("қол.cms", b"-----BEGIN CMS-----\n" + base64.encodebytes(CMS) + b"-----END CMS-----\n"),
    ],
)
def test_allowed_files_are_recognised(name: str, content: bytes) -> None:
    assert EVIDENCE.media_type_of(content, name)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("скан.TIF", b"II*\x00" + b"\x00" * 40, "image/tiff"),
        ("скан.tiff", b"MM\x00*" + b"\x00" * 40, "image/tiff"),
        ("IMG_0001.HEIC", heif(b"heic"), "image/heic"),
        ("IMG_0002.heic", heif(b"mif1", b"heic"), "image/heic"),
        ("кітап.djvu", b"AT&TFORM\x00\x00\x00\x10DJVUINFO", "image/vnd.djvu"),
        ("хат.doc", COMPOUND, "application/msword"),
        ("кесте.xls", COMPOUND, "application/vnd.ms-excel"),
        ("хат.rtf", b"{\\rtf1\\ansi}", "application/rtf"),
        ("бәрі.zip", package("хат.exe", "хат.docx"), "application/zip"),
    ],
)
def test_what_scanners_phones_and_older_offices_make_is_taken_as_evidence(
    name: str, content: bytes, media_type: str
) -> None:
    """An archive is kept whole, whatever it lists: nothing here opens it."""
    assert EVIDENCE.media_type_of(content, name) == media_type


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", b"\n " + PDF, "application/pdf"),
        ("a.pdf", b"\xef\xbb\xbf" + PDF, "application/pdf"),
        ("қол.cms", base64.b64encode(CMS), "application/pkcs7-signature"),
        ("қол.sig", base64.encodebytes(CMS), "application/pkcs7-signature"),
        ("қол.p7s", b"\xef\xbb\xbf" + base64.b64encode(CMS) + b"\r\n", "application/pkcs7-signature"),
        ("a.odt", package("content.xml", last=ODT), ODT),
        ("a.csv", "күні;саны\n".encode("utf-16"), "text/csv; charset=utf-16"),
        ("a.txt", b"\xfe\xff" + "хат".encode("utf-16-be"), "text/plain; charset=utf-16"),
        ("a.csv", "дата;число\r\n".encode("cp1251"), "text/csv; charset=windows-1251"),
        ("a.txt", "әкімдік".encode("kz1048"), "text/plain; charset=kz-1048"),
        ("a.txt", "әкімдік".encode(), "text/plain; charset=utf-8"),
    ],
)
def test_files_are_recognised_as_programs_here_really_write_them(
    name: str, content: bytes, media_type: str
) -> None:
    assert EVIDENCE.media_type_of(content, name) == media_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "file_type"),
        ("a.pdf", b"MZ" + PDF, "file_content"),
        ("a.txt", b"\xff\xfe\x00", "file_content"),
        ("a.txt", b"\x00\x01", "file_content"),
        ("a.txt", b"\xff\xfe\x00\x00", "file_content"),
        ("a.zip", package("a.txt")[:-20], "file_content"),
        ("a.odt", package("content.xml", last="application/zip"), "file_content"),
        ("a.cms", base64.b64encode(b"text"), "file_content"),
        ("a.cms", b"MIIB=MII", "file_content"),
        ("a.heic", heif(b"isom"), "file_content"),
        ("a.heic", PNG, "file_content"),
        ("a.doc", PNG, "file_content"),
        ("a.doc", COMPOUND + "_VBA_PROJECT".encode("utf-16-le"), "file_macros"),
        ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "file_macros"),
    ],
)
def test_whoever_attaches_what_is_not_taken_is_told_why(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Untaken) as refused:
        EVIDENCE.media_type_of(content, name)
    assert refused.value.why == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.pdf", b"MZ not a pdf"),
        ("a.png", PDF),
        ("a.html", b"<script>"),
        ("a.svg", b"<svg onload='x'/>"),
        ("a.docx", package("[Content_Types].xml", "xl/workbook.xml")),
        ("a.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docm", package("[Content_Types].xml", "word/document.xml")),
        ("a.txt", b"\xff\xfe\x00"),
        ("a.p7s", b"text"),
        ("noextension", PDF),
    ],
)
def test_other_files_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(Untaken):
        EVIDENCE.media_type_of(content, name)


def test_names_are_kept_in_utf8_and_cannot_break_the_header() -> None:
    header = content_disposition('есеп "1"\r\nX: y;.pdf')
    assert "\r" not in header
    assert "\n" not in header
    assert header.startswith('attachment; filename="')
    assert "filename*=UTF-8''%D0%B5%D1%81%D0%B5%D0%BF%20%221%22" in header


async def test_a_file_is_attached_once_and_given_back_as_it_was(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/attachments"
    files = {"file": ("../папка/Есеп 1.pdf", PDF, "text/html")}
    key = {"Idempotency-Key": "one"}
    first = await world.call("sary-analyst", "POST", path, files=files, headers=key)
    assert first.status_code == 201, first.text
    assert (first.json()["filename"], first.json()["media_type"]) == ("Есеп 1.pdf", "application/pdf")
    await world.call("sary-analyst", "POST", path, files=files, headers=key)
    other = {"file": ("a.txt", b"another file")}
    reused = await world.call("sary-analyst", "POST", path, files=other, headers=key)
    assert (reused.status_code, reused.json()["code"]) == (409, "key_reused")
    listed = (await world.call("sary-head", "GET", path)).json()
    assert [line["id"] for line in listed] == [first.json()["id"]]
    file = await world.call("sary-head", "GET", f"{path}/{first.json()['id']}")
    assert file.content == PDF
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-disposition"].startswith("attachment")
    foreign = await world.started()
    assert (
        await world.call("sary-head", "GET", f"{foreign.path}/attachments/{first.json()['id']}")
    ).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("скан.tif", b"II*\x00" + b"\x00" * 40),
        ("IMG_0001.heic", heif(b"heic")),
        ("хат.rtf", b"{\\rtf1\\ansi}"),
        ("бәрі.zip", package("хат.docx")),
    ],
)
async def test_evidence_leaves_as_a_download_and_is_never_opened_in_a_page(
    world: World, name: str, content: bytes
) -> None:
    case = await world.started()
    path = f"{case.path}/attachments"
    kept = await world.call("sary-analyst", "POST", path, files={"file": (name, content)})
    assert kept.status_code == 201, kept.text
    file = await world.call("sary-head", "GET", f"{path}/{kept.json()['id']}")
    assert file.content == content
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in file.headers["content-security-policy"]


async def test_what_was_cancelled_takes_no_file_and_answers_a_repeated_one_as_before(
    world: World,
) -> None:
    case = await world.started()

    async def attached(key: str) -> tuple[int, str]:
        files = {"file": ("есеп.pdf", PDF, "application/pdf")}
        answer = await world.call(
            "sary-analyst",
            "POST",
            f"{case.path}/attachments",
            files=files,
            headers={"Idempotency-Key": key},
        )
        return answer.status_code, answer.json().get("code") or answer.json()["id"]

    first = await attached("first")
    await case.does(CancelMonitoring, reason=await case.keeps(TextNote(text="Қажет емес")))
    assert await attached("first") == first
    assert await attached("second") == (409, "monitoring_ended")


async def test_files_too_large_empty_or_nameless_are_refused(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/attachments"
    large = await world.call("sary-analyst", "POST", path, files={"file": ("a.txt", b"x" * 100_001)})
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
    larger = await world.call("sary-analyst", "POST", path, files={"file": ("a.txt", b"x" * 200_000)})
    assert (larger.status_code, larger.json()["code"]) == (413, "too_large")
    empty = await world.call("sary-analyst", "POST", path, files={"file": ("a.txt", b"")})
    assert empty.status_code == 422
    wrong = await world.call("sary-analyst", "POST", path, files={"file": ("a.exe", b"MZ")})
    assert (wrong.status_code, wrong.json()["code"]) == (415, "file_type")


async def test_a_source_names_files_of_its_own_monitoring(world: World) -> None:
    case, other = await world.started(), await world.started()
    attached = await world.call(
        "sary-analyst", "POST", f"{case.path}/attachments", files={"file": ("a.pdf", PDF)}
    )
    source = {
        "id": "s-1",
        "kind": 1,
        "title": {"kk": "Есеп"},
        "owner": "Орган",
        "reference": "№ 1",
        "obtained_on": "2026-01-10",
        "access": "official",
        "attachments": [attached.json()["sha256"]],
    }
    assert (await world.call("sary-analyst", "POST", f"{case.path}/sources", json=source)).status_code == 201
    foreign = await world.call("sary-analyst", "POST", f"{other.path}/sources", json=source)
    assert (foreign.status_code, foreign.json()["code"]) == (422, "attachment_unknown")


async def test_a_form_without_a_file_is_told_what_is_wrong(world: World) -> None:
    case = await world.started()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await world.call(
        "sary-analyst", "POST", f"{case.path}/attachments", content="file=x", headers=headers
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["pointer"] == "/file"

"""Whatever file is chosen, as evidence or to be imported: it is taken, or refused with a code."""

import asyncio
import zipfile
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from activities.files.types import ANY, EVIDENCE, FEEDS, TABLES, Untaken
from api.http.problems import failure_of
from api.problems.problem import Failed
from api.sheets.importing.reading import Asked, DecimalMark, opened
from api.sheets.importing.words import words_with
from locales.catalogue import has_text
from models.report.importing.columns import Column, ImportKind
from models.report.importing.rows import Usual
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refused
from tests.importing.test_feeds import ATOM, rss
from tests.importing.workbooks import SHEET, saved, with_parts, written

QUICK: Final = settings(max_examples=60, deadline=None)
NAMES: Final = st.one_of(
    st.sampled_from([f"құжат{ending}" for ending in ANY.types]),
    st.sampled_from(["", ".", "..", ".pdf", "a.pdf.exe", "A.PDF", "a" * 300 + ".csv", "a\x00.pdf", "CON"]),
    st.text(max_size=20),
)
_ZIPPED: Final = BytesIO()
with zipfile.ZipFile(_ZIPPED, "w") as package:
    package.writestr("a.txt", "мәтін")
SOUND: Final = (
    saved(lambda sheet: sheet.append(["Атауы", "Сілтеме", 1, 2.5, None])),
    "Атауы;Сілтеме\r\nМектеп;https://example.kz\r\n".encode(),
    ATOM.encode(),
    rss("<item><title>Кезек</title><pubDate>Tue, 01 Sep 2026 10:00:00 GMT</pubDate></item>"),
    b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
    b"{\\rtf1 x}",
    b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    b"\xff\xd8\xff\xe0" + b"\x00" * 40,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    bytes.fromhex("308006092a864886f70d010702a080") + b"\x00" * 40,
    _ZIPPED.getvalue(),
)


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A sound file, of which parts are lost, doubled or written over; or no file at all."""
    content = draw(st.sampled_from(SOUND) | st.binary(max_size=200))
    for _ in range(draw(st.integers(0, 3))):
        at, until = sorted(draw(st.tuples(*(st.integers(0, len(content)),) * 2)))
        content = content[:at] + draw(st.binary(max_size=20)) + content[until:]
    return content


def is_told(error: Failed | Refused) -> None:
    """As the API tells it: a code with a sentence, and no fault of ours."""
    failed = failure_of(error)
    assert 400 <= failed.status.value < 500, failed
    for refusal in failed.refusals:
        has_a_sentence(refusal.code)


def has_a_sentence(code: str) -> None:
    assert any(has_text(Language.KK, f"{kind}.{code}") for kind in ("problem", "refused")), code


@QUICK
@example(content=b"", name="құжат.png")
@given(content=spoiled(), name=NAMES)
def test_a_file_is_taken_or_refused_by_its_bytes(content: bytes, name: str) -> None:
    for taken in (EVIDENCE, TABLES, FEEDS, ANY):
        try:
            assert "/" in taken.media_type_of(content, name)
        except Untaken as refused:
            has_a_sentence(refused.why.value)


ASKED: Final = st.builds(
    Asked,
    sheet=st.none() | st.text(max_size=10),
    heading=st.none() | st.integers(-3, 2_000_000),
    columns=st.none() | st.dictionaries(st.integers(1, 60), st.sampled_from(Column), max_size=6),
    decimal=st.none() | st.sampled_from(DecimalMark),
)


def read(kind: ImportKind, content: bytes, name: str, asked: Asked) -> None:
    try:
        found = asyncio.run(opened(kind, content, name, asked))
        found.rows(Usual(), words_with(()))
    except (Failed, Refused) as refused:
        is_told(refused)


@QUICK
@given(kind=st.sampled_from(ImportKind), content=spoiled(), name=NAMES, asked=ASKED)
def test_a_table_or_feed_is_read_or_refused(
    kind: ImportKind, content: bytes, name: str, asked: Asked
) -> None:
    read(kind, content, name, asked)


CELLS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates().map(lambda day: day.isoformat()),
    st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=30),
    st.sampled_from(
        ["Атауы", "Ссылка", "Value", "=1+1", "1 234,5", "1,234.5", "31.02.2026", "№", "-", "\u202e"]
    ),
)


@QUICK
@given(
    kind=st.sampled_from([each for each in ImportKind if each is not ImportKind.FEED]),
    lines=st.lists(st.lists(CELLS, max_size=8), max_size=8),
    asked=ASKED,
)
def test_a_workbook_that_is_sound_may_say_anything(
    kind: ImportKind, lines: list[list[object]], asked: Asked
) -> None:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    read(kind, written(book), "кесте.xlsx", asked)


@QUICK
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode()))
def test_a_sheet_within_a_workbook_may_hold_anything(content: bytes) -> None:
    whole = with_parts(SOUND[0], {SHEET: content})
    read(ImportKind.SOURCES, whole, "кесте.xlsx", Asked())


@QUICK
@given(
    names=st.lists(
        st.sampled_from(["title", "link", "pubDate", "author", "category", "guid", "x"]), max_size=6
    ),
    text=st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=60),
    raw=st.booleans(),
)
def test_a_feed_may_say_anything(names: list[str], text: str, raw: bool) -> None:
    said = text if raw else escape(text)
    items = "".join(f"<{name}>{said}</{name}>" for name in names)
    read(ImportKind.FEED, rss(f"<item>{items}</item>"), "арна.xml", Asked())

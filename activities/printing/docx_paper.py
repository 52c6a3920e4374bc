"""A Word document as it is written on: headings, numbered entries, tables with a repeated head, page numbers.

Every run is marked with its language, so that whoever hears the document hears it right.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentOf
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from activities.printing.sheet import Said
from models.vocabulary.procedure import Language

LOCALES: Final = {Language.KK: "kk-KZ", Language.RU: "ru-RU", Language.EN: "en-GB"}
_FONT: Final = "Times New Roman"
_MUTED: Final = RGBColor(0x5A, 0x5A, 0x5A)
_SIZES: Final = {1: 14, 2: 13, 3: 12, 4: 12}
_INDENT: Final = Mm(8)
# Letters that XML 1.0 has no place for; the sheet has made codes of most of them.
_UNWRITABLE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows

Cell = str | Said | tuple[Said, ...]


@dataclass(frozen=True)
class Column:
    """A column's head and how wide it is, in millimetres."""

    name: str
    wide: int
    right: bool = False


class Paper:
    """A4, with the same head and foot on every page."""

    def __init__(
        self, *, language: Language, title: str, dated: tuple[int, int, int], head: str, foot: str
    ) -> None:
        self._language = language
        self._document: DocumentOf = Document()
        self._without_thumbnail()
        self._styles()
        self._properties(title, datetime(*dated, tzinfo=UTC))
        self._section(head, foot)

    def written(self) -> bytes:
        """The file: the same for the same words, whenever it is written."""
        body = io.BytesIO()
        self._document.save(body)
        stable = io.BytesIO()
        with ZipFile(body) as made, ZipFile(stable, "w", ZIP_DEFLATED) as kept:
            for each in made.infolist():
                entry = ZipInfo(each.filename, _EARLIEST)
                entry.external_attr = 0o644 << 16
                kept.writestr(entry, made.read(each), ZIP_DEFLATED)
        return stable.getvalue()

    def heading(self, level: int, words: str) -> None:
        self._run(self._document.add_paragraph(style=f"Heading {level}"), words, self._language)

    def aside(self, words: str) -> None:
        """Words of the form in its upper right corner."""
        paragraph = self._paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.left_indent = Mm(90)
        self._run(paragraph, words, self._language, small=True)

    def centred(self, words: str, *, strong: bool = False) -> None:
        paragraph = self._paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, words, self._language, strong=strong, small=not strong)

    def own(self, words: str, *, inside: bool = False, small: bool = False, slanted: bool = False) -> None:
        """A paragraph of the form's own words, in the document's language."""
        self._run(self._paragraph(inside=inside), words, self._language, small=small, slanted=slanted)

    def text(self, said: Said, *, strong: bool = False, inside: bool = False) -> None:
        """What somebody wrote, paragraph by paragraph, in the language it is in."""
        for part, last in _parts(said.text):
            paragraph = self._paragraph(inside=inside)
            self._run(paragraph, part, said.language, strong=strong)
            if last:
                self._mark(paragraph, said)

    def entry(
        self, number: int, said: Said | str, *, before: str = "", after: str = "", strong: bool = False
    ) -> None:
        """A numbered entry with a hanging number; what goes before and after is the form's own."""
        whole = Said(text=said, language=self._language) if isinstance(said, str) else said
        for position, (part, last) in enumerate(_parts(whole.text)):
            paragraph = self._paragraph(inside=True)
            if position == 0:
                paragraph.paragraph_format.first_line_indent = -_INDENT
                paragraph.paragraph_format.tab_stops.add_tab_stop(_INDENT)
                self._run(paragraph, f"{number}.\t{before}", self._language)
            paragraph.paragraph_format.keep_with_next = bool(before)
            self._run(paragraph, part, whole.language, strong=strong)
            if last:
                self._mark(paragraph, whole)
                self._run(paragraph, f" {after}" if after else "", self._language)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """A ruled table; its head is marked as such and repeated on every page."""
        table = self._table([column.wide for column in columns], 1 + len(rows))
        lines = iter(table.rows)
        head = next(lines)
        _marked(head, "w:tblHeader")
        for column, cell in zip(columns, head.cells, strict=True):
            cell.width = Mm(column.wide)
            self._cell(cell, column.name, right=column.right, strong=True)
        for row, line in zip(rows, lines, strict=True):
            _marked(line, "w:cantSplit")
            for column, cell, said in zip(columns, line.cells, row, strict=True):
                cell.width = Mm(column.wide)
                self._cell(cell, said, right=column.right)
        self._paragraph()

    def picture(self, png: bytes, told: str, wide: int) -> None:
        """A picture so many millimetres across, and what it shows in words."""
        paragraph = self._paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shown = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(wide))
        shown._inline.docPr.set("descr", _UNWRITABLE.sub(_coded, told))

    def facts(self, rows: Sequence[tuple[str, Said | str]]) -> None:
        """Names and what stands behind them, one a line: no table, so that it is heard as it is read."""
        for name, fact in rows:
            said = Said(text=fact, language=self._language) if isinstance(fact, str) else fact
            paragraph = self._paragraph()
            self._run(paragraph, f"{name}: ", self._language, small=True)
            self._run(paragraph, said.text or "—", said.language)
            self._mark(paragraph, said)

    def new_page(self) -> None:
        self._paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _table(self, widths: Sequence[int], rows: int) -> Table:
        table: Table = self._document.add_table(rows, len(widths), style="Table Grid")
        table.autofit = False
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Mm(wide)
        return table

    def _cell(self, cell: _Cell, said: Cell, *, right: bool = False, strong: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if isinstance(said, str):
            self._run(paragraph, said, self._language, strong=strong, table=True)
        elif isinstance(said, Said):
            self._said_in(paragraph, said)
        else:
            for position, each in enumerate(said):
                if position % 2:  # the name of what follows begins a line
                    paragraph.add_run().add_break()
                self._said_in(paragraph, each, strong=position == 0)

    def _said_in(self, paragraph: Paragraph, said: Said, *, strong: bool = False) -> None:
        self._run(paragraph, said.text, said.language, strong=strong, table=True)
        self._mark(paragraph, said)

    def _paragraph(self, *, inside: bool = False) -> Paragraph:
        paragraph = self._document.add_paragraph()
        if inside:
            paragraph.paragraph_format.left_indent = _INDENT
        return paragraph

    def _mark(self, paragraph: Paragraph, said: Said) -> None:
        if said.mark:
            self._run(paragraph, f" {said.mark}", self._language, small=True)

    def _run(
        self,
        paragraph: Paragraph,
        words: str,
        language: Language,
        *,
        strong: bool = False,
        small: bool = False,
        slanted: bool = False,
        table: bool = False,
    ) -> None:
        if not words:
            return
        run = paragraph.add_run(_UNWRITABLE.sub(_coded, words))
        run.bold, run.italic = strong or None, slanted or None
        if small:
            run.font.size, run.font.color.rgb = Pt(9.5), _MUTED
        elif table:
            run.font.size = Pt(10)
        _speak(run, language)

    def _without_thumbnail(self) -> None:
        """The library's own document shows a picture of itself in lists of files."""
        parts = self._document.part.package.rels
        for name in [name for name, part in parts.items() if part.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
            del parts[name]

    def _styles(self) -> None:
        styles = self._document.styles
        for spoken in styles.element.iter(qn("w:lang")):
            spoken.set(qn("w:val"), LOCALES[self._language])
        normal = _style(self._document, "Normal")
        _font(normal, 12)
        normal.paragraph_format.space_after = Pt(6)
        for level, size in _SIZES.items():
            heading = _style(self._document, f"Heading {level}")
            _font(heading, size)
            heading.font.bold, heading.font.italic = level < 4, level == 4
            heading.font.color.rgb = RGBColor(0, 0, 0)
            heading.paragraph_format.space_before = Pt(18 - 2 * level)
            heading.paragraph_format.space_after = Pt(6)
            if level == 1:
                heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _properties(self, title: str, dated: datetime) -> None:
        properties = self._document.core_properties
        properties.title = _UNWRITABLE.sub(_coded, title)[:255]  # the field holds no more
        properties.language = LOCALES[self._language]
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = dated
        properties.revision = 1

    def _section(self, head: str, foot: str) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(25), Mm(15)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        above = section.header.paragraphs[0]
        above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._run(above, head, self._language, small=True)
        below = section.footer.paragraphs[0]
        below.paragraph_format.tab_stops.clear_all()
        self._run(below, f"{foot} · ", self._language, small=True)
        self._field(below, "PAGE")
        self._run(below, " / ", self._language, small=True)
        self._field(below, "NUMPAGES")

    def _field(self, paragraph: Paragraph, name: str) -> None:
        """A number that the program counts."""
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        paragraph._p.append(field)  # python-docx has no fields
        self._run(paragraph, "1", self._language, small=True)
        field.append(paragraph.runs[-1]._r)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs, each with whether it is the last one."""
    parts = text.split("\n\n")
    for position, part in enumerate(parts, 1):
        yield part, position == len(parts)


def _coded(letter: re.Match[str]) -> str:
    return f"[U+{ord(letter.group()):04X}]"


def _speak(run: Run, language: Language) -> None:
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LOCALES[language])
    run._r.get_or_add_rPr().append(spoken)  # python-docx knows no languages


def _marked(row: _Row, how: str) -> None:
    properties: BaseOxmlElement = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(how))


def _style(document: DocumentOf, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle), "the library's own document has it"
    return style


def _font(style: ParagraphStyle, size: float) -> None:
    """One font for every script: the library's document names others by its theme."""
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().rFonts
    for theme in [name for name in fonts.attrib if "Theme" in str(name)]:
        del fonts.attrib[theme]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)

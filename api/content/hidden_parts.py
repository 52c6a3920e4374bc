"""What a file holds that its reader does not see: authors, comments, changes, hidden sheets and texts.

Office files are packages of XML (ISO/IEC 29500, ISO/IEC 26300); their parts are read one by one within a
bound, so that no package can unfold in memory. A part that cannot be read is told, never passed over.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.vocabulary.disclosures import DisclosureKind

_LARGEST_PART: Final = 20_000_000  # bytes of one part, unfolded
_LONGEST: Final = 200  # letters of a comment that are shown
_MOST: Final = 50  # places told of one file
_PDF: Final = "application/pdf"
_PACKAGES: Final = (
    "application/vnd.openxmlformats-officedocument",
    "application/vnd.oasis.opendocument",
)
_OPAQUE: Final = frozenset(
    {"application/msword", "application/vnd.ms-excel", "application/rtf", "application/zip"}
)
_AUTHORS: Final = frozenset(
    {"creator", "lastModifiedBy", "manager", "Manager", "initial-creator", "printed-by"}
)
_COMMENTS: Final = frozenset({"comment", "threadedComment", "annotation"})
_CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo", "changed-region"})
_HIDDEN_STATES: Final = frozenset({"hidden", "veryHidden"})
_FOLDERS: Final = ("docProps/", "word/", "xl/")
_ODF_PARTS: Final = frozenset({"meta.xml", "content.xml"})


class Hidden(NamedTuple):
    """One thing a reader does not see, and its words, if it has any."""

    kind: DisclosureKind
    text: str = ""


def hidden_parts(media_type: str, content: bytes) -> tuple[Hidden, ...]:
    """What is hidden in a file; nothing of kinds that hide nothing. What nobody can look into is told so."""
    if media_type in _OPAQUE:
        return (Hidden(DisclosureKind.UNREADABLE),)
    try:
        if media_type == _PDF:
            found = _in_pdf(content)
        elif media_type.startswith(_PACKAGES):
            found = _in_package(content)
        else:
            return ()
        return tuple(dict.fromkeys(found))[:_MOST]
    except (PyPdfError, zipfile.BadZipFile, ET.ParseError, ValueError, LookupError, OSError, TypeError) as no:
        Log(__name__).info(LogCode.FILE_NOT_LOOKED_INTO, fault=type(no).__name__)
        return (Hidden(DisclosureKind.UNREADABLE),)


# ——— PDF (ISO 32000) ———
def _in_pdf(content: bytes) -> Iterator[Hidden]:
    reader = PdfReader(BytesIO(content))
    if reader.metadata is not None and reader.metadata.author:
        yield Hidden(DisclosureKind.AUTHOR, reader.metadata.author)
    for name in reader.attachments:
        yield Hidden(DisclosureKind.EMBEDDED_FILE, name)
    for page in reader.pages:
        for reference in page.annotations or ():
            words = reference.get_object().get("/Contents")
            if words:
                yield Hidden(DisclosureKind.COMMENT, _short(str(words)))


# ——— packages of XML ———
def _in_package(content: bytes) -> Iterator[Hidden]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for part in package.infolist():
            if part.filename.endswith(".xml") and _is_looked_into(part.filename):
                yield from _in_part(package, part)


def _is_looked_into(name: str) -> bool:
    return name in _ODF_PARTS or name.startswith(_FOLDERS)


def _in_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[Hidden]:
    if part.file_size > _LARGEST_PART:
        yield Hidden(DisclosureKind.UNREADABLE, part.filename)
        return
    with package.open(part) as stream:
        root = ET.parse(stream).getroot()
    unseen = _styles_without_display(root)
    for element in root.iter():
        yield from _in_element(element, unseen)


def _in_element(element: ET.Element, unseen: frozenset[str]) -> Iterator[Hidden]:
    tag = _local(element.tag)
    if tag in _AUTHORS and element.text:
        yield Hidden(DisclosureKind.AUTHOR, element.text.strip())
    elif tag in _COMMENTS:
        yield Hidden(DisclosureKind.COMMENT, _short(" ".join(element.itertext())))
    elif tag in _CHANGES:
        yield Hidden(DisclosureKind.TRACKED_CHANGE, _short(" ".join(element.itertext())))
    elif _is_hidden_sheet(element, unseen):
        yield Hidden(DisclosureKind.HIDDEN_SHEET, _attribute(element, "name"))
    elif _is_hidden_run(element):
        yield Hidden(DisclosureKind.HIDDEN_TEXT, _short(" ".join(element.itertext())))


def _is_hidden_sheet(element: ET.Element, unseen: frozenset[str]) -> bool:
    """A workbook says it of the sheet (`state`), OpenDocument by the style of the table."""
    if _local(element.tag) == "sheet":
        return _attribute(element, "state") in _HIDDEN_STATES
    return _local(element.tag) == "table" and _attribute(element, "style-name") in unseen


def _is_hidden_run(element: ET.Element) -> bool:
    """A run of a text document (`w:r`) whose properties say that it is not shown (`w:vanish`)."""
    if _local(element.tag) != "r":
        return False
    return any(_local(each.tag) == "vanish" for properties in element for each in properties)


def _styles_without_display(root: ET.Element) -> frozenset[str]:
    """OpenDocument hides a table by its style (`table:display="false"`)."""
    return frozenset(
        _attribute(style, "name")
        for style in root.iter()
        if _local(style.tag) == "style"
        and any(_attribute(properties, "display") == "false" for properties in style)
    )


def _attribute(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _local(tag: str) -> str:
    """A name without its namespace: producers agree on the names, not on the year of the namespace."""
    return tag.rpartition("}")[2]


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]

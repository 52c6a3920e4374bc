"""Which files are taken, as evidence or to be imported, judged by their bytes; the name only has to agree.

What scanners, phones and offices make is taken as it is. Nothing is opened here, unpacked or shown in a page:
every file leaves as a download (`api/http/downloads.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

import puremagic

from activities.files.packages import is_office, is_open_document, names_in
from activities.files.signatures import is_signed_data
from activities.files.text_encodings import encoding_of

# Blanks and a byte order mark that some programs write before `%PDF` (ISO 32000-1, annex H, note 13).
_BEFORE_PDF: Final = b"\xef\xbb\xbf\x00\t\n\x0c\r "
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")  # the storage of macros in a compound file (MS-OVBA)
Recognises = Callable[[bytes], str]


class Why(StrEnum):
    """Why a file is not taken."""

    FILE_TYPE = "file_type"
    FILE_CONTENT = "file_content"
    FILE_MACROS = "file_macros"


class Untaken(ValueError):
    """A file that is not taken: why, and what its sentence is filled with."""

    def __init__(self, why: Why, **params: str) -> None:
        super().__init__(why.value)
        self.why, self.params = why, params


@dataclass(frozen=True)
class Taken:
    """Kinds of files that are taken somewhere, by their endings, and how large one may be (bytes)."""

    types: Mapping[str, Recognises]
    most_bytes: int | None = None

    @property
    def allowed(self) -> str:
        """The endings, as a page and the description of the API say them."""
        return ", ".join(ending.removeprefix(".") for ending in self.types)

    def limit(self, upload_limit: int) -> int:
        """The size that holds, where any file may have `upload_limit` bytes."""
        return min(upload_limit, self.most_bytes or upload_limit)

    def media_type_of(self, content: bytes, filename: str) -> str:
        """The media type of a file that is taken.

        Raises Untaken: its ending is none of those, its content is not what the ending says, or it holds
        programs.
        """
        suffix = PurePosixPath(filename).suffix.lower()
        recognises = self.types.get(suffix)
        if recognises is None:
            raise Untaken(Why.FILE_TYPE, allowed=self.allowed)
        media_type = recognises(content)
        if not media_type:
            raise Untaken(Why.FILE_CONTENT, ending=suffix.removeprefix("."))
        return media_type


def _if(media_type: str, is_one: Callable[[bytes], bool]) -> Recognises:
    """The media type where the bytes are of it; nothing otherwise."""
    return lambda content: media_type if is_one(content) else ""


def _begins(*extensions: str) -> Callable[[bytes], bool]:
    def check(content: bytes) -> bool:
        if not content:  # of which the library knows no answer
            return False
        try:
            return any(match.extension in extensions for match in puremagic.magic_string(content))
        except puremagic.PureError:
            return False

    return check


def _pdf(content: bytes) -> bool:
    return content.lstrip(_BEFORE_PDF).startswith(b"%PDF-")


def _heif(content: bytes) -> bool:
    """A file of ISO/IEC 14496-12 one of whose brands is an image of ISO/IEC 23008-12, as phones make them."""
    if content[4:8] != b"ftyp":
        return False
    length = int.from_bytes(content[:4], "big")
    brands = {content[place : place + 4] for place in (8, *range(16, min(length, 256), 4))}
    return not brands.isdisjoint(_HEIF_BRANDS)


def _compound(content: bytes) -> bool:
    """Office files of before 2007 (MS-CFB). Raises Untaken where one holds macros."""
    if not content.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        return False
    if _MACROS in content:
        raise Untaken(Why.FILE_MACROS)
    return True


def _office(folder: str) -> Callable[[bytes], bool]:
    def check(content: bytes) -> bool:
        if any(name.endswith("vbaProject.bin") for name in names_in(content)):
            raise Untaken(Why.FILE_MACROS)
        return is_office(content, folder)

    return check


def _archive(content: bytes) -> bool:
    """A whole archive that lists its files; one that was cut short does not."""
    return content.startswith(b"PK") and bool(names_in(content))


def _text(media_type: str) -> Recognises:
    def recognises(content: bytes) -> str:
        encoding = encoding_of(content)
        return f"{media_type}; charset={encoding}" if encoding else ""

    return recognises


_OOXML: Final = "application/vnd.openxmlformats-officedocument"
_ODT: Final = "application/vnd.oasis.opendocument.text"
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_CMS: Final = _if("application/pkcs7-signature", is_signed_data)
_TIFF: Final = _if("image/tiff", _begins(".tif", ".tiff"))
_JPEG: Final = _if("image/jpeg", _begins(".jpg"))
_HEIF: Final = _if("image/heic", _heif)
_DJVU: Final = _if("image/vnd.djvu", _begins(".djvu"))
_TYPES: Final[Mapping[str, Recognises]] = MappingProxyType(
    {
        ".pdf": _if("application/pdf", _pdf),
        ".docx": _if(f"{_OOXML}.wordprocessingml.document", _office("word/")),
        ".xlsx": _if(f"{_OOXML}.spreadsheetml.sheet", _office("xl/")),
        ".doc": _if("application/msword", _compound),
        ".xls": _if("application/vnd.ms-excel", _compound),
        ".rtf": _if("application/rtf", lambda content: content.startswith(b"{\\rtf")),
        ".odt": _if(_ODT, lambda content: is_open_document(content, _ODT)),
        ".ods": _if(_ODS, lambda content: is_open_document(content, _ODS)),
        ".png": _if("image/png", _begins(".png")),
        ".jpg": _JPEG,
        ".jpeg": _JPEG,
        ".tif": _TIFF,
        ".tiff": _TIFF,
        ".heic": _HEIF,
        ".heif": _HEIF,
        ".djvu": _DJVU,
        ".djv": _DJVU,
        ".txt": _text("text/plain"),
        ".csv": _text("text/csv"),
        ".zip": _if("application/zip", _archive),
        ".p7s": _CMS,
        ".cms": _CMS,
        ".sig": _CMS,
    }
)
EVIDENCE: Final = Taken(_TYPES)
ALLOWED: Final = EVIDENCE.allowed


def _xml(content: bytes) -> str:
    encoding = encoding_of(content)
    begins = content.decode(encoding).lstrip("\ufeff \t\r\n") if encoding else ""
    return "application/xml" if begins.startswith("<") else ""


_IMPORTED: Final = 5_000_000
_TSV: Final = _text("text/tab-separated-values")
TABLES: Final = Taken(
    MappingProxyType({each: _TYPES[each] for each in (".xlsx", ".csv", ".txt")} | {".tsv": _TSV}), _IMPORTED
)
FEEDS: Final = Taken(MappingProxyType(dict.fromkeys((".xml", ".rss", ".atom"), _xml)), _IMPORTED)
ANY: Final = Taken(MappingProxyType({**FEEDS.types, **TABLES.types, **_TYPES}))
"""Whatever a form may take: of somebody whose sign-in has ended, it is not known yet which form it was."""

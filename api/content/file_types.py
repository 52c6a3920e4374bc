"""Which files are taken, judged by their bytes; the name only has to agree."""

import zipfile
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

import puremagic

from api.problems.problem import Failed, ProblemCode

_OOXML: Final = "application/vnd.openxmlformats-officedocument"
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2 (RFC 5652)
_PEM: Final = (b"-----BEGIN CMS-----", b"-----BEGIN PKCS7-----")


def media_type_of(content: bytes, filename: str) -> str:
    """The media type of an allowed file. Raises Failed (415) for anything else."""
    suffix = PurePosixPath(filename).suffix.lower()
    known = _ALLOWED.get(suffix)
    if known is None or not known[1](content):
        params = {"allowed": ", ".join(name.removeprefix(".") for name in _ALLOWED)}
        raise Failed(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, ProblemCode.FILE_TYPE, params=params)
    return known[0]


def _begins(extension: str) -> Callable[[bytes], bool]:
    def check(content: bytes) -> bool:
        try:
            return any(match.extension == extension for match in puremagic.magic_string(content))
        except puremagic.PureError:
            return False

    return check


def _office(folder: str) -> Callable[[bytes], bool]:
    """Office Open XML (ISO/IEC 29500-2): a package with content types and its own folder, no macros."""

    def check(content: bytes) -> bool:
        names = _zip_names(content)
        macros = any(name.endswith("vbaProject.bin") for name in names)
        return "[Content_Types].xml" in names and any(n.startswith(folder) for n in names) and not macros

    return check


def _open_document(media_type: str) -> Callable[[bytes], bool]:
    """OpenDocument (ISO/IEC 26300-3): the first entry, uncompressed, says what it is."""
    signature = b"mimetype" + media_type.encode()
    return lambda content: content[30 : 30 + len(signature)] == signature


def _zip_names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def _text(content: bytes) -> bool:
    """UTF-8 without NUL bytes."""
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _signature(content: bytes) -> bool:
    """CMS signed data, binary or armoured: what the national signature tools make."""
    return _SIGNED_DATA in content[:40] or content.lstrip().startswith(_PEM)


_ODT: Final = "application/vnd.oasis.opendocument.text"
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_CMS: Final = "application/pkcs7-signature"
_ALLOWED: Final = MappingProxyType(
    {
        ".pdf": ("application/pdf", _begins(".pdf")),
        ".docx": (f"{_OOXML}.wordprocessingml.document", _office("word/")),
        ".xlsx": (f"{_OOXML}.spreadsheetml.sheet", _office("xl/")),
        ".odt": (_ODT, _open_document(_ODT)),
        ".ods": (_ODS, _open_document(_ODS)),
        ".png": ("image/png", _begins(".png")),
        ".jpg": ("image/jpeg", _begins(".jpg")),
        ".jpeg": ("image/jpeg", _begins(".jpg")),
        ".txt": ("text/plain; charset=utf-8", _text),
        ".csv": ("text/csv; charset=utf-8", _text),
        ".p7s": (_CMS, _signature),
        ".cms": (_CMS, _signature),
    }
)

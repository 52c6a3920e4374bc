"""What a ZIP says it is: Office Open XML, OpenDocument, or just an archive. Nothing is unpacked."""

import zipfile
from io import BytesIO
from typing import Final

_MIMETYPE: Final = "mimetype"
_LONGEST_MIMETYPE: Final = 200


def names_in(content: bytes) -> list[str]:
    """The files that a ZIP lists; none where it is no ZIP, or was cut short."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def is_office(content: bytes, folder: str) -> bool:
    """Office Open XML (ISO/IEC 29500-2): a package with content types and its own folder."""
    names = names_in(content)
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)


def is_open_document(content: bytes, media_type: str) -> bool:
    """OpenDocument (ISO/IEC 26300-3): the entry `mimetype` says what it is.

    It should be the first one and uncompressed; programs that repack a document put it elsewhere.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package, package.open(_MIMETYPE) as entry:
            return entry.read(_LONGEST_MIMETYPE).strip() == media_type.encode()
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        return False

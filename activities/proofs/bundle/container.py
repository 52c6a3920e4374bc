"""The ZIP of a bundle: stored, dated 1980, in a fixed order: its bytes follow from its files alone."""

import hashlib
import struct
from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Final, Self
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models.proof.bundle import FILE_NAME, BundledFile

CHUNK: Final = 1024 * 1024
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o100644 << 16


class BundleWriter:
    """Writes files one after the other and remembers what the manifest says of them."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = ZipFile(target, "w", ZIP_STORED)
        self.files: list[BundledFile] = []

    def add(self, name: str, content: bytes) -> None:
        """Raises ValueError for a name that is not one of ours."""
        if not FILE_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name for a file of a bundle")
        self._zip.writestr(_info(name), content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.files.append(BundledFile(name=name, size=len(content), sha256=sha256))

    def close(self) -> None:
        self._zip.close()


class BrokenContainer(Exception):
    """The file is no ZIP as bundles are; the message is a sentence."""


class BundleReader:
    """Reads the files of a bundle."""

    def __init__(self, source: IO[bytes]) -> None:
        """Raises `BrokenContainer`."""
        self._source = source
        try:
            self._zip = ZipFile(source)
        except _UNREADABLE as error:
            raise BrokenContainer("the file is not a whole ZIP archive") from error
        for info in self._zip.infolist():
            if info.compress_type != ZIP_STORED or info.file_size != info.compress_size:
                raise BrokenContainer(f"{info.filename} is not stored as bundles store files")
        self.names = [info.filename for info in self._zip.infolist()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises `BrokenContainer` when they are not those that were written."""
        try:
            return self._zip.read(name)
        except _UNREADABLE as error:
            raise BrokenContainer(f"{name}: its bytes are not those that were written") from error

    def check_bytes(self) -> None:
        """Raises `BrokenContainer` when anything but the files' contents was changed, added or cut off."""
        with TemporaryFile() as canonical:
            writer = BundleWriter(canonical)
            for name in self.names:
                writer.add(name, self.read(name))
            writer.close()
            where = _first_difference(canonical, self._source)
        if where is not None:
            raise BrokenContainer(
                f"{self._at(where)}: the archive around the files was changed (byte {where} of the ZIP)"
            )

    def _at(self, offset: int) -> str:
        """The file a byte of the archive belongs to; past them is the archive's own list."""
        starts = [(info.header_offset, info.filename) for info in self._zip.infolist()]
        before = [name for start, name in sorted(starts) if start <= offset < self._zip.start_dir]
        return before[-1] if before else "the ZIP's list of files"


_UNREADABLE: Final = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    EOFError,
    OSError,
    OverflowError,
    struct.error,
)
"""What `zipfile` raises over damaged archives; there is no common base."""


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _DATE)
    info.create_system = _UNIX
    info.external_attr = _MODE
    return info


def _first_difference(one: IO[bytes], other: IO[bytes]) -> int | None:
    for offset, (ours, theirs) in enumerate(zip(_chunks(one), _chunks(other), strict=False)):
        if ours != theirs:
            differing = (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b)
            return offset * CHUNK + next(differing, min(len(ours), len(theirs)))
    return None


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The file from its beginning, and an empty chunk that no longer file has."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
    yield b""

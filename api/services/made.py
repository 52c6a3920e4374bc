"""A file that was made for somebody, on its way."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

IN_MEMORY_BYTES: Final = 16 * 1024 * 1024


@dataclass(frozen=True)
class Made:
    """A file as it leaves. Whoever takes it closes it."""

    file: IO[bytes]
    name: str
    media_type: str

    @property
    def size(self) -> int:
        self.file.seek(0, 2)
        return self.file.tell()


Making = Callable[[], Coroutine[Any, Any, Made]]


@contextmanager
def making(name: str, media_type: str) -> Iterator[Made]:
    """A file to be written; closed where that fails, else when it was sent."""
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115
    try:
        yield Made(file, name, media_type)
    except BaseException:
        file.close()
        raise


def kept(body: bytes, name: str, media_type: str) -> Made:
    """What was made as bytes."""
    with making(name, media_type) as made:
        made.file.write(body)
    return made

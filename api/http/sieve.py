"""A form with files as it comes in (RFC 7578): its texts whole, of each file no more than can be kept.

So a file that is too large costs whoever chose it that file, told by its name, and nothing of what was typed.
"""

from http import HTTPStatus
from typing import IO, Final

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from api.problems.problem import Failed, ProblemCode, too_large

TEXT_BYTES: Final = 8 * 1024 * 1024
"""Of all texts of a form together: two hundred items of the longest text each."""
LEFT_OUT: Final = "x-left-out"
"""The header of a file that was not read: those before it are as much as is kept at once."""
_FILES_AT_ONCE: Final = 10
_MOST_HEADERS: Final = 8 * 1024


def boundary_of(request: Request) -> bytes:
    """What parts a form with files; empty for any other body."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    return options.get(b"boundary", b"") if kind == b"multipart/form-data" else b""


class Sieve:
    """Writes a form anew, part by part. `file_bytes` is how large a file may be; one byte more shows it."""

    def __init__(self, target: IO[bytes], boundary: bytes, file_bytes: int) -> None:
        self._target, self._boundary = target, boundary
        self._of_a_file, self._of_files = file_bytes + 1, file_bytes * _FILES_AT_ONCE
        self._texts = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._name, self._value = b"", b""
        self._room = 0
        self._is_file = False
        try:
            self._parser = MultipartParser(boundary, self._callbacks())
        except FormParserError:
            raise _unreadable() from None

    def write(self, body: bytes) -> None:
        """The next of what comes. Raises Failed: too large (texts), unreadable."""
        try:
            self._parser.write(body)
        except FormParserError:
            raise _unreadable() from None

    def _callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._last,
        }

    def _begin(self) -> None:
        self._headers.clear()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers.append((self._name, self._value))
        self._name, self._value = b"", b""
        if sum(len(name) + len(value) for name, value in self._headers) > _MOST_HEADERS:
            raise _unreadable()

    def _headers_finished(self) -> None:
        said = {name.lower(): value for name, value in self._headers}
        _, options = parse_options_header(said.get(b"content-disposition", b""))
        self._is_file = b"filename" in options
        self._room = self._of_a_file if self._of_files > 0 else 0
        left_out = self._is_file and self._of_files <= 0
        if left_out:
            self._headers.append((LEFT_OUT.encode(), b"1"))
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in self._headers)
        self._target.write(b"--" + self._boundary + b"\r\n" + lines + b"\r\n")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            self._texts += end - start
            if self._texts > TEXT_BYTES:
                raise too_large(TEXT_BYTES)
            self._target.write(data[start:end])
            return
        kept = min(end - start, self._room)
        self._room -= kept
        self._of_files -= kept
        self._target.write(data[start : start + kept])

    def _end(self) -> None:
        self._target.write(b"\r\n")

    def _last(self) -> None:
        self._target.write(b"--" + self._boundary + b"--\r\n")


def _unreadable() -> Failed:
    return Failed(HTTPStatus.BAD_REQUEST, ProblemCode.INVALID)

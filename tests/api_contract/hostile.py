"""What somebody careless or hostile sends: values for bodies, paths, headers, and whole bodies."""

from typing import Final

TEXTS: Final[tuple[object, ...]] = (
    "",
    " \n\t",
    "a\x00b",
    "\x1b[31m",
    "\ud800",
    "\u202e\U0001f4a9",
    "../../etc/passwd",
    "'; DROP TABLE journal; --{0}%s{title}",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
)
NUMBERS: Final[tuple[object, ...]] = (0, -1, 2.5, 10**30, float("nan"), float("inf"), "1e400", "\u0661")
SHAPES: Final[tuple[object, ...]] = (None, True, 7, [], {}, [[[[]]]], {"": {"": None}})
_MISFITS: Final[tuple[object, ...]] = (None, 7, "\ud800", {"": None})


def hostile_to(types: set[str]) -> tuple[object, ...]:
    """Values that are wrong, or only just right, where one of these JSON types is expected."""
    if types & {"array", "object"}:
        return SHAPES
    if types & {"integer", "number"}:
        return NUMBERS + (TEXTS if "string" in types else _MISFITS)
    return _MISFITS if types == {"boolean"} else TEXTS + _MISFITS


UNREADABLE: Final = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"\xff\xfe",
    b'{"a":' * 50_000,
    b"[" * 100_000,
    b"9" * 100_000,
    b'"' + b"x" * 1_000_000 + b'"',
    b'{"\\ud800":1}',
    b'{"id":1,"id":2}',
)
PATH_SEGMENTS: Final = (
    "..",
    "\x00",
    "\u0436\U0001f4a9",
    "x" * 5_000,
    "\ud800",
    "a/b",
    "\r\nX: y",
    "-1",
    "0",
    "9" * 30,
    "1e3",
    "'\"<>%",
    "2026-SARY-0001\n",
)
QUERIES: Final = (*PATH_SEGMENTS, "", "NaN", "0001-01-01", "9999-12-31", "2026-02-30", "WyJhIiwiYiJd", "&|!")
HEADERS: Final = (
    ("Accept-Language", b"\xff\xfe"),
    ("Accept-Language", b"kk;q=nan,ru;q=inf,en;q=-1"),
    ("Accept-Language", b"," * 10_000),
    ("Authorization", b"Bearer"),
    ("Authorization", b"Bearer " + b"x" * 10_000),
    ("Authorization", b"Bearer \xff\x00\xfe"),
    ("Authorization", b"Basic dXNlcjpwYXNz"),
    ("Idempotency-Key", b""),
    ("Idempotency-Key", b"\xff"),
    ("Idempotency-Key", b"k" * 10_000),
    ("If-Match", b"\xff"),
    ("If-Match", b'W/"x", *'),
    ("If-Match", b'"' + b"9" * 30 + b'"'),
    ("If-None-Match", b"\xff"),
    ("Range", b"bytes=-9999999999999999999999"),
    ("Host", b"[::1"),
)
CONTENT_TYPES: Final = (
    "",
    "text/plain",
    "application/json; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
)
FILES: Final = (b"", b"%PDF-1.7", b"MZ\x90\x00", b"<svg onload=alert(1)>", b"x" * 300_000)
FILE_NAMES: Final = ("", "\x00", "../x.pdf", "я" * 500, 'a"b\r\nX: y.pdf', "\u202efdp.exe", "CON")

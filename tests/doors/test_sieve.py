"""Of a form with files every text is kept, and of each file what may be kept, however it comes in."""

from collections.abc import AsyncGenerator
from io import BytesIO

import pytest
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartParser

from api.http.sieve import LEFT_OUT, TEXT_BYTES, Sieve
from api.problems.problem import Failed
from tests.pages.reports import BOUNDARY, Upload, as_parts

LIMIT = 1_000


async def sifted(data: dict[str, str | list[str]], files: list[Upload], piece: int) -> FormData:
    """What the application reads of a form that comes in pieces of this size."""
    body, kind = as_parts(data, files)
    kept = BytesIO()
    sieve = Sieve(kept, BOUNDARY, LIMIT)
    for start in range(0, len(body), piece):
        sieve.write(body[start : start + piece])

    async def stream() -> AsyncGenerator[bytes, None]:
        yield kept.getvalue()

    return await MultiPartParser(Headers({"content-type": kind}), stream(), max_part_size=TEXT_BYTES).parse()


@pytest.mark.parametrize("piece", [1, 7, 64, 100_000])
async def test_what_may_be_kept_is_kept_byte_for_byte(piece: int) -> None:
    texts: dict[str, str | list[str]] = {"мәтін": "Ұзақ\r\n--мәтін\r\n--", "бос": "", "long": "ә" * 3_000}
    files: list[Upload] = [
        ("upload-p1", ("жоспар «1».txt", b"\r\n--x--\r\n" * 50, "text/plain")),
        ("upload-p2", ("", b"", "application/octet-stream")),
    ]
    form = await sifted(texts, files, piece)
    assert {name: value for name, value in form.items() if isinstance(value, str)} == texts
    kept, empty = form["upload-p1"], form["upload-p2"]
    assert isinstance(kept, UploadFile)
    assert isinstance(empty, UploadFile)
    assert (empty.filename, empty.size) == ("", 0)
    assert (kept.filename, await kept.read()) == ("жоспар «1».txt", b"\r\n--x--\r\n" * 50)


@pytest.mark.parametrize("piece", [13, 100_000])
async def test_of_a_file_that_is_too_large_one_byte_too_many_is_kept(piece: int) -> None:
    form = await sifted({"text": "a"}, [("upload", ("a.txt", b"a" * 50_000, "text/plain"))], piece)
    upload = form["upload"]
    assert isinstance(upload, UploadFile)
    assert (form["text"], upload.size) == ("a", LIMIT + 1)


async def test_files_above_what_is_kept_at_once_are_marked() -> None:
    files: list[Upload] = [("upload", (f"{n}.txt", b"a" * LIMIT, "text/plain")) for n in range(12)]
    form = await sifted({}, files, 4_096)
    marked = [LEFT_OUT in each.headers for each in form.getlist("upload") if isinstance(each, UploadFile)]
    assert marked == [False] * 10 + [True] * 2


async def test_texts_have_a_bound_together() -> None:
    with pytest.raises(Failed) as refused:
        await sifted({"a": "x" * TEXT_BYTES, "b": "x"}, [("upload", ("", b"", "text/plain"))], 65_536)
    assert refused.value.status == 413


@pytest.mark.parametrize("body", [b"--y nonsense", b"--x\r\nno header\r\n\r\n", b"--x\r\n" + b"A" * 20_000])
def test_what_is_no_form_is_told_so(body: bytes) -> None:
    with pytest.raises(Failed) as refused:
        Sieve(BytesIO(), b"x", LIMIT).write(body)
    assert refused.value.status == 400

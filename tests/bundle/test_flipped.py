"""No byte of a bundle of the demo can be changed unnoticed: none of any file, none of the ZIP around them."""

import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest

from models.proof.bundle import MANIFEST, SIGNATURE
from tests.bundle.conftest import Kept
from tests.bundle.forger import forger_of, verdict, zipped

pytestmark = pytest.mark.xdist_group("bundle")
FLIPS: Final = 200
SEED: Final = 192
_LOCAL, _LISTED, _END = 30, 46, 22
"""Bytes of a ZIP's own records, without the names in them."""


def flipped(content: bytes, offset: int, bit: int = 0) -> bytes:
    return content[:offset] + bytes([content[offset] ^ (1 << bit)]) + content[offset + 1 :]


async def test_untouched_it_is_whole(each: Kept, tmp_path: Path) -> None:
    assert await verdict(each.content, tmp_path, head=each.head, key=each.key) is None
    assert zipped(forger_of(each.content).files) == each.content


async def test_a_flipped_byte_of_each_file_is_named(each: Kept, tmp_path: Path) -> None:
    """The ZIP's own check sums fit: the product's hashes find it."""
    chance = random.Random(SEED)
    files = forger_of(each.content).files
    assert len(files) > 20
    for name, content in files.items():
        for at in {0, len(content) - 1, chance.randrange(len(content))} if content else ():
            wrong = await verdict(zipped(files | {name: flipped(content, at)}), tmp_path)
            assert wrong is not None, (name, at)
            expected = {SIGNATURE} if name == MANIFEST else {name}
            assert wrong.element in expected | {name}, (name, at, str(wrong))


async def test_random_flips_inside_files_name_the_file(each: Kept, tmp_path: Path) -> None:
    """Each byte of what is extracted is as likely as any other."""
    chance = random.Random(SEED)
    files = forger_of(each.content).files
    sizes = [len(content) for content in files.values()]
    for name in chance.choices(list(files), weights=sizes, k=FLIPS):
        at, bit = chance.randrange(len(files[name])), chance.randrange(8)
        wrong = await verdict(zipped(files | {name: flipped(files[name], at, bit)}), tmp_path)
        assert wrong is not None, (name, at, bit)
        assert wrong.element in {name, SIGNATURE if name == MANIFEST else name}, (name, at, str(wrong))


async def test_random_flips_anywhere_in_the_archive_are_noticed(each: Kept, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    content = each.content
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(content)), chance.randrange(8)
        wrong = await verdict(flipped(content, at, bit), tmp_path)
        assert wrong is not None, (at, bit)
        assert wrong.element, (at, bit)


async def test_a_flip_in_the_zips_own_records_is_noticed_too(each: Kept, tmp_path: Path) -> None:
    """All of them are detected, also those that would change nothing of what is extracted (dates, versions,
    permissions): the bytes of a bundle follow from its files alone, and whatever else stands there is wrong.

    Every byte of one file's local header, of its line in the list, and of the end record; and random others.
    """
    chance = random.Random(SEED)
    content = each.content
    for at in (*_records(content, chance), *_anywhere_between(content, chance)):
        wrong = await verdict(flipped(content, at, chance.randrange(8)), tmp_path)
        assert wrong is not None, at
        assert wrong.element, at


def _records(content: bytes, chance: random.Random) -> Iterator[int]:
    with ZipFile(BytesIO(content)) as archive:
        info = chance.choice(archive.infolist())
        listed = content.index(info.filename.encode(), archive.start_dir) - _LISTED
    name = len(info.filename.encode())
    assert content[info.header_offset :].startswith(b"PK\x03\x04")
    assert content[listed:].startswith(b"PK\x01\x02")
    assert content[-_END:].startswith(b"PK\x05\x06")
    yield from range(info.header_offset, info.header_offset + _LOCAL + name)
    yield from range(listed, listed + _LISTED + name)
    yield from range(len(content) - _END, len(content))


def _anywhere_between(content: bytes, chance: random.Random) -> Iterator[int]:
    """Local headers of any file, and the list of files."""
    with ZipFile(BytesIO(content)) as archive:
        starts, listed = [info.header_offset for info in archive.infolist()], archive.start_dir
    for _ in range(FLIPS // 8):
        yield chance.choice(starts) + chance.randrange(_LOCAL)
        yield chance.randrange(listed, len(content))

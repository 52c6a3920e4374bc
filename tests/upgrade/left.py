"""What a former release left: where it is kept, and how it is put into a stack of today."""

import lzma
import shutil
from pathlib import Path
from typing import Final

from local.copies import DATABASE_COPY, HISTORIES_COPY, SECRETS_COPY, put_back
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Number

KEPT: Final = Path(__file__).with_name("kept")
STACK: Final = "former"
STORY: Final = "story.json"
HISTORIES_PACKED: Final = f"{HISTORIES_COPY}.xz"


class Numbers(Model):
    """Four monitorings at four points of their lives."""

    closed: Number
    dispatched: Number
    submitted: Number
    begun: Number


class Left(Model):
    """Who acts in it and where: tokens by label, paths of links in letters that nobody has followed yet."""

    tokens: dict[str, str]
    numbers: Numbers
    links: dict[Id, str]
    """Of the dispatched report, by addressee."""
    asked: str
    """Of the information request."""
    heads: dict[Number, str]
    """The journal's last line when it was asked last: its place and its hash."""


def left_by(release: str) -> Left:
    """Its story."""
    return Left.model_validate_json((KEPT / release / STORY).read_text())


async def put_into(state: Path, release: str) -> None:
    """A stack's home with its data, to be started by today's code."""
    kept, copy = KEPT / release, state / "copy"
    copy.mkdir(parents=True)
    shutil.copytree(kept / SECRETS_COPY, copy / SECRETS_COPY)
    shutil.copyfile(kept / DATABASE_COPY, copy / DATABASE_COPY)
    (copy / HISTORIES_COPY).write_bytes(lzma.decompress((kept / HISTORIES_PACKED).read_bytes()))
    home = state / STACK
    home.mkdir()
    await put_back(home, copy)

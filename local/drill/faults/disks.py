"""A disk is full: nothing more can be written on it, until somebody makes room."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from local.drill.faults.fault import Kind
from local.process import StackError
from local.stack import Part

_BALLAST: Final = "ballast"
_BLOCK: Final = 4096


@dataclass(frozen=True)
class FullDisk:
    """Of PostgreSQL, or of everything else; `ends` are the parts that live on it and may end by it.

    PostgreSQL itself ends where it has no room for its log, and begins again when there is some.
    """

    disk: Path
    where: str
    ends: frozenset[Part]
    lasts: tuple[float, float]
    kind = Kind.FULL_DISK
    severs = False

    def __post_init__(self) -> None:
        if not self.disk.is_mount():
            raise StackError(f"{self.disk} is no disk of the drill's own: it is not filled.")

    async def strike(self, chance: Random) -> None:
        """Nothing is left, whatever is given free at that moment."""
        with (self.disk / _BALLAST).open("ab", buffering=0) as ballast:
            try:
                while free := _free(self.disk):
                    os.posix_fallocate(ballast.fileno(), ballast.seek(0, os.SEEK_END), free)
                while True:
                    ballast.write(bytes(_BLOCK))
            except OSError as full:
                if full.errno != errno.ENOSPC:
                    raise

    async def mend(self) -> None:
        """Make room, nothing else."""
        (self.disk / _BALLAST).unlink()


def _free(disk: Path) -> int:
    """Bytes that anybody may write."""
    left = os.statvfs(disk)
    return left.f_bavail * left.f_frsize

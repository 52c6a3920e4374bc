"""Processor time and memory of whole process families, as the kernel counts them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import psutil


class Part(StrEnum):
    """What a side is made of; of a floor the API is whoever sends the commands."""

    API = "API"
    WORKER = "worker"
    TEMPORAL = "Temporal"
    POSTGRES = "PostgreSQL"
    MAILBOX = "mailbox"


PARTS: Final = tuple(Part)


@dataclass(frozen=True)
class Used:
    """Seconds of a core, by part."""

    seconds: Mapping[Part, float]

    @property
    def total(self) -> float:
        """Of all parts."""
        return sum(self.seconds.values())

    def since(self, before: "Used") -> "Used":
        """What was used between two looks. A part that was started anew meanwhile counts from its start."""
        earlier = before.seconds
        return Used(
            {
                part: now - earlier.get(part, 0.0) if now >= earlier.get(part, 0.0) else now
                for part, now in self.seconds.items()
            }
        )


def used(roots: Mapping[Part, int]) -> Used:
    """Processor time so far of each part's program and of all it started. Roots are process ids."""
    return Used({part: _seconds_of_family(pid) for part, pid in roots.items()})


def memory(roots: Mapping[Part, int]) -> Mapping[Part, float]:
    """MiB of each family: proportional set size, which counts what is shared once among its sharers."""
    return {part: sum(map(_mebibytes, _family(pid))) for part, pid in roots.items()}


def _family(pid: int) -> Iterator[psutil.Process]:
    program = psutil.Process(pid)
    yield program
    yield from program.children(recursive=True)


def _seconds_of_family(pid: int) -> float:
    return sum(map(_seconds, _family(pid)))


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # its parent counts it from now on, among the children that ended
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _mebibytes(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 2**20
    except psutil.NoSuchProcess:
        return 0.0

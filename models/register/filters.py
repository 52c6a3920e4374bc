"""Which reports and rows are looked at. All given filters hold together."""

from collections.abc import Iterable
from typing import TypeVar

from models.register.filed import ReportLine
from models.register.rows import ElementKind, Row
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

T = TypeVar("T", Row, ReportLine)


class RegisterFilters(Model):
    """What is left out does not narrow."""

    sphere: Id | None = None
    region: str | None = None
    object: Id | None = None
    year: int | None = None
    kind: ElementKind | None = None
    conductor: Id | None = None

    def show(self, row: Row) -> bool:
        """Whether a row is shown."""
        return self.covers(row) and self.kind in (None, row.kind)

    def covers(self, each: Row | ReportLine) -> bool:
        """Whether a report, or what is in it, is looked at; its kind aside."""
        return (
            self.sphere in (None, *each.spheres)
            and self.region in (None, *each.regions)
            and self.object in (None, *each.objects)
            and self.year in (None, each.year)
            and self.conductor in (None, *each.conductors)
        )

    def all_years(self) -> "RegisterFilters":
        """The same view of all years and kinds: what repeats and what changed is seen between years."""
        return self.model_copy(update={"year": None, "kind": None})

    def covered(self, each: Iterable[T]) -> tuple[T, ...]:
        return tuple(one for one in each if self.covers(one))

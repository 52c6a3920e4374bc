"""How old open recommendations are and how many are overdue, over any set of them. Beyond the Rules.

Told as of a day: an item is open from its reply until its last judgement. Of a day in the past the dates
tell what was known then, except that a report which a judgement asked to be made anew is not remembered.
"""

from collections.abc import Callable, Iterable
from datetime import date
from statistics import median
from typing import Final

from pydantic import Field

from models.monitoring.follow_up import OPEN_STANDINGS, ItemStanding
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, ItemKind

BUCKETS: Final = ((0, 30), (31, 90), (91, 180), (181, 365), (366, None))
_JUDGED: Final = frozenset(
    {ItemStanding.IMPLEMENTED, ItemStanding.PARTLY_IMPLEMENTED, ItemStanding.NOT_IMPLEMENTED}
)


class FollowedItem(Model):
    """One proposal or recommendation as statistics know it; dates are local."""

    kind: ItemKind
    addressee: Id
    standing: ItemStanding
    asked_on: date | None = None
    answered_on: date | None = None
    due_on: date | None = None
    reported_on: date | None = None
    done_on: date | None = None
    judged_on: date | None = None

    def standing_on(self, day: date) -> ItemStanding:
        """Where it stood at the end of a day."""
        if self.answered_on is None or self.answered_on > day:
            return ItemStanding.UNANSWERED
        over = self.standing in _JUDGED and self.judged_on is not None and self.judged_on <= day
        if over or self.standing not in OPEN_STANDINGS | _JUDGED:
            return self.standing
        reported = self.reported_on is not None and self.reported_on <= day
        return ItemStanding.REPORTED if reported else ItemStanding.AWAITED

    def age_on(self, day: date) -> int | None:
        """Days since the reply, while it is open."""
        if self.answered_on is None or self.standing_on(day) not in OPEN_STANDINGS:
            return None
        return (day - self.answered_on).days

    def days_overdue_on(self, day: date) -> int | None:
        """Days since the day planned for it, while its addressee has not reported."""
        if self.due_on is None or self.due_on >= day or self.standing_on(day) is not ItemStanding.AWAITED:
            return None
        return (day - self.due_on).days

    def days_to_implementation_on(self, day: date) -> int | None:
        """From the reply to the day it was done, as its addressee says, else as judged; done before is 0."""
        if self.answered_on is None or self.standing_on(day) is not ItemStanding.IMPLEMENTED:
            return None
        done = self.done_on or self.judged_on
        return max(0, (done - self.answered_on).days) if done else None


class AgeBucket(Model):
    """Open items whose age in days lies between these, both included."""

    from_days: int
    until_days: int | None
    items: int


class Figures(Model):
    items: int
    by_standing: dict[ItemStanding, int]
    open: int = Field(description="Accepted, and not judged for the last time.")
    ages: tuple[AgeBucket, ...] = Field(description="Of the open ones, since the reply.")
    overdue: int = Field(description="Its day has passed and its addressee has not reported.")
    median_days_overdue: float | None
    longest_days_overdue: int | None
    median_days_to_implementation: float | None


class OfKind(Model):
    kind: ItemKind
    figures: Figures


class OfAddressee(Model):
    addressee: Id
    figures: Figures


class FollowUpStatistics(Model):
    on: date
    all: Figures
    by_kind: tuple[OfKind, ...]
    by_addressee: tuple[OfAddressee, ...]


def statistics_on(items: Iterable[FollowedItem], day: date) -> FollowUpStatistics:
    """Everything that had been asked for by that day."""
    asked = tuple(item for item in items if item.asked_on is None or item.asked_on <= day)
    kinds = [kind for kind in ItemKind if any(item.kind is kind for item in asked)]
    addressees = sorted({item.addressee for item in asked})
    return FollowUpStatistics(
        on=day,
        all=_figures(asked, day),
        by_kind=tuple(
            OfKind(kind=kind, figures=_figures(tuple(i for i in asked if i.kind is kind), day))
            for kind in kinds
        ),
        by_addressee=tuple(
            OfAddressee(addressee=body, figures=_figures(own, day))
            for body, own in _grouped(asked, addressees)
        ),
    )


def _grouped(
    items: tuple[FollowedItem, ...], addressees: list[Id]
) -> list[tuple[Id, tuple[FollowedItem, ...]]]:
    own: dict[Id, list[FollowedItem]] = {body: [] for body in addressees}
    for item in items:
        own[item.addressee].append(item)
    return [(body, tuple(found)) for body, found in own.items()]


def _figures(items: tuple[FollowedItem, ...], day: date) -> Figures:
    standings = [item.standing_on(day) for item in items]
    ages = _known(items, lambda item: item.age_on(day))
    overdue = _known(items, lambda item: item.days_overdue_on(day))
    done = _known(items, lambda item: item.days_to_implementation_on(day))
    return Figures(
        items=len(items),
        by_standing={standing: standings.count(standing) for standing in ItemStanding},
        open=len(ages),
        ages=tuple(
            AgeBucket(
                from_days=least,
                until_days=most,
                items=sum(least <= age and (most is None or age <= most) for age in ages),
            )
            for least, most in BUCKETS
        ),
        overdue=len(overdue),
        median_days_overdue=median(overdue) if overdue else None,
        longest_days_overdue=max(overdue, default=None),
        median_days_to_implementation=median(done) if done else None,
    )


def _known(items: tuple[FollowedItem, ...], days: Callable[[FollowedItem], int | None]) -> list[int]:
    return [found for item in items if (found := days(item)) is not None]

"""A deputy stands in for somebody in a period, by an act. Beyond the Rules; reference data of accounts."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from models.vocabulary.actors import StandIn
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Role
from models.vocabulary.refusal import Refusal

DEPUTIES: Final = frozenset({Role.ANALYST, Role.HEAD})
"""Roles that name a deputy, and may be one: the others oversee, publish, or keep the registries."""
LONGEST: Final = timedelta(days=366)


class Deputyship(Model):
    """Days are local, both included; `ended_at` (UTC) where it was ended earlier."""

    id: Id
    account: Id
    deputy: Id
    first_day: date
    last_day: date
    act: str
    dated: date
    ended_at: datetime | None = None

    @property
    def stand_in(self) -> StandIn:
        return StandIn(account=self.account, act=self.act, dated=self.dated)

    def in_force(self, today: date) -> bool:
        return self.ended_at is None and self.first_day <= today <= self.last_day

    def over(self, today: date) -> bool:
        """Whether it will never be in force any more."""
        return self.ended_at is not None or self.last_day < today

    def same_as(self, other: "Deputyship") -> bool:
        """Whether it is the same act about the same people and days: sent twice."""
        own = {"id", "ended_at"}
        return self.model_dump(exclude=own) == other.model_dump(exclude=own)


class Named(Model):
    """An account as it stands when it is named: `there` while it is in use and its body exists."""

    account: Id
    organisation: Id
    role: Role
    there: bool


def refusals(
    new: Deputyship, whose: Named, deputy: Named | None, known: Iterable[Deputyship], today: date
) -> Iterator[Refusal]:
    """Why nobody becomes this deputy. `known` are those of both accounts that were not ended."""
    if new.deputy == new.account:
        yield Refusal(code="deputy_oneself")
        return
    if deputy is None or not deputy.there:
        yield Refusal(code="deputy_not_there", params={"account": new.deputy})
        return
    if deputy.organisation != whose.organisation:
        yield Refusal(code="deputy_of_another_body")
    if deputy.role not in DEPUTIES:
        yield Refusal(code="deputy_role")
    yield from _days(new, today)
    yield from _beside(new, [each for each in known if each.ended_at is None])


def refusal_to_end(known: Deputyship, today: date) -> Refusal | None:
    """What is over needs no end."""
    if not known.over(today):
        return None
    return Refusal(code="deputy_over", params={"date": known.last_day.isoformat()})


def _days(new: Deputyship, today: date) -> Iterator[Refusal]:
    if new.last_day < new.first_day:
        yield Refusal(code="deputy_ends_before_it_begins")
        return
    if new.first_day < today:
        yield Refusal(code="deputy_from_the_past", params={"date": today.isoformat()})
    if new.last_day - new.first_day > LONGEST:
        yield Refusal(code="deputy_too_long", params={"days": str(LONGEST.days)})
    if new.dated > today:
        yield Refusal(code="deputy_act_in_future", params={"date": new.dated.isoformat()})


def _beside(new: Deputyship, known: Iterable[Deputyship]) -> Iterator[Refusal]:
    """Nobody has two deputies on a day, and no deputy is away: nobody stands in for each other in turn."""
    for each in known:
        if each.first_day > new.last_day or new.first_day > each.last_day:
            continue
        days = {"since": each.first_day.isoformat(), "until": each.last_day.isoformat()}
        if each.account == new.account:
            yield Refusal(code="deputy_overlaps", params=days)
        elif each.account == new.deputy:
            code = "deputy_cyclic" if each.deputy == new.account else "deputy_away"
            yield Refusal(code=code, params=days)

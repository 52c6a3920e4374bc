"""The terms of an edition one by one, and by which of them two editions differ."""

from collections.abc import Mapping
from typing import Final

from models.vocabulary.base import Model
from models.vocabulary.editions import Edition, ReplyTerm, StageTerms
from models.vocabulary.ladders import RUNGS, Ladder, RungName

SWITCHES, TIMES, LADDERS = "switches", "times", "ladders"
BETWEEN: Final = "-"
"""Between the parts of a term's name: `times-appc_76-working_days`, `ladders-reply-reminder`."""


class Difference(Model):
    """One term that a later edition sets otherwise; a rung that is not there is None."""

    name: str
    before: object
    after: object


def terms_of(edition: Edition) -> Mapping[str, object]:
    """Every term by its name, in the order of the model: readings, times, ladders of reminders."""
    found: dict[str, object] = {
        f"{SWITCHES}{BETWEEN}{name}": getattr(edition.switches, name)
        for name in type(edition.switches).model_fields
    }
    for name in type(edition.times).model_fields:
        value = getattr(edition.times, name)
        if isinstance(value, ReplyTerm | StageTerms):
            for inner in type(value).model_fields:
                found[BETWEEN.join((TIMES, name, inner))] = getattr(value, inner)
        else:
            found[f"{TIMES}{BETWEEN}{name}"] = value
    for ladder, rungs in RUNGS.items():
        for rung in rungs:
            day = _day_of(getattr(edition.ladders, ladder), rung)
            found[BETWEEN.join((LADDERS, ladder, rung.value))] = day
    return found


def differences(earlier: Edition, later: Edition) -> tuple[Difference, ...]:
    """What the later one sets otherwise."""
    before = terms_of(earlier)
    return tuple(
        Difference(name=name, before=before[name], after=after)
        for name, after in terms_of(later).items()
        if before[name] != after
    )


def _day_of(ladder: Ladder, wanted: RungName) -> int | None:
    """Working days from the due day; None where the ladder has no such rung."""
    return next((rung.working_days for rung in ladder if rung.name is wanted), None)

"""What forbids nothing and deserves a look: a reader would ask about it later, whoever writes can say now."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from models.monitoring.state import MonitoringState
from models.report.content import Quantitative, ReportContent
from models.vocabulary.procedure import Id, Stage
from models.vocabulary.refusal import Refusal

PERCENT: Final = frozenset({"%", "пайыз", "процент", "процентов", "проц.", "percent", "per cent"})
"""How a unit says that a value is a part of a hundred, as people write it."""


def period_warnings(state: MonitoringState, today: date) -> tuple[Refusal, ...]:
    """A9: what is studied lasts beyond today; a report of it would tell of days that have not come."""
    if state.studied_until <= today:
        return ()
    params = {"until": state.studied_until.isoformat()}
    return (Refusal(code="studied_period_not_over", rule="A9", params=params),)


def repetition_warnings(state: MonitoringState, others: Iterable[MonitoringState]) -> tuple[Refusal, ...]:
    """Of the same spheres and bodies for the same time, by the same body: perhaps registered twice."""
    return tuple(
        Refusal(code="studied_already", params={"number": other.number})
        for other in others
        if _repeats(state, other)
    )


def council_warnings(state: MonitoringState, council: Id) -> tuple[Refusal, ...]:
    """Rule 21: the council considered this very version already, and what is recorded of that stands.

    To put a mistaken record right it goes there once more: then there are two, and it is to be meant.
    """
    since = state.current.approved_on if state.current else None
    return tuple(
        Refusal(
            code="council_considered_already",
            rule="21",
            params={"on": item.considered_on.isoformat(), "minutes": item.minutes_number},
        )
        for item in state.council_items.values()
        if item.council == council
        and item.considered_on is not None
        and (since is None or item.considered_on >= since)
    )


def percent_warnings(content: ReportContent) -> tuple[Refusal, ...]:
    """Annex II: more than the whole of something, or less than nothing, and no numbers to tell of what."""
    return tuple(
        Refusal(code="percent_without_numbers", rule="annex.II", params={"indicator": each.id})
        for each in content.indicators
        if isinstance(each, Quantitative)
        and each.unit.strip().casefold() in PERCENT
        and not 0 <= each.value <= 100
        and not each.is_share()
    )


def _repeats(state: MonitoringState, other: MonitoringState) -> bool:
    if other.number == state.number or other.stage is Stage.CANCELLED or other.kind is not state.kind:
        return False
    bodies = [{body.organisation for body in each.objects} for each in (state, other)]
    same = bodies[0] == bodies[1] and set(state.spheres) == set(other.spheres)
    return same and state.studied_from <= other.studied_until and other.studied_from <= state.studied_until

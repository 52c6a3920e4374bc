"""How duties stand beside one another, period by period, and which of them presses most (rule 13)."""

from enum import IntEnum
from typing import Final

from models.duty.rules import verdict_of
from models.duty.state import DutyState
from models.events import DutyPeriod, PeriodVerdict
from models.vocabulary.base import Model
from models.vocabulary.procedure import Kind


class Pressing(IntEnum):
    """What comes first in a list. A thematic duty (13.2) is never late: the Rules name no term for it."""

    LATE = 0  # 13.1: the period before was missed, and nothing came up that corrects it
    PUBLICATION_OWED = 1  # 19
    OPEN = 2
    SETTLED = 3


class Standing(Model):
    """A period of a duty. Without a verdict it runs, and nothing counts for it yet."""

    period: DutyPeriod
    verdict: PeriodVerdict | None
    corrected: bool = False

    @property
    def year(self) -> int:
        """The year it stands under: that in which it ends."""
        return self.period.ends_on.year

    @property
    def breached(self) -> bool:
        return self.verdict is PeriodVerdict.BREACHED


_NOT_YET: Final = {PeriodVerdict.BREACHED, PeriodVerdict.LAPSED}


def standings(state: DutyState) -> tuple[Standing, ...]:
    """All periods of a duty in order of time, the running one last."""
    past = [
        Standing(period=each.period, verdict=each.standing, corrected=each.corrected is not None)
        for each in state.past
    ]
    if state.period is None or state.ended:
        return tuple(past)
    verdict = verdict_of(state, state.period)
    running = Standing(period=state.period, verdict=None if verdict in _NOT_YET else verdict)
    return (*past, running)


def pressing(state: DutyState) -> Pressing:
    """How much it presses, as it stands."""
    if state.ended:
        return Pressing.SETTLED
    missed = bool(state.past) and state.past[-1].standing is PeriodVerdict.BREACHED
    if missed and state.kind is Kind.COMPREHENSIVE:
        return Pressing.LATE
    if any(each.publication_owed for each in state.evidence.values()):
        return Pressing.PUBLICATION_OWED
    return Pressing.OPEN if standings(state)[-1].verdict is None else Pressing.SETTLED

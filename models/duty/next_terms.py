"""What another edition will change of a duty: nothing of the period in course, and its days from then on."""

from datetime import date, timedelta
from typing import Final

from models.duty.rules import period_from
from models.duty.state import DutyState
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition

_ONE_DAY: Final = timedelta(days=1)


class NextPeriod(Model):
    """The first period under another edition (rule 13), and when it would end under the one there is."""

    begins_on: date
    ends_on: date
    else_ends_on: date


def next_under(state: DutyState, edition: Edition) -> NextPeriod | None:
    """Nothing of a duty that has ended, or has no period."""
    if state.ended or state.period is None:
        return None
    begins_on = state.period.ends_on + _ONE_DAY
    while begins_on < edition.in_force_from:
        begins_on = period_from(state.kind, state.briefing, begins_on).ends_on + _ONE_DAY
    other = state.briefing.model_copy(update={"edition": edition})
    return NextPeriod(
        begins_on=begins_on,
        ends_on=period_from(state.kind, other, begins_on).ends_on,
        else_ends_on=period_from(state.kind, state.briefing, begins_on).ends_on,
    )

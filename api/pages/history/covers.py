"""What stands above a timeline: which monitoring, duty or consolidation it is of, and how that stands."""

from datetime import date

from activities.letters.conductor import leading_name
from activities.registries.lookup import Lookup
from api.pages.history.open_items import open_said, undelivered_all_said
from api.pages.links.opened import said
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.consolidation.state import ConsolidationState
from models.duty.state import DutyState
from models.monitoring.items import named_and_not_sent
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.vocabulary.base import Model


class Cover(Model):
    """Titles of the timeline and of its check; facts as labels with what they say; work that is open."""

    title: str
    check_title: str
    facts: tuple[tuple[str, str], ...]
    open_work: tuple[str, ...] = ()


async def cover_of(lookup: Lookup, state: Proceeding) -> Cover:
    """The cover of whatever keeps a journal."""
    match state:
        case MonitoringState():
            return await _of_monitoring(lookup, state)
        case DutyState():
            return await _of_duty(lookup, state)
        case ConsolidationState():
            return await _of_consolidation(lookup, state)
    raise TypeError(type(state).__name__)


async def _of_monitoring(lookup: Lookup, state: MonitoringState) -> Cover:
    language = lookup.language
    unsent = {body: await lookup.name(body) for body in named_and_not_sent(state)}
    return Cover(
        title=text(language, "page.history.title", number=state.number),
        check_title=text(language, "page.history.check_title", number=state.number),
        facts=(
            (text(language, "page.history.monitoring"), await said(lookup, state.title)),
            (text(language, "page.top.from"), await leading_name(lookup, state)),
            (text(language, "page.history.stage"), term(language, state.stage)),
        ),
        open_work=open_said(language, state, unsent),
    )


async def _of_duty(lookup: Lookup, state: DutyState) -> Cover:
    language, period = lookup.language, state.period
    within = (period.begins_on, period.ends_on) if period else ()
    return Cover(
        title=text(language, "page.history.of.duty", number=state.mark),
        check_title=text(language, "page.history.check_of.duty", number=state.mark),
        facts=(
            (text(language, "page.history.body"), await lookup.name(state.responsible)),
            (text(language, "page.history.kind"), term(language, state.kind)),
            _period(lookup, *within),
        ),
        open_work=undelivered_all_said(language, state),
    )


async def _of_consolidation(lookup: Lookup, state: ConsolidationState) -> Cover:
    language, course = lookup.language, state.round
    within = (course.begins_on, course.ends_on) if course else ()
    return Cover(
        title=text(language, "page.history.of.consolidation", number=state.mark),
        check_title=text(language, "page.history.check_of.consolidation", number=state.mark),
        facts=(
            (text(language, "page.history.body"), await lookup.name(state.responsible)),
            _period(lookup, *within),
        ),
        open_work=undelivered_all_said(language, state),
    )


def _period(lookup: Lookup, *days: date) -> tuple[str, str]:
    none = text(lookup.language, "page.history.no_period")
    return (
        text(lookup.language, "page.history.period"),
        " – ".join(say_day(lookup.language, day) for day in days) or none,
    )

"""What becomes of accepted items over months: reminded of, reported, judged, and never ended by a timer."""

from local.samples import ScenarioName
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import ExtendDeadline
from models.monitoring.follow_up import ItemStanding, standing_of
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Stage, Verdict
from tests.replay.endings import Ending
from tests.workflows.conduct import (
    answers,
    closes,
    dispatches,
    has_an_approved_report,
    judges_implementation,
    reports_implementation,
)
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import Theatre

CLINIC = "clinic-2"
P1 = deadline_id(DeadlineSubject.IMPLEMENTATION, "p1")


async def test_a_closed_monitoring_lives_until_the_last_accepted_item_is_judged(theatre: Theatre) -> None:
    """Reminded of, overdue, partly done, given a new day, done: the timer of a working year ends nothing."""
    b = await _with_accepted_items(theatre)
    await closes(b)
    for rung in (RungName.REMINDER, RungName.LAST_CALL, RungName.EXPIRED):
        await b.reaches(P1, rung)
    await reports_implementation(b, CLINIC, *(await _accepted(b)))
    *others, last = await _accepted(b)
    for item in others:
        await judges_implementation(b, item, Verdict.IMPLEMENTED)
    far = CALENDAR.add_working_days(b.day, 300)
    await judges_implementation(b, last, Verdict.PARTLY_IMPLEMENTED, due_on=far)
    follow_up = deadline_id(DeadlineSubject.FOLLOW_UP, b.number)
    await b.reaches(follow_up, RungName.EXPIRED)
    state = await b.state()
    assert (state.stage, state.follow_up_ended) == (Stage.CLOSED, False)
    await reports_implementation(b, CLINIC, last)
    await judges_implementation(b, last, Verdict.IMPLEMENTED)
    await b.ends(Ending.FOLLOWED_UP)
    assert {standing_of(await b.state(), item) for item in (await b.state()).items.values()} == {
        ItemStanding.IMPLEMENTED
    }
    letters = [line for line in await b.post() if "implementation" in line]
    assert letters == [
        f"implementation_awaited to {CLINIC}",
        f"implementation_reminder to {CLINIC}",
        f"implementation_reminder to {CLINIC}",
        f"implementation_overdue to {CLINIC}",
        f"implementation_judged to {CLINIC}",
        f"implementation_judged to {CLINIC}",
        f"implementation_judged to {CLINIC}",
    ]


async def test_a_promised_day_is_extended_once_with_a_reason(theatre: Theatre) -> None:
    b = await _with_accepted_items(theatre)
    due = (await b.state()).deadlines[P1].due_on
    reason = await b.says("the supplier is late")
    later = CALENDAR.add_working_days(due, 10)
    await b.does(ExtendDeadline, deadline=P1, until=later, reason=reason)
    again = CALENDAR.add_working_days(later, 10)
    refused = await b.is_refused(ExtendDeadline, deadline=P1, until=again, reason=reason)
    assert refused == "extension_twice"
    assert (await b.post())[-1] == f"deadline_extended to {CLINIC}"
    await b.has_one_truth()


async def _with_accepted_items(theatre: Theatre) -> Running:
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b)
    await answers(b, CLINIC)
    return b


async def _accepted(b: Running) -> list[str]:
    state = await b.state()
    return [item.id for item in state.items.values() if item.addressee == CLINIC]

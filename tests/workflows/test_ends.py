"""How monitorings end, beside the end that a person sets (docs/procedure.md, Stages)."""

from datetime import timedelta

from local.samples import ScenarioName
from models.agenda.deadline import DeadlineStatus, DeadlineSubject, deadline_id
from models.agenda.rungs import rung_at
from models.commands import BeginCollection, CancelMonitoring
from models.vocabulary.editions import ORDER_192
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Stage, Verdict
from tests.replay.endings import Ending
from tests.workflows import group
from tests.workflows.conduct import (
    asks_for_information,
    closes,
    dispatches,
    everyone_answers,
    has_an_approved_report,
    judges_implementation,
    reports_implementation,
)
from tests.workflows.running import CALENDAR, starts
from tests.workflows.theatre import Theatre


async def test_the_agenda_ends_the_follow_up_after_a_working_year(theatre: Theatre) -> None:
    c = await starts(theatre, ScenarioName.C)
    await has_an_approved_report(c)
    await dispatches(c)
    await everyone_answers(c)
    await closes(c)
    await reports_implementation(c, "akimat-zhan", "p1")
    await judges_implementation(c, "p1", Verdict.IMPLEMENTED)
    follow_up = (await c.state()).deadlines[deadline_id(DeadlineSubject.FOLLOW_UP, c.number)]
    assert follow_up.due_on == CALENDAR.add_working_days(c.day, ORDER_192.times.follow_up)
    end = rung_at(follow_up, follow_up.rungs[0], CALENDAR)
    await c.time_passes_until(end - timedelta(hours=1))
    assert not (await c.state()).follow_up_ended
    await c.time_passes_until(end)
    assert (await c.ends(Ending.FOLLOW_UP_RAN_OUT)).stage is Stage.CLOSED
    assert [e.event.type for e in (await c.journal())[-2:]] == ["rung_reached", "follow_up_ended"]


async def test_a_cancelled_monitoring_tells_everyone_it_had_asked(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    await group.is_created(a)
    await group.invitee_answers(a, "m3", consents=True)
    await group.invitee_answers(a, "m7", consents=False)
    await a.does(BeginCollection, began_on=a.day)
    await asks_for_information(a, a.scenario.information_requests[0])
    await a.letters_settled()
    await a.does(CancelMonitoring, reason=await a.says("another body studies the same"))
    assert (await a.ends(Ending.CANCELLED)).stage is Stage.CANCELLED
    told = ("p-uo-deputy", "p-uo-analyst-2", "p-official-1", "p-public-1", "p-public-2", "p-expert-1")
    assert (await a.post())[-7:] == [
        *(f"monitoring_cancelled to {person}" for person in told),
        "monitoring_cancelled to land-sary",
    ]
    ended = {deadline.status for deadline in (await a.state()).deadlines.values()}
    assert ended == {DeadlineStatus.MET, DeadlineStatus.WITHDRAWN}
    assert {letter.status for letter in await a.letters()} == {LetterStatus.SENT}


async def test_what_never_left_is_withdrawn_when_a_monitoring_is_cancelled(theatre: Theatre) -> None:
    """A wrong address is nobody's task any more, and does not keep the workflow from ending."""
    a = await starts(theatre, ScenarioName.A)
    theatre.mailbox.faults.refuse("land-sary@example.kz", "550 5.1.1 no such mailbox")
    await a.does(BeginCollection, began_on=a.day)
    await asks_for_information(a, a.scenario.information_requests[0])
    await a.letters_settled()
    await a.does(CancelMonitoring, reason=await a.says("another body studies the same"))
    assert (await a.ends()).stage is Stage.CANCELLED
    told = "letter_not_delivered to a-uo-analyst"
    assert await a.post() == [told, told], "of the request, and of the cancellation"
    await a.has_one_truth()


async def test_a_deadline_of_an_ended_monitoring_speaks_no_more(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    await group.is_created(a)
    await a.does(CancelMonitoring, reason=await a.says("another body studies the same"))
    await a.ends()
    assert await a.happened("rung_reached") == []
    assert RungName.REMINDER not in {r for d in (await a.state()).deadlines.values() for r in d.reached}

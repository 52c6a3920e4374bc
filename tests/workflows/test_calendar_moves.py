"""A day declared and another one: each open deadline moves by one working day with its event, and back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from activities.bounds.within import within
from activities.keepers import calendar as calendar_keeper
from activities.keepers.calendar import AT_ONCE, Told, bring_newest
from local.samples import ScenarioName
from models.calendar.day import CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import CalendarEdition
from models.commands import BeginCollection, RequestInformation
from models.events import DeadlineMoved
from models.tables.calendars import CalendarRow
from tests.waiting import eventually
from tests.workflows.conduct import asks_for_information
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import Theatre
from workflows import MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput

NAMES = DayNames(kk="Сынақ күні", ru="Пробный день", en="Day of a test")


async def test_every_open_deadline_moves_by_one_working_day_and_a_worked_saturday_moves_it_back(
    theatre: Theatre,
) -> None:
    """More monitorings than are told at once, each with two deadlines counted in working days."""
    asking = [await _asks_twice(theatre) for _ in range(AT_ONCE + 2)]
    first = asking[0]
    before = (await first.state()).deadlines
    closure, saturday = first.in_working_days(2), _saturday_within(first)
    closed = await _declared(theatre, closure, CalendarDayKind.CLOSURE)
    assert await bring_newest(theatre.client, theatre.sessions)
    for monitoring in asking:
        await _counts_by(monitoring, closed)
        moved = await _moved(monitoring)
        assert {event.deadline.id for event in moved} == set(before)
        for event in moved:
            assert event.previous == before[event.deadline.id].due_on
            assert event.deadline.due_on == CALENDAR.next_working_day(event.previous)
            assert event.days == (closure,)
    worked = await _declared(theatre, saturday, CalendarDayKind.WORKING_WEEKEND)
    assert await bring_newest(theatre.client, theatre.sessions)
    for monitoring in asking:
        await _counts_by(monitoring, worked)
        back = (await _moved(monitoring))[len(before) :]
        assert {event.deadline.id: event.deadline.due_on for event in back} == {
            deadline.id: deadline.due_on for deadline in before.values()
        }
        assert all(event.days == (saturday,) for event in back)
    await first.has_one_truth()


async def test_proceedings_that_do_not_take_the_calendar_hold_up_nobody(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as are told at once run where no worker comes; two have ended without their record knowing."""
    asking = [await _asks_twice(theatre) for _ in range(AT_ONCE + 3)]
    for halted in asking[:-1]:
        await halted.handle.terminate("halted for good")
    for halted in asking[2:-1]:
        await _runs_where_nobody_works(halted)
    monkeypatch.setattr(calendar_keeper, "PATIENCE_SECONDS", 0.2)
    edition = await _declared(theatre, asking[0].in_working_days(2), CalendarDayKind.CLOSURE)
    told = Told()
    for _ in range(2):
        looked = bring_newest(theatre.client, theatre.sessions, told)
        assert await within(60, looked, "the others are told")
    await _counts_by(asking[-1], edition)
    assert [await _signals(halted) for halted in asking[2:-1]] == [1] * AT_ONCE, (
        "each look tells whom none told"
    )


async def _asks_twice(theatre: Theatre) -> Running:
    """A monitoring that awaits two answers, both by the edition's term in working days."""
    b = await starts(theatre, ScenarioName.B)
    await b.does(BeginCollection, began_on=b.day)
    asked = b.scenario.information_requests[0]
    await asks_for_information(b, asked)
    question = await b.says("How many appeals were there?")
    await b.does(
        RequestInformation,
        request="again",
        holder=asked.holder,
        source_kind=asked.source_kind,
        question=question,
    )
    await b.letters_settled()
    return b


async def _runs_where_nobody_works(b: Running) -> None:
    state = await b.state()
    await b.theatre.client.start_workflow(
        MonitoringWorkflow.run,
        MonitoringInput(number=b.number, state=state),
        id=state.workflow_id,
        task_queue="nobody-works-here",
    )


async def _signals(b: Running) -> int:
    history = await b.theatre.client.get_workflow_handle(b.handle.id).fetch_history()
    return sum(event.HasField("workflow_execution_signaled_event_attributes") for event in history.events)


def _saturday_within(b: Running) -> date:
    """A Saturday nobody works on, within the edition's term for information (ten working days)."""
    day = b.day + timedelta(days=(5 - b.day.weekday()) % 7 or 7)
    assert day not in CALENDAR.closed
    return day


async def _declared(theatre: Theatre, on: date, kind: CalendarDayKind) -> str:
    """The edition in use with one more day; returns the new one's id."""
    async with theatre.sessions() as session, session.begin():
        known = await calendar_keeper.newest(session)
        assert known is not None
        edition = CalendarEdition.model_validate(known.body)
        days = [*edition.days, CalendarDay(on=on, kind=kind, names=NAMES, act="order 1")]
        following = edition.model_copy(
            update={"id": f"{edition.id}-{kind.value}", "days": tuple(sorted(days, key=lambda d: d.on))}
        )
        body = following.model_dump(mode="json")
        session.add(CalendarRow(edition=following.id, body=body, reason="A day.", at=datetime.now(UTC)))
    return following.id


async def _counts_by(b: Running, edition: str) -> None:
    async def changed() -> bool:
        return (await b.state()).calendar.edition == edition

    await eventually(changed, "the new calendar has come")


async def _moved(b: Running) -> list[DeadlineMoved]:
    events = [entry.event for entry in await b.happened("deadline_moved")]
    return [event for event in events if isinstance(event, DeadlineMoved)]

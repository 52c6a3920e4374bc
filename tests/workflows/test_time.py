"""Time stopped and reckoned anew (docs/architecture.md, Time): pauses, calendars that change meanwhile."""

from datetime import UTC, date, datetime, timedelta

from activities.keepers.calendar import bring_newest
from local.samples import ScenarioName, load_calendar
from models.agenda.changes import remaining
from models.agenda.deadline import DeadlineStatus, DeadlineSubject, ReplyPreset, deadline_id
from models.calendar.day import CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import CalendarEdition
from models.commands import AcknowledgeReport, DispatchReport, PauseDeadline, ResumeDeadline
from models.tables.calendars import CalendarRow
from models.vocabulary.ladders import RungName
from tests.waiting import eventually
from tests.workflows.conduct import addressee, has_an_approved_report
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import Theatre

CLINIC = "clinic-2"
REPLY = deadline_id(DeadlineSubject.REPLY, CLINIC)


async def _asked_for_a_reply(theatre: Theatre) -> Running:
    """Scenario B, sent with 15 working days to answer."""
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    samples = b.scenario.dispatch.addressees
    chosen = [await addressee(b, sample) for sample in samples]
    asked = [new.model_copy(update={"preset": ReplyPreset.APPC_76, "reply_by": None}) for new in chosen]
    await b.does(DispatchReport, addressees=tuple(asked))
    await b.does(AcknowledgeReport, addressee=CLINIC, received_on=b.day)
    await b.letters_settled()
    return b


async def test_a_pause_keeps_the_working_days_left_and_nothing_is_overdue_meanwhile(theatre: Theatre) -> None:
    b = await _asked_for_a_reply(theatre)
    await b.passes(b.in_working_days(5))
    await b.does(PauseDeadline, deadline=REPLY, reason=await b.says("An explanation is owed to the clinic."))
    paused = (await b.state()).deadlines[REPLY]
    assert (paused.status, remaining(paused, CALENDAR, b.in_working_days(5))) == (DeadlineStatus.PAUSED, 10)
    assert (
        await b.is_refused(PauseDeadline, deadline=REPLY, reason=await b.says("Again.")) == "already_paused"
    )
    resumed_on = CALENDAR.working_day_from(b.in_working_days(5) + timedelta(days=6))
    await b.passes(resumed_on)
    await b.does(ResumeDeadline, deadline=REPLY)
    running = (await b.state()).deadlines[REPLY]
    assert running.status is DeadlineStatus.OPEN
    assert running.due_on == CALENDAR.add_working_days(resumed_on, 10)
    assert await b.is_refused(ResumeDeadline, deadline=REPLY) == "not_paused"
    await b.letters_settled()
    sent = [letter.kind.value for letter in await b.letters() if letter.subject == CLINIC]
    assert sent[-2:] == ["deadline_paused", "deadline_resumed"]
    assert RungName.EXPIRED not in running.reached
    await b.has_one_truth()


async def test_a_closure_day_moves_every_open_deadline_that_crosses_it_by_one_working_day(
    theatre: Theatre,
) -> None:
    b = await _asked_for_a_reply(theatre)
    before = (await b.state()).deadlines
    closure = b.in_working_days(3)
    await _puts_in_use(theatre, _with(CalendarDayKind.CLOSURE, closure))
    assert await bring_newest(theatre.client, theatre.sessions)
    await eventually(lambda: _reckoned_anew(b), "the deadlines are reckoned anew")
    await b.letters_settled()
    after = (await b.state()).deadlines
    for key, deadline in before.items():
        crosses = deadline.status is DeadlineStatus.OPEN and deadline.due_on >= closure
        expected = CALENDAR.next_working_day(deadline.due_on) if crosses else deadline.due_on
        assert after[key].due_on == expected
    (told,) = [x for x in await b.letters() if x.kind.value == "deadline_moved" and x.subject == CLINIC]
    assert told.deadline == REPLY
    await b.has_one_truth()


async def test_a_saturday_declared_working_moves_them_back(theatre: Theatre) -> None:
    b = await _asked_for_a_reply(theatre)
    due = (await b.state()).deadlines[REPLY].due_on
    saturday = b.day + timedelta(days=(5 - b.day.weekday()) % 7 or 7)
    await _puts_in_use(theatre, _with(CalendarDayKind.WORKING_WEEKEND, saturday))
    assert await bring_newest(theatre.client, theatre.sessions)
    await eventually(lambda: _reckoned_anew(b), "the deadlines are reckoned anew")
    assert (await b.state()).deadlines[REPLY].due_on < due
    await b.letters_settled()
    await b.has_one_truth()


async def _reckoned_anew(b: Running) -> bool:
    return (await b.state()).deadlines[REPLY].calendar != CALENDAR.edition


def _with(kind: CalendarDayKind, day: date) -> CalendarEdition:
    """The sample calendar with one more day."""
    edition = load_calendar()
    names = DayNames(kk="Сынақ күні", ru="Пробный день", en="Day of a test")
    days = [known for known in edition.days if known.on != day]
    days.append(CalendarDay(on=day, kind=kind, names=names, act="order 1"))
    ordered = tuple(sorted(days, key=lambda known: known.on))
    return CalendarEdition(
        id=f"{edition.id}-{kind.value}",
        announced_through=edition.announced_through,
        days=ordered,
        zone=edition.zone,
    )


async def _puts_in_use(theatre: Theatre, edition: CalendarEdition) -> None:
    body = edition.model_dump(mode="json")
    row = CalendarRow(edition=edition.id, body=body, reason="A day was declared.", at=datetime.now(UTC))
    async with theatre.sessions() as session, session.begin():
        session.add(row)

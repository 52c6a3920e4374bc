"""The deadlines of a monitoring, and how each came about, to those who may see them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from api.registries.reference_rows import calendar_row
from local.samples import load_calendar
from models.agenda.changes import extend, pause, resume
from models.agenda.deadline import Deadline, ReplyPreset
from models.calendar.day import CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import CalendarEdition
from models.commands import AcknowledgeReport, DispatchReport, NewAddressee
from models.events import DeadlineExtended
from models.report.content import Wording
from models.tables.accounts import AccountRow
from models.tables.calendars import CalendarRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Ground, Role
from tests.api.world import Case, World, body
from tests.keeping import triggers_sleep

Json = dict[str, Any]
CALENDAR = load_calendar().working_calendar()
DEADLINE = "reply:akimat-sary"


async def asked_to_reply(world: World, preset: ReplyPreset = ReplyPreset.APPC_76) -> Case:
    """A report sent to an akimat with a term for its reply, and to the authorized body without one."""
    case = await world.started()
    await case.approved()
    note = await case.keeps(Wording(kk="Емхананың жоғары тұрған органы"))
    akimat = NewAddressee(body=body("akimat-sary"), ground=Ground.OTHER, reason=note, preset=preset)
    consolidation = NewAddressee(body=body("uo"), ground=Ground.CONSOLIDATION)
    await case.does(DispatchReport, addressees=(akimat, consolidation))
    await case.does(AcknowledgeReport, addressee="akimat-sary")
    return case


async def listed(world: World, case: Case, who: str) -> list[Json]:
    answer = await world.call(who, "GET", f"{case.path}/deadlines")
    assert answer.status_code == 200, answer.text
    deadlines: list[Json] = answer.json()
    return [each for each in deadlines if each["subject_kind"] == "reply"]


async def explained(world: World, case: Case, who: str = "sary-analyst", language: str = "en") -> Json:
    answer = await world.call(
        who,
        "GET",
        f"{case.path}/deadlines/{DEADLINE}/explanation",
        headers={"Accept-Language": language},
    )
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


async def with_closure(world: World, on: date) -> CalendarEdition:
    """A later edition in which the day, the last one it names, is closed."""
    names = DayNames(kk="Төтенше жағдай күні", ru="День чрезвычайного положения", en="Emergency")
    day = CalendarDay(on=on, kind=CalendarDayKind.CLOSURE, names=names, act="№ 1")
    known = tuple(each for each in load_calendar().days if each.on < on)
    edition = CalendarEdition(
        id="kz-later.1", announced_through=CALENDAR.announced_through, days=(*known, day)
    )
    async with world.sessions() as session, session.begin():
        session.add(calendar_row(edition, datetime.now(UTC)))
    return edition


async def becomes(case: Case, deadline: Deadline) -> None:
    """The deadline as it is after what was done to it."""
    previous = case.state.deadlines[DEADLINE].due_on
    event = DeadlineExtended(deadline=deadline, previous=previous, reason="b" * 64)
    await case.happens(case.entries[-1].actor, event)


async def test_a_deadline_says_on_what_it_rests_and_when_it_speaks(world: World) -> None:
    case = await asked_to_reply(world)
    (deadline,) = await listed(world, case, "sary-analyst")
    known = case.state.deadlines[DEADLINE]
    assert deadline["basis"] == {"kind": "requested", "reference": "APPC art. 76"}
    assert (deadline["effect"], deadline["by_law"]) == ("none", False)
    assert deadline["due_on"] == known.due_on.isoformat()
    assert deadline["remaining_working_days"] == 15
    assert [(rung["name"], rung["reached"]) for rung in deadline["rungs"]] == [
        ("reminder", False),
        ("last_call", False),
        ("expired", False),
        ("overdue", False),
    ]
    last_call = datetime.fromisoformat(deadline["rungs"][1]["at"])
    assert last_call == CALENDAR.opening(known.due_on)
    assert (await listed(world, case, "sary-analyst")) == [deadline]


async def test_the_day_is_explained_by_the_edition_it_was_computed_with(world: World) -> None:
    case = await asked_to_reply(world)
    before = await explained(world, case)
    due = case.state.deadlines[DEADLINE].due_on
    assert before["explanation"]["result"] == before["explanation"]["told"] == due.isoformat()
    assert [day["number"] for day in before["days"] if day["number"]] == list(range(1, 16))
    assert before["named"]
    await with_closure(world, CALENDAR.previous_working_day(due))
    after = await explained(world, case)
    assert after == before, "the edition it was computed with is what explains it"


async def test_without_the_edition_the_pinned_calendar_explains_without_names(world: World) -> None:
    case = await asked_to_reply(world)
    whole = await explained(world, case)
    async with world.sessions() as session, session.begin():
        await triggers_sleep(session)
        row = await session.get_one(CalendarRow, 1)
        row.edition = "kz-else.1"
    bare = await explained(world, case)
    assert not bare["named"]
    assert bare["explanation"]["result"] == whole["explanation"]["result"]
    assert not any(day["day"] for day in bare["days"])


async def test_pauses_and_extensions_are_part_of_the_explanation(world: World) -> None:
    case = await asked_to_reply(world)
    first = case.state.deadlines[DEADLINE]
    stopped = CALENDAR.add_working_days(first.anchor, 5)
    paused = pause(first, CALENDAR, stopped)
    await becomes(case, paused)
    told = await explained(world, case)
    assert (told["explanation"]["by"], told["explanation"]["left"]) == ("pause", 10)
    assert told["said"] == [
        "The term is paused: 10 working days are left and will be counted once it resumes."
    ]
    assert all(rung["at"] is None for rung in told["deadline"]["rungs"])
    resumed = resume(paused, CALENDAR, stopped + timedelta(days=6))
    await becomes(case, resumed)
    told = await explained(world, case)
    assert told["said"][0] == "5 of 15 working days had passed before the pause."
    assert len([day for day in told["days"] if day["number"]]) == 10
    longer = extend(resumed, CALENDAR, today=stopped, reason_given=True, more_days=3)
    await becomes(case, longer)
    told = await explained(world, case, language="ru")
    assert "Срок продлевался 1 раз." in told["said"]
    assert told["explanation"]["result"] == longer.due_on.isoformat()


async def test_whoever_extended_a_term_is_named_to_those_who_may_see_it(world: World) -> None:
    case = await asked_to_reply(world)
    first = case.state.deadlines[DEADLINE]
    await becomes(case, extend(first, CALENDAR, today=first.anchor, reason_given=True, more_days=3))
    async with world.sessions() as session:
        account = await session.get_one(AccountRow, case.actor(Role.ANALYST).account)
        name = (await session.get_one(PersonRow, account.person)).name
    for who in ("sary-analyst", "akimat-head"):
        *_, extended = (await explained(world, case, who, "kk"))["said"]
        assert name in extended, who


async def test_a_date_that_is_a_day_off_is_explained_by_its_name(world: World) -> None:
    case = await asked_to_reply(world)
    first = case.state.deadlines[DEADLINE]
    edition = await with_closure(world, CALENDAR.add_working_days(first.due_on, 20))
    holiday = edition.days[-1]
    moved = extend(first, edition.working_calendar(), today=first.anchor, reason_given=True, until=holiday.on)
    await becomes(case, moved)
    told = await explained(world, case, language="kk")
    assert told["explanation"]["fixed_on"] == holiday.on.isoformat()
    assert told["explanation"]["calendar"] == edition.id
    assert told["explanation"]["rolled"][0]["day"]["act"] == holiday.act
    assert any(holiday.names.kk in sentence for sentence in told["said"])


async def test_an_addressee_sees_its_own_term_and_nobody_else_s(world: World) -> None:
    case = await asked_to_reply(world)
    own = {"akimat-head": [DEADLINE], "uo-head": [], "sary-head": [DEADLINE], "uo-auditor": [DEADLINE]}
    for who, seen in own.items():
        assert [each["id"] for each in await listed(world, case, who)] == seen, who
    hidden = await world.call("uo-head", "GET", f"{case.path}/deadlines/{DEADLINE}/explanation")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "item_unknown")
    stranger = await world.call("koko-analyst", "GET", f"{case.path}/deadlines")
    assert stranger.status_code == 404

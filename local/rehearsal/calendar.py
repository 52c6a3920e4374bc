"""The working calendar as the administrator changes it, and the keeper that brings it to everybody."""

from datetime import date

from activities.keepers.calendar import bring_newest, newest
from api.calendar.store import publish
from local.rehearsal.clocks import Clocks
from local.rehearsal.stage import Stage
from models.calendar.changes import CalendarChange, next_edition
from models.calendar.day import CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import CalendarEdition
from models.calendar.working import WorkingCalendar

NAMES = DayNames(kk="Қоғамдық іс-шара күні", ru="День общественного мероприятия", en="Day of a public event")
REASON = "Үкіметтің шешімі"


async def calendar_in_use(stage: Stage) -> WorkingCalendar:
    """What deadlines are counted by now."""
    async with stage.sessions() as session:
        row = await newest(session)
        assert row is not None, "the country is seeded with a calendar"
        return CalendarEdition.model_validate(row.body).working_calendar()


async def closes_a_day(stage: Stage, clocks: Clocks, day: date) -> None:
    """One more day off, in an edition of its own; then the keeper's pass."""
    now = clocks.now()
    today = (await calendar_in_use(stage)).local_date(now)
    closure = CalendarDay(on=day, kind=CalendarDayKind.CLOSURE, names=NAMES)

    def derived(known: CalendarEdition | None, ids: tuple[str, ...]) -> CalendarEdition:
        assert known is not None, "the country is seeded with a calendar"
        return next_edition(known, CalendarChange(declared=(closure,)), ids, today)

    async with stage.sessions() as session, session.begin():
        await publish(session, derived, reason=REASON, account="a-uo-admin", now=now)
    await bring_newest(stage.client, stage.sessions)

"""Days of the working calendar are declared or taken back: which deadlines move is shown beforehand."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Final

from fastapi import Response
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.calendars import calendar_in
from api.calendar.store import all_editions, edition_in_use, edition_tag
from api.commands.idempotency import RequestKey
from api.pages.desk.questions import (
    MISSING,
    Answers,
    DayQuestion,
    LineQuestion,
    Perhaps,
    Question,
)
from api.pages.desk.sitting import Sitting
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Fault, Typed
from api.pages.registries.over import OverQuestion
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, sent_as
from api.routes.calendar import CalendarDaysBody, declare_calendar_days, declared_days
from locales.catalogue import has_text, plural, text
from locales.dates import say_date
from models.calendar.changes import CalendarChange, next_edition
from models.calendar.day import CalendarDayKind
from models.calendar.working import WorkingCalendar
from models.monitoring.foreseen import Foreseen, foresee_calendar
from models.monitoring.state import MonitoringState
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Language, Stage
from models.vocabulary.refusal import Refused

_MOST: Final = 40  # monitorings that are named; the others are counted
_AT_ONCE: Final = 200


class _AnnouncedQuestion(Perhaps[date]):
    """What is left as it is, is said as it is."""

    async def said(self, value: date | None, label: str, sitting: Sitting) -> Line:
        if value is not None:
            return await super().said(value, label, sitting)
        known = calendar_in(await edition_in_use(sitting.session)).announced_through
        kept = say_date(sitting.language, known)
        return self.in_words(label, text(sitting.language, "page.registries.day.announced_kept", date=kept))


OVER = OverQuestion("edition")
ON, KIND = Perhaps(DayQuestion("on")), Perhaps(ChoiceQuestion("kind", CalendarDayKind))
WORKED, REMOVED = Perhaps(DayQuestion("worked")), Perhaps(DayQuestion("removed"))
NAMES = tuple(Perhaps(LineQuestion(f"name_{each.value}")) for each in Language)
NAMED_IN_ACTS: Final = NAMES[:2]
ACT, ANNOUNCED = Perhaps(LineQuestion("act")), _AnnouncedQuestion(DayQuestion("announced_through"))
REASON = LineQuestion("reason")


class CalendarDaysForm(RegistryForm):
    """A day and, of a transfer, the day that is worked for it; or a day that follows the plain week again."""

    under = "/staff"
    path, key, back_to = "calendar/new", "calendar_days", "/calendar"
    questions = (OVER, ON, KIND, WORKED, *NAMES, ACT, REMOVED, ANNOUNCED, REASON)
    closing = frozenset({"calendar_changed_meanwhile"})
    says_hidden = True

    def label(self, language: Language, question: Question[object]) -> str:
        return text(language, f"page.registries.day.{question.name}")

    def hint(self, language: Language, question: Question[object]) -> str:
        key = f"page.registries.day.{question.name}_hint"
        return text(language, key) if has_text(language, key) else super().hint(language, question)

    def field_at(self, pointer: str) -> str:
        last = pointer.rpartition("/")[2]
        named = f"name_{last}" if pointer.startswith("/declare") and last in set(Language) else last
        return super().field_at(named)

    async def read(self, typed: Typed, sitting: RegistrySitting) -> Reading[Answers]:
        """A day that is declared has its kind, its names of the acts and its act: each that is missing once,
        by its name, however many days it is missing of."""
        reading = await super().read(typed, sitting)
        wrong = {fault.field for fault in reading.faults}
        declares = not (ON.empty(typed) and WORKED.empty(typed))
        needed = (*((KIND,) if not ON.empty(typed) else ()), *NAMED_IN_ACTS, ACT) if declares else ()
        missing = tuple(
            Fault(field=each.name, key=MISSING, params={"question": self.label(sitting.language, each)})
            for each in needed
            if each.empty(typed) and each.name not in wrong
        )
        return Reading(None, (*reading.faults, *missing)) if missing else reading

    async def begin(self, sitting: RegistrySitting) -> Typed:
        return Typed(fields={OVER.name: (edition_tag(await edition_in_use(sitting.session)),)})

    async def outcome(self, said: Answers, sitting: RegistrySitting) -> tuple[Line, ...]:
        """Which open deadlines of which monitorings would move, and how many letters would leave."""
        rows = await all_editions(sitting.session)
        change = _change(_sent(said))
        try:
            following = next_edition(
                calendar_in(rows[0]), change, [row.edition for row in rows], sitting.today
            )
        except Refused:
            return ()  # said where it is sent
        return await _foreseen(sitting, following.working_calendar())

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        await declare_calendar_days(
            _sent(said),
            sitting.caller,
            sitting.session,
            key,
            sitting.now,
            sitting.today,
            Response(),
            said[OVER] or None,
        )


def _sent(said: Answers) -> CalendarDaysBody:
    names = {each.value: said[question] or "" for each, question in zip(Language, NAMES, strict=True)}
    days = [(said[ON], said[KIND]), (said[WORKED], CalendarDayKind.WORKING_WEEKEND)]
    declared = [
        {"on": on, "kind": kind, "names": names, "act": said[ACT] or ""}
        for on, kind in days
        if on is not None
    ]
    removed = said[REMOVED]
    return sent_as(
        CalendarDaysBody,
        {
            "declare": declared,
            "remove": [removed] if removed else [],
            "announced_through": said[ANNOUNCED],
            "reason": said[REASON],
        },
    )


def _change(body: CalendarDaysBody) -> CalendarChange:
    return CalendarChange(
        declared=tuple(declared_days(body)), removed=body.remove, announced_through=body.announced_through
    )


async def _foreseen(sitting: RegistrySitting, calendar: WorkingCalendar) -> tuple[Line, ...]:
    language = sitting.language
    lines: list[Line] = []
    moved, letters = 0, 0
    async for state in _running(sitting.session):
        foreseen = foresee_calendar(state, calendar, sitting.now)
        if not foreseen.deadlines:
            continue
        moved, letters = moved + 1, letters + len(foreseen.letters)
        if moved <= _MOST:
            lines.append(Line(label=state.number, value=_moved(language, state, foreseen)))
    told = f"{plural(language, 'page.registries.day.moved', moved)}; "
    told += plural(language, "page.registries.day.letters", letters)
    return (Line(label=text(language, "page.registries.day.comes_of_it"), value=told), *lines)


def _moved(language: Language, state: MonitoringState, foreseen: Foreseen) -> str:
    return "; ".join(
        f"{say_date(language, state.deadlines[each.id].due_on)} → {say_date(language, each.due_on)}"
        for each in foreseen.deadlines
    )


async def _running(session: AsyncSession) -> AsyncIterator[MonitoringState]:
    """Those that have not ended, by their numbers."""
    found = (
        select(MonitoringRow.state)
        .where(col(MonitoringRow.stage) != Stage.CANCELLED.value)
        .where(col(MonitoringRow.state)["follow_up_ended"].as_boolean().is_(False))
        .order_by(col(MonitoringRow.number))
        .execution_options(yield_per=_AT_ONCE)
    )
    async for row in await session.stream_scalars(found):
        yield MonitoringState.model_validate(row)

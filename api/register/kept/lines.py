"""The registers of published reports and of duties as lines, for programs and for spreadsheets."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar

from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.listed import LINES, ReportInRegister, ever_published, listed
from activities.registries.names_today import names_today
from api.access.auth import Caller
from api.access.duties import duty_states_seen_by
from api.sheets.table import Cell, Link, Table
from locales.catalogue import text
from locales.terms import term
from models.duty.state import DutyState
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Id, Kind, Language, Mark

R = TypeVar("R", bound=BaseModel)


class DutyInRegister(BaseModel):
    """One duty of rule 13: whose, of which kind, the period in course and how it stands."""

    mark: Mark
    body: str
    kind: Kind
    rule: str
    period_from: date | None
    period_until: date | None
    fulfilled: bool
    ended_on: date | None


async def published_lines(
    session: AsyncSession, language: Language, today: date
) -> tuple[ReportInRegister, ...]:
    """What everybody may read, by number."""
    found = select(MonitoringRow).where(ever_published()).options(LINES).order_by(col(MonitoringRow.number))
    rows = (await session.exec(found)).all()
    lines = await listed(session, rows, language, today)
    return tuple(ReportInRegister.model_validate(line, from_attributes=True) for line in lines)


async def duty_lines(
    session: AsyncSession, caller: Caller, language: Language, today: date
) -> tuple[DutyInRegister, ...]:
    """The duties in the reader's scope, by their marks."""
    states = await duty_states_seen_by(caller, session, today)
    names = await names_today(session, today, (state.organisation for state in states))
    said: dict[Id, str] = {body: name.best(language) for body, name in names.items()}
    return tuple(_duty(state, said.get(state.organisation, state.organisation)) for state in states)


def _duty(state: DutyState, body: str) -> DutyInRegister:
    return DutyInRegister(
        mark=state.mark,
        body=body,
        kind=state.kind,
        rule=state.mark.partition("-")[0],
        period_from=state.period.begins_on if state.period else None,
        period_until=state.period.ends_on if state.period else None,
        fulfilled=state.fulfilled,
        ended_on=state.ended_on,
    )


def published_table(rows: tuple[ReportInRegister, ...], language: Language) -> Table:
    return _table("published", _PUBLISHED, rows, language)


def duties_table(rows: tuple[DutyInRegister, ...], language: Language) -> Table:
    return _table("duties", _DUTIES, rows, language)


Columns = Mapping[str, Callable[[R, Language], Cell]]


def _table(name: str, columns: Columns[R], rows: tuple[R, ...], language: Language) -> Table:
    return Table(
        name=text(language, f"term.scheduled_register.{name}"),
        headings=tuple(text(language, f"file_schedule.column.{each}") for each in columns),
        lines=(tuple(column(row, language) for column in columns.values()) for row in rows),
        wide=frozenset({1, 3, 4}) if name == "published" else frozenset({1}),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _said(language: Language, yes: bool) -> str:
    return text(language, f"file_schedule.{'yes' if yes else 'no'}")


_PUBLISHED: Final[Columns[ReportInRegister]] = {
    "number": lambda row, _: Link(path=f"/public/{row.number}", said=row.number),
    "title": lambda row, _: row.title,
    "kind": lambda row, language: term(language, row.kind),
    "conductors": lambda row, _: "; ".join(row.conductors),
    "objects": lambda row, _: "; ".join(row.objects),
    "published_on": lambda row, _: _day(row.published_on),
    "corrected": lambda row, language: _said(language, row.corrected),
}
_DUTIES: Final[Columns[DutyInRegister]] = {
    "mark": lambda row, _: row.mark,
    "body": lambda row, _: row.body,
    "kind": lambda row, language: term(language, row.kind),
    "rule": lambda row, _: row.rule,
    "period_from": lambda row, _: _day(row.period_from),
    "period_until": lambda row, _: _day(row.period_until),
    "fulfilled": lambda row, language: _said(language, row.fulfilled),
    "ended_on": lambda row, _: _day(row.ended_on),
}

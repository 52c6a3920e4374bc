"""Reports of incidents with personal data: written by an administrator, corrected by a next version."""

from datetime import date, datetime
from typing import Annotated, Final

from fastapi import Path
from pydantic import AwareDatetime, Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.calendars import current_calendar
from activities.registries.local_day import local_day
from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.deps import Now, Session
from api.http.requests import Day, Line, RequestBody, Text
from api.problems.problem import ProblemCode, conflict, documented, invalid, not_found
from models.calendar.working import WorkingCalendar
from models.tables.accounts import AccountRow
from models.tables.incidents import IncidentReportRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.personal_data import PersonalData
from models.vocabulary.procedure import Id, Role

WORKING_DAYS_TO_TELL: Final = 1
"""Within so many of noticing a breach of the security of personal data the authorized body is told: order
№ 179/НҚ as amended by № 100/НҚ of 28 February 2024, since 1 July 2024; order № 481/НҚ of 9 August 2024."""

router = account_router("personal data", "/personal-data/incidents", documented(404))
IncidentInPath = Annotated[Id, Path(examples=["incident-1"])]


class Told(RequestBody):
    """Somebody was told of the incident."""

    whom: Line = Field(examples=["Уәкілетті орган, № 12 хат"])
    at: AwareDatetime = Field(examples=["2026-11-23T10:00:00+05:00"])


class IncidentReport(RequestBody):
    """What is known of an incident; a correction says all of it anew."""

    happened: Text
    noticed_at: AwareDatetime = Field(examples=["2026-11-23T10:00:00+05:00"])
    kinds: frozenset[PersonalData] = Field(min_length=1, examples=[["contacts"]])
    persons: Text = Field(description="Whose data, as far as it is known.")
    count: int | None = Field(default=None, ge=0, le=100_000_000, description="How many persons, if known.")
    consequences: Text
    measures: Text
    responsible: Line = Field(description="Who answers for personal data, and how they are reached.")
    authority: Told | None = Field(default=None, description="The authorized body for personal data.")
    persons_told: Told | None = Field(default=None, description="Those whose data it is.")
    account: Id | None = Field(default=None, description="The account by which data was read, if one was.")
    since: Day | None = Field(default=None, description="Since when data was open to others: a local day.")
    until: Day | None = None


class IncidentBody(RequestBody):
    report: IncidentReport
    reason: Line | None = Field(default=None, description="Why it is corrected; none in the first version.")


class IncidentView(Model):
    """One version of a report, and by when the authorized body was to be told."""

    incident: Id
    version: int
    report: IncidentReport
    reason: str
    account: Id
    at: datetime
    tell_by: date = Field(description="A local day: one working day from the day it was noticed.")


@router.get("")
async def list_incidents(
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)], session: Session
) -> tuple[IncidentView, ...]:
    """The newest version of each, what was noticed last first; an auditor sees those of its own body."""
    newest: dict[Id, IncidentView] = {}
    for each in await _versions(session, caller):
        newest[each.incident] = each
    return tuple(sorted(newest.values(), key=lambda each: each.report.noticed_at, reverse=True))


@router.get("/{incident}")
async def read_incident(
    incident: IncidentInPath,
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)],
    session: Session,
) -> tuple[IncidentView, ...]:
    """Every version of a report, the newest first."""
    found = await _versions(session, caller, incident)
    if not found:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=incident)
    return tuple(reversed(found))


@router.put("/{incident}", responses=documented(409))
async def report_incident(
    incident: IncidentInPath,
    body: IncidentBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> IncidentView:
    """Report an incident, or correct what was reported: nothing that was written before is changed. Whoever
    tells the authorized body does so outside of the product; that it was told is a part of the report."""

    async def change() -> IncidentView:
        # One correction after another: two at once would both be the same version.
        locked = select(IncidentReportRow).where(IncidentReportRow.incident == incident)
        known = list(await session.exec(locked.order_by(col(IncidentReportRow.version))))
        if known and body.reason is None:
            raise invalid(ProblemCode.CORRECTION_WITHOUT_REASON, "/reason")
        await _fits(session, body.report, now)
        if known and IncidentReport.model_validate(known[-1].body) == body.report:
            raise conflict(ProblemCode.NOTHING_CHANGED)
        row = IncidentReportRow(
            incident=incident,
            version=len(known) + 1,
            body=body.report.model_dump(mode="json"),
            reason=body.reason or "" if known else "",
            account=caller.account,
            organisation=caller.organisation,
            at=now,
        )
        session.add(row)
        await session.flush()
        return _view(row, await current_calendar(session))

    return await registered_once(session, key, caller, "report_incident", now, IncidentView, change)


async def _fits(session: AsyncSession, report: IncidentReport, now: datetime) -> None:
    """Raises Failed (422) for what was noticed or told in time to come, told before it was noticed, or read
    by an account that there never was."""
    if report.noticed_at > now:
        raise invalid(ProblemCode.MOMENT_TO_COME, "/report/noticed_at")
    for name in ("authority", "persons_told"):
        told: Told | None = getattr(report, name)
        if told is not None and told.at > now:
            raise invalid(ProblemCode.MOMENT_TO_COME, f"/report/{name}/at")
        if told is not None and told.at < report.noticed_at:
            raise invalid(ProblemCode.TOLD_BEFORE_NOTICED, f"/report/{name}/at")
    if report.since and report.until and report.until < report.since:
        raise invalid(ProblemCode.DAYS_BACKWARDS, "/report/until")
    if report.account is not None and await session.get(AccountRow, report.account) is None:
        raise invalid(ProblemCode.ACCOUNT_UNKNOWN, "/report/account", account=report.account)


async def _versions(session: AsyncSession, caller: Caller, incident: Id | None = None) -> list[IncidentView]:
    """By incidents, the oldest version first."""
    found = select(IncidentReportRow)
    if caller.role is Role.AUDITOR:
        found = found.where(IncidentReportRow.organisation == caller.organisation)
    if incident is not None:
        found = found.where(IncidentReportRow.incident == incident)
    calendar = await current_calendar(session)
    ordered = found.order_by(col(IncidentReportRow.incident), col(IncidentReportRow.version))
    return [_view(row, calendar) for row in await session.exec(ordered)]


def _view(row: IncidentReportRow, calendar: WorkingCalendar) -> IncidentView:
    report = IncidentReport.model_validate(row.body)
    return IncidentView(
        incident=row.incident,
        version=row.version,
        report=report,
        reason=row.reason,
        account=row.account,
        at=row.at,
        tell_by=calendar.add_working_days(local_day(report.noticed_at), WORKING_DAYS_TO_TELL),
    )

"""Starting a monitoring (rules 2, 5, 9-11, 14)."""

from typing import Annotated, Final

from fastapi import Response
from pydantic import TypeAdapter

from activities.database.sessions import plainly
from api.access.auth import Caller
from api.access.policy import actor_of
from api.access.routing import COMMAND, CREATED, account_router, permit_account
from api.commands.asking import action_of
from api.commands.desk import Desk
from api.commands.starting import started
from api.content.starts import StartMonitoringBody, warned_of
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.problems import reasons_of
from api.http.refused_names import names_said
from api.problems.problem import Reason
from api.services.services import AnyServices
from models.commands import StartMonitoring
from models.commands.receipt import Receipt
from models.monitoring.state import MonitoringState
from models.tables.commands import CommandRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Number
from models.vocabulary.refusal import Refusal

_WARNINGS: Final[TypeAdapter[tuple[Refusal, ...]]] = TypeAdapter(tuple[Refusal, ...])
router = account_router("monitorings")


class StartedView(Receipt):
    """The receipt of a start, with what the edition only warns of (rule 2, A1, A2)."""

    warnings: tuple[Reason, ...] = ()


@router.post("/monitorings", status_code=CREATED, responses=COMMAND)
async def start_monitoring(
    body: StartMonitoringBody,
    caller: Annotated[Caller, permit_account(action_of(StartMonitoring))],
    desk: Desk,
    services: AnyServices,
    session: Session,
    today: Today,
    now: Now,
    response: Response,
    language: ReadersLanguage,
) -> StartedView:
    """Start a monitoring: it gets its registration number, and the Rules' edition and calendar of the day.

    Nobody's permission is needed (rule 14); who may conduct which kind of what is checked (rules 2-11).
    """
    row = await desk.claimed(StartMonitoring, actor_of(caller, body.on_behalf), None)
    receipt = await started(services, session, desk, row, caller, body, today, now)
    response.headers["Location"] = f"/api/v1/monitorings/{receipt.number}"
    found = await _warned_of(session, row, receipt.number, today)
    names = await names_said(session, today, found, language)
    return StartedView(**receipt.model_dump(), warnings=reasons_of(found, language, names))


async def _warned_of(session: Session, row: CommandRow, number: Number, today: Today) -> tuple[Refusal, ...]:
    """What is warned of, as it was told first: one request is answered the same, whatever began since."""
    told = (row.answer or {}).get("warnings")
    if told is not None:
        return _WARNINGS.validate_python(told)
    await plainly(session)
    begun = await session.get_one(MonitoringRow, number)
    found = await warned_of(session, MonitoringState.model_validate(begun.state), today)
    row.answer = {**(row.answer or {}), "warnings": [each.model_dump(mode="json") for each in found]}
    session.add(row)
    await session.commit()
    return found

"""Editions of the Rules: data with a beginning, never rewritten. The calendar's: `api/routes/calendar.py`."""

from typing import Annotated

from sqlmodel import col, select

from api.access.auth import Caller
from api.access.routing import CREATED, account_router, permit_account
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.deps import Now, Session
from api.http.requests import Line, RequestBody
from api.problems.problem import ProblemCode, conflict, documented
from api.registries.reference_rows import edition_row
from api.services.services import AnyServices
from models.tables.editions import EditionRow
from models.vocabulary.access import Action
from models.vocabulary.edition_rules import check_edition
from models.vocabulary.editions import Edition

router = account_router("settings")


class NewEditionBody(RequestBody):
    edition: Edition
    reason: Line


@router.get("/editions")
async def list_editions(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session
) -> tuple[Edition, ...]:
    """All editions of the Rules; a monitoring keeps the one it was started under (rule 1)."""
    rows = await session.exec(select(EditionRow).order_by(col(EditionRow.in_force_from)))
    return tuple(Edition.model_validate(row.body) for row in rows)


@router.post("/editions", status_code=CREATED, responses=documented(409))
async def register_edition(
    body: NewEditionBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
    services: AnyServices,
) -> Edition:
    """Add an edition of the Rules, with its terms and ladders of reminders.

    It concerns what begins from its day on: monitorings, periods of duties, review rounds. What runs keeps
    its terms. A ladder holds rungs that there are letters for, and `expired` 1 working day after the due day.
    """
    edition = body.edition

    async def change() -> Edition:
        check_edition(edition, services.settings.link_days)
        if await session.get(EditionRow, edition.id) is not None:
            raise conflict(ProblemCode.EDITION_EXISTS, edition=edition.id)
        session.add(edition_row(edition, now))
        await session.flush()
        return edition

    return await registered_once(session, key, caller, "register_edition", now, Edition, change)

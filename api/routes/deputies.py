"""Deputies of accounts: who stands in for the caller, and for whom the caller stands in."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from activities.registries.deputies import deputyships_of
from api.access.auth import Caller
from api.access.routing import CREATED, account_router, permit_account
from api.commands.deputies import DeputyBody, end_deputyship, name_deputy
from api.http.deps import Now, Session, Today
from api.problems.problem import documented
from models.vocabulary.access import Action
from models.vocabulary.deputies import Deputyship
from models.vocabulary.procedure import Id

router = account_router("deputies", "/deputyships")
Staff = Annotated[Caller, permit_account(Action.START_MONITORING)]
DeputyshipInPath = Annotated[Id, Path(examples=["0f8b3c2a9d4e4f6f8a1b2c3d4e5f6a7b"])]


class DeputyshipView(BaseModel):
    """Who stands in for whom; days are local, both included."""

    id: Id
    account: Id = Field(description="Who is stood in for.")
    deputy: Id
    first_day: date
    last_day: date
    act: str
    dated: date
    ended_at: datetime | None = Field(description="Where it was ended before its last day.")
    in_force: bool


@router.get("")
async def list_deputyships(caller: Staff, session: Session, today: Today) -> tuple[DeputyshipView, ...]:
    """Those of the caller, the newest first."""
    return tuple(_view(each, today) for each in await deputyships_of(session, caller.account))


@router.post("", status_code=CREATED, responses=documented(409))
async def name_a_deputy(
    caller: Staff, body: DeputyBody, session: Session, now: Now, today: Today
) -> DeputyshipView:
    """Name a deputy for a period, by an act: both are told by letter. The same again is the same."""
    return _view(await name_deputy(session, caller, body, now), today)


@router.post("/{deputyship}/end", responses=documented(404, 409))
async def end_a_deputyship(
    caller: Staff, deputyship: DeputyshipInPath, session: Session, now: Now, today: Today
) -> DeputyshipView:
    """End it before its last day: by whoever is stood in for, or by the deputy."""
    return _view(await end_deputyship(session, caller, deputyship, now), today)


def _view(of: Deputyship, today: date) -> DeputyshipView:
    return DeputyshipView(**of.model_dump(), in_force=of.in_force(today))

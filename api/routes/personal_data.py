"""Personal data under control: who has access to it, who read it."""

from typing import Annotated

from fastapi import Query

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.http.deps import Session, Today
from api.http.requests import Day
from api.problems.problem import ProblemCode, invalid
from api.views.persons import PersonWithAccess, persons_with_access
from models.vocabulary.access import Action

router = account_router("personal data", "/personal-data")
On = Annotated[Day | None, Query(description="A local day that is not to come; today where it is left out.")]


@router.get("/persons")
async def list_persons_with_access(
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)],
    session: Session,
    today: Today,
    on: On = None,
) -> tuple[PersonWithAccess, ...]:
    """Whoever could read personal data of others when a day ended: accounts, deputies, tokens; an auditor of
    a body sees those of its own. Whoever runs the servers is not known here."""
    if on is not None and on > today:
        raise invalid(ProblemCode.DAY_TO_COME, "/on", date=on.isoformat())
    return tuple(await persons_with_access(session, caller, on or today))

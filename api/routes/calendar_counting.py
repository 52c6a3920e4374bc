"""A calculator for working days that shows its work: every day skipped or counted, and under which act."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from activities.registries.calendars import calendar_in
from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.calendar.store import known_edition
from api.http.deps import Session
from api.http.requests import Day
from api.problems.problem import ProblemCode, documented, invalid
from api.routes.calendar import AnyEdition
from models.calendar.explained import CountedDay, Explanation
from models.vocabulary.access import Action

router = account_router("settings", "/calendar")


class ExplanationView(BaseModel):
    """A count and its days: `explanation.days` need a word each, `days` are all of them in order."""

    explanation: Explanation
    days: tuple[CountedDay, ...] = Field(
        description="Every day after the first one, with its number where it is counted."
    )


def explanation_view(explanation: Explanation) -> ExplanationView:
    """A count with all its days written out."""
    return ExplanationView(explanation=explanation, days=explanation.all_days)


@router.get("/explain", responses=documented(404))
async def explain_date(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    start: Annotated[
        Day, Query(alias="from", description="The day from which is counted; it does not count itself.")
    ],
    working_days: Annotated[
        int | None, Query(ge=0, le=500, description="Working days: on which date do they end?")
    ] = None,
    until: Annotated[Day | None, Query(description="A date: how many working days are there?")] = None,
    edition: AnyEdition = None,
) -> ExplanationView:
    """How a date is computed, day by day. Exactly one of `working_days` and `until` is given."""
    if (working_days is None) == (until is None):
        raise invalid(ProblemCode.CALENDAR_COUNT_AMBIGUOUS, "query:working_days")
    named = calendar_in(await known_edition(session, edition))
    if until is not None:
        return explanation_view(named.explain_until(start, until))
    return explanation_view(named.explain(start, working_days or 0))

"""Duties of rule 13: who owes what, what fulfils it, and how the years before ended."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.access.auth import Caller
from api.access.duties import DutyAccess, duties_seen_by, permit_duty
from api.access.routing import account_router, permit_account
from api.http.deps import Session, Today
from api.problems.problem import documented
from models.duty.state import DutyState, Evidence, PastPeriod
from models.events import DutyPeriod
from models.letters.letter import Letter
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Kind, Mark

router = account_router("duties")


class DutyLine(BaseModel):
    """One duty: a body, a kind of monitoring, the period in course."""

    mark: Mark
    organisation: Id
    kind: Kind
    rule: str = Field(examples=["13.1"])
    period: DutyPeriod | None
    fulfilled: bool
    due_on: date | None = Field(description="Until when; none where the body is exempt or the duty ended.")
    by_law: bool = Field(description="Whether a norm sets the date: «regularly» (13.2) is only reminded of.")
    next_due: datetime | None = Field(description="The next reminder or the period's end (UTC).")
    ended_on: date | None


class DutyView(DutyLine):
    """A duty with its evidence and its past."""

    evidence: tuple[Evidence, ...]
    publications_owed: tuple[str, ...] = Field(description="Rule 19: counted reports not yet published.")
    past: tuple[PastPeriod, ...]
    letters_undelivered: tuple[Letter, ...] = Field(description="Letters that could not be delivered.")
    head_hash: str


@router.get("/duties")
async def list_duties(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session, today: Today
) -> tuple[DutyLine, ...]:
    """The caller's body's own duties; the authorized body's people and auditors see all of them."""
    rows = await duties_seen_by(caller, session, today)
    return tuple(_line(DutyState.model_validate(row.state), row.next_due) for row in rows)


@router.get("/duties/{mark}", responses=documented(404))
async def read_duty(access: Annotated[DutyAccess, permit_duty(Action.READ_REGISTRIES)]) -> DutyView:
    """One duty: what was counted, how each year ended, and what later evidence corrected."""
    state = access.state
    return DutyView(
        **_line(state, access.next_due).model_dump(),
        evidence=tuple(state.evidence.values()),
        publications_owed=tuple(e.number for e in state.evidence.values() if e.publication_owed),
        past=state.past,
        letters_undelivered=state.letters_undelivered,
        head_hash=access.head_hash,
    )


def _line(state: DutyState, next_due: datetime | None) -> DutyLine:
    deadline = next(
        (d for d in state.deadlines.values() if state.period and d.subject == state.period.id), None
    )
    return DutyLine(
        mark=state.mark,
        organisation=state.organisation,
        kind=state.kind,
        rule=state.mark.partition("-")[0],
        period=state.period,
        fulfilled=state.fulfilled,
        due_on=deadline.due_on if deadline else None,
        by_law=deadline.by_law if deadline else False,
        next_due=next_due,
        ended_on=state.ended_on,
    )

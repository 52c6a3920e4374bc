"""Conduct of a monitoring (rules 8 and 14): beginning, activities, steps, completed stages."""

from typing import Annotated

from pydantic import Field

from api.access.policy import Access
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.desk import Desk
from api.content.building import build_content
from api.content.notes import noted
from api.http.deps import Session, Today
from api.http.requests import CommandBody, Day, Text
from models.commands import (
    BeginCollection,
    CompleteAnalysis,
    CompleteCollection,
    CompleteStep,
    RecordActivity,
)
from models.commands.receipt import Receipt
from models.report.facts import pin
from models.vocabulary.access import Action
from models.vocabulary.procedure import Activity, Step

router = monitoring_router("conduct")


class BeginCollectionBody(CommandBody):
    began_on: Day = Field(description="The first day of the period of conduct; may lie back, not ahead.")


class RecordActivityBody(CommandBody):
    activity: Activity
    done_on: Day
    note: Text = Field(description="What was done: the evidence of the activity.")


class CompleteStepBody(CommandBody):
    step: Step = Field(description="1 collected, 2 studied, 3 problems determined, 4 result formed.")
    completed_on: Day


@router.post("/collection", responses=COMMAND)
async def begin_collection(
    body: BeginCollectionBody, access: Annotated[Access, permit(Action.BEGIN_COLLECTION)], desk: Desk
) -> Receipt:
    """Begin collecting (rule 8; form I.3)."""
    command = BeginCollection(id=desk.id, actor=access.actor(body.on_behalf), began_on=body.began_on)
    return await desk.send(access.number, command)


@router.post("/activities", responses=COMMAND)
async def record_activity(
    body: RecordActivityBody, access: Annotated[Access, permit(Action.RECORD_ACTIVITY)], desk: Desk
) -> Receipt:
    """Record one of rule 8's five activities as done. Their order is free."""
    note = noted(body.note)
    command = RecordActivity(
        id=desk.id,
        actor=access.actor(body.on_behalf),
        activity=body.activity,
        done_on=body.done_on,
        note=note.sha256,
    )
    return await desk.send(access.number, command, notes=(note,))


@router.post("/collection/completion", responses=COMMAND)
async def complete_collection(
    body: CommandBody,
    access: Annotated[Access, permit(Action.COMPLETE_COLLECTION)],
    desk: Desk,
    session: Session,
    today: Today,
) -> Receipt:
    """Complete collecting: the sources as they stand are pinned by their hash (rule 7)."""
    content = await build_content(session, access.state, today)
    command = CompleteCollection(id=desk.id, actor=access.actor(body.on_behalf), content=pin(content))
    return await desk.send(access.number, command, content=content)


@router.post("/analysis/completion", responses=COMMAND)
async def complete_analysis(
    body: CommandBody,
    access: Annotated[Access, permit(Action.COMPLETE_ANALYSIS)],
    desk: Desk,
    session: Session,
    today: Today,
) -> Receipt:
    """Complete the analysis: sources and findings as they stand are pinned by their hash (rules 8, 11)."""
    content = await build_content(session, access.state, today)
    command = CompleteAnalysis(id=desk.id, actor=access.actor(body.on_behalf), content=pin(content))
    return await desk.send(access.number, command, content=content)


@router.post("/steps", responses=COMMAND)
async def complete_step(
    body: CompleteStepBody,
    access: Annotated[Access, permit(Action.COMPLETE_STEP)],
    desk: Desk,
    session: Session,
    today: Today,
) -> Receipt:
    """Complete one of the four steps of an other subject, in their order (rule 14)."""
    content = await build_content(session, access.state, today)
    command = CompleteStep(
        id=desk.id,
        actor=access.actor(body.on_behalf),
        step=body.step,
        completed_on=body.completed_on,
        content=pin(content),
    )
    return await desk.send(access.number, command, content=content)

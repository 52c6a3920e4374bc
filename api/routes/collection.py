"""Conduct of a monitoring (rules 8 and 14): beginning, activities, steps, completed stages."""

from typing import Annotated

from pydantic import Field

from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
from api.commands.filling import to_begin_collection
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
    body: BeginCollectionBody,
    asker: Annotated[MonitoringAsker, asks(BeginCollection)],
    session: Session,
) -> Receipt:
    """Begin collecting (rule 8; form I.3). The edition of the Rules of that day is the one that holds."""
    return await asker.send(await to_begin_collection(session, asker.by(body), body.began_on))


@router.post("/activities", responses=COMMAND)
async def record_activity(
    body: RecordActivityBody, asker: Annotated[MonitoringAsker, asks(RecordActivity)]
) -> Receipt:
    """Record one of rule 8's five activities as done. Their order is free."""
    note = noted(body.note)
    command = RecordActivity(
        **asker.by(body),
        activity=body.activity,
        done_on=body.done_on,
        note=note.sha256,
    )
    return await asker.send(command, notes=(note,))


@router.post("/collection/completion", responses=COMMAND)
async def complete_collection(
    body: CommandBody,
    asker: Annotated[MonitoringAsker, asks(CompleteCollection)],
    session: Session,
    today: Today,
) -> Receipt:
    """Complete collecting: the sources as they stand are pinned by their hash (rule 7)."""
    content = await build_content(session, asker.access.state, today)
    command = CompleteCollection(**asker.by(body), content=pin(content))
    return await asker.send(command, content=content)


@router.post("/analysis/completion", responses=COMMAND)
async def complete_analysis(
    body: CommandBody,
    asker: Annotated[MonitoringAsker, asks(CompleteAnalysis)],
    session: Session,
    today: Today,
) -> Receipt:
    """Complete the analysis: sources and findings as they stand are pinned by their hash (rules 8, 11)."""
    content = await build_content(session, asker.access.state, today)
    command = CompleteAnalysis(**asker.by(body), content=pin(content))
    return await asker.send(command, content=content)


@router.post("/steps", responses=COMMAND)
async def complete_step(
    body: CompleteStepBody,
    asker: Annotated[MonitoringAsker, asks(CompleteStep)],
    session: Session,
    today: Today,
) -> Receipt:
    """Complete one of the four steps of an other subject, in their order (rule 14)."""
    content = await build_content(session, asker.access.state, today)
    command = CompleteStep(
        **asker.by(body),
        step=body.step,
        completed_on=body.completed_on,
        content=pin(content),
    )
    return await asker.send(command, content=content)

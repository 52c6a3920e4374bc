"""What becomes of accepted items: their addressees report, the monitor judges. Beyond the Rules."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from api.access.policy import ANY_READ, Access, speaks_for
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.asking import MonitoringAsker, asks
from api.content.checks import attached
from api.content.notes import kept, noted
from api.http.deps import Session, Today
from api.http.requests import CommandBody, Day, RequestBody, Text
from api.problems.problem import ProblemCode, invalid
from api.views.items import ItemView, items_seen
from models.commands import ItemImplementation, JudgeImplementation, ReportImplementation
from models.commands.receipt import Receipt
from models.report.notes import ImplementationNote, ItemWords
from models.vocabulary.procedure import Id, Sha256, Verdict
from models.vocabulary.texts import LongText, ShortText, says_something

router = monitoring_router("follow-up")
AddresseeInPath = Annotated[Id, Path(description="The addressee's organisation.", examples=["akimat-sary"])]
ItemInPath = Annotated[Id, Path(description="The id of a proposal or recommendation.", examples=["q1"])]


class ItemImplementationBody(RequestBody):
    item: Id
    claim: Verdict
    done_on: Day | None = Field(default=None, description="The local date on which it was carried out.")
    text: LongText = Field(
        default="", description="Required unless the item is implemented and a file shows it."
    )
    attachments: tuple[Sha256, ...] = Field(
        default=(), max_length=50, description="Evidence: attachments of this monitoring, by their SHA-256."
    )


class ReportImplementationBody(CommandBody):
    items: tuple[ItemImplementationBody, ...] = Field(
        max_length=500, description="What there is to say something of; the rest stays open."
    )
    text: LongText = Field(default="", description="On the whole.")
    respondent: ShortText = Field(default="", description="Who reports, as signed.")
    post: ShortText = ""


class JudgeImplementationBody(CommandBody):
    verdict: Verdict
    reason: Text
    due_on: Day | None = Field(
        default=None, description="A new day: the item stays open and its addressee is asked again."
    )


@router.get("/items")
async def list_items(
    access: Annotated[Access, permit(*ANY_READ)], session: Session, today: Today
) -> tuple[ItemView, ...]:
    """Every proposal and recommendation of the current report, and what became of it.

    An addressee sees its own only.
    """
    return await items_seen(session, access, today)


@router.post("/addressees/{addressee}/implementation", responses=COMMAND)
async def report_implementation(
    addressee: AddresseeInPath,
    body: ReportImplementationBody,
    asker: Annotated[MonitoringAsker, asks(ReportImplementation)],
    session: Session,
) -> Receipt:
    """Report what was carried out of what the body accepted; or record its report on paper.

    Beyond the Rules.
    """
    speaks_for(asker.access, addressee, body.on_behalf)
    await _check(session, asker.access, body)
    words = tuple(ItemWords.model_validate(said.model_dump()) for said in body.items)
    note = kept(ImplementationNote(text=body.text, respondent=body.respondent, post=body.post, items=words))
    command = ReportImplementation(
        **asker.by(body),
        addressee=addressee,
        items=tuple(
            ItemImplementation(item=said.item, claim=said.claim, done_on=said.done_on) for said in body.items
        ),
        words=note.sha256,
    )
    return await asker.send(command, notes=(note,))


@router.post("/items/{item}/judgement", responses=COMMAND)
async def judge_implementation(
    item: ItemInPath,
    body: JudgeImplementationBody,
    asker: Annotated[MonitoringAsker, asks(JudgeImplementation)],
) -> Receipt:
    """Judge how far an accepted item was carried out, with a reason; its addressee is told.

    Beyond the Rules.
    """
    reason = noted(body.reason)
    command = JudgeImplementation(
        **asker.by(body),
        item=item,
        verdict=body.verdict,
        reason=reason.sha256,
        due_on=body.due_on,
    )
    return await asker.send(command, notes=(reason,))


async def _check(session: Session, access: Access, body: ReportImplementationBody) -> None:
    """Each claim has words, or evidence that speaks for itself. Raises Failed (422)."""
    for place, said in enumerate(body.items):
        shown = said.claim is Verdict.IMPLEMENTED and said.attachments
        if not shown and not says_something(said.text):
            raise invalid(ProblemCode.INVALID, f"/items/{place}/text", "implementation_unsaid")
        for sha256 in said.attachments:
            if not await attached(session, access.number, sha256):
                raise invalid(ProblemCode.ATTACHMENT_UNKNOWN, f"/items/{place}/attachments")

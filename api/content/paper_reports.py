"""A report that came on paper or by e-mail: what is typed from it, and the content frozen of that."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from pydantic import Field
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import names_of, special_between
from activities.registries.received_reports import read_of_report
from activities.registries.spheres import sphere_names
from api.content.checks import check_indicator
from api.http.requests import CommandBody, Day, GivenTitle
from api.problems.problem import ProblemCode, invalid
from api.registries.named import bodies_that_were, each_of, spheres_known
from models.commands import RegisterPaperReport
from models.commands.consolidation import PaperItem
from models.consolidation.state import ConsolidationState
from models.report.content import (
    Conductor,
    Decision,
    Finding,
    Indicator,
    Item,
    Named,
    ReportContent,
    ReportDraft,
    Wording,
)
from models.tables.bodies import OrganisationVersionRow
from models.tables.drafts import DraftFileRow
from models.tables.files import AttachmentRow
from models.tables.numbers import NumberRow
from models.vocabulary.actors import Actor
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Id, Kind, Mark, OrganisationKind, Sha256, paper_report_number

PLACEHOLDER: Final[Id] = "P-0000-0000"
EMPTY: Final[Sha256] = "0" * 64
"""Stand-ins while the rules are asked: a refused registration uses up no number."""
_SEQUENCE = "P-"  # no body's code: those are A-Z and 0-9


class RegisterPaperReportBody(CommandBody):
    """The particulars as the paper has them. Its file is uploaded before (`POST /consolidation/files`)."""

    sender: Id = Field(description="The division or other subject that conducted.", examples=["td-sary"])
    kind: Kind
    received_on: Day
    started_on: Day | None = None
    ended_on: Day | None = None
    approved_on: Day | None = Field(
        default=None,
        description="With `ended_on` it makes the report count for its conductor's duty (rule 13).",
    )
    title: GivenTitle = Field(examples=[{"kk": "Балабақшаларға кезек"}])
    spheres: tuple[Id, ...] = Field(default=(), max_length=100)
    objects: tuple[Id, ...] = Field(default=(), max_length=500)
    conclusions: Wording = Wording()
    findings: tuple[Finding, ...] = Field(default=(), max_length=500)
    indicators: tuple[Indicator, ...] = Field(default=(), max_length=500)
    items: tuple[Item, ...] = Field(default=(), max_length=500)
    file: Id = Field(description="The uploaded file's id.", examples=["a-0d5ae2a36c7e4d3c"])


async def next_paper_number(session: AsyncSession, year: int) -> Id:
    """The next number of a paper report in a year; the row's lock keeps the sequence whole."""
    first = insert(NumberRow).values(year=year, code=_SEQUENCE, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["year", "code"], set_={"last": col(NumberRow.last) + 1}
    ).returning(col(NumberRow.last))
    serial: int = (await session.exec(counted)).scalar_one()
    return paper_report_number(year, serial)


async def check_paper(session: AsyncSession, body: RegisterPaperReportBody, today: date) -> None:
    """What the paper names exists, once, and its numbers agree. Raises Failed (422) or `Refused`."""
    addressees = each_of("/items", (item.addressee for item in body.items), "/addressee")
    await bodies_that_were(session, today, each_of("/objects", body.objects) | addressees)
    await spheres_known(session, body.spheres)
    _once("/findings", (finding.id for finding in body.findings))
    _once("/indicators", (indicator.id for indicator in body.indicators))
    _once("/items", (item.id for item in body.items))
    findings = {finding.id for finding in body.findings}
    for place, item in enumerate(body.items):
        if item.basis is not None and item.basis not in findings:
            raise invalid(ProblemCode.ITEM_UNKNOWN, f"/items/{place}/basis", item=item.basis)
    for place, indicator in enumerate(body.indicators):
        check_indicator(indicator, f"/indicators/{place}")


def _once(pointer: str, ids: Iterable[Id]) -> None:
    seen: set[Id] = set()
    for place, each in each_of(pointer, ids, "/id").items():
        if each in seen:
            raise invalid(ProblemCode.ITEM_EXISTS, place, item=each)
        seen.add(each)


async def file_of(session: AsyncSession, mark: Mark, attachment: Id, actor: Actor) -> Sha256:
    """The hash of a file uploaded to this consolidation, or chosen in its form. Raises Failed (422)."""
    row = await session.get(AttachmentRow, attachment)
    if row is not None and row.number == mark:
        return row.sha256
    chosen = select(DraftFileRow.sha256).where(
        DraftFileRow.id == attachment, DraftFileRow.holder == actor.holder(mark)
    )
    sha256 = (await session.exec(chosen)).first()
    if sha256 is None:
        raise invalid(ProblemCode.ATTACHMENT_UNKNOWN, "/file")
    return sha256


async def paper_command(
    session: AsyncSession,
    state: ConsolidationState,
    command: Id,
    actor: Actor,
    body: RegisterPaperReportBody,
    today: date,
) -> RegisterPaperReport:
    """The command as the rules are asked; its number and content are pinned before it is sent."""
    named = {"/sender": body.sender} | each_of("/objects", body.objects)
    named |= each_of("/items", (item.addressee for item in body.items), "/addressee")
    sender, *others = await _as_conduct_began(session, body, await bodies_that_were(session, today, named))
    objects, addressees = others[: len(body.objects)], others[len(body.objects) :]
    file = await file_of(session, state.mark, body.file, actor)
    return RegisterPaperReport(
        id=command,
        actor=actor,
        report=PLACEHOLDER,
        conductor=sender,
        kind=body.kind,
        received_on=body.received_on,
        started_on=body.started_on,
        ended_on=body.ended_on,
        approved_on=body.approved_on,
        content=EMPTY,
        file=file,
        read=await read_of_report(session, state.workflow_id, PLACEHOLDER, file),
        objects=tuple(objects),
        items=tuple(
            PaperItem(item=item.id, addressee=known)
            for item, known in zip(body.items, addressees, strict=True)
        ),
    )


async def _as_conduct_began(
    session: AsyncSession, body: RegisterPaperReportBody, bodies: tuple[Body, ...]
) -> tuple[Body, ...]:
    """Rule 5: which were special state bodies on the day the conduct began, as far as the paper tells it."""
    began = body.started_on or body.ended_on or body.approved_on or body.received_on
    special = await special_between(session, (known.organisation for known in bodies), began, began)
    return tuple(
        known.model_copy(update={"special_state_body": known.organisation in special}) for known in bodies
    )


async def content_of_paper(
    session: AsyncSession, number: Id, body: RegisterPaperReportBody, today: date
) -> ReportContent:
    """The content to freeze, with all names as they are today."""
    addressees = tuple(dict.fromkeys(item.addressee for item in body.items))
    names = await names_of(session, today, (body.sender, *body.objects, *addressees))
    spheres = await sphere_names(session, body.spheres)
    draft = ReportDraft(
        started_on=body.started_on,
        ended_on=body.ended_on,
        conductors=(await _conductor(session, body.sender, names, today),),
        conclusions=body.conclusions,
        decision=Decision(items=body.items),
    )
    return ReportContent(
        number=number,
        kind=body.kind,
        title=Wording.model_validate(body.title.model_dump()),
        spheres=_named(body.spheres, spheres),
        objects=_named(body.objects, names),
        bodies=_named(addressees, names),
        draft=draft,
        indicators=body.indicators,
        findings=body.findings,
    )


async def _conductor(session: AsyncSession, sender: Id, names: dict[Id, Wording], today: date) -> Conductor:
    version = select(OrganisationVersionRow).where(
        OrganisationVersionRow.organisation == sender, col(OrganisationVersionRow.valid_from) <= today
    )
    newest = version.order_by(col(OrganisationVersionRow.valid_from).desc()).limit(1)
    row = (await session.exec(newest)).first()
    natural = row is not None and row.kind == OrganisationKind.NATURAL_PERSON.value
    return Conductor(
        organisation=sender, name=names.get(sender) or Wording(kk=sender), natural_person=natural
    )


def _named(ids: tuple[Id, ...], names: dict[Id, Wording]) -> tuple[Named, ...]:
    return tuple(Named(id=known, name=names.get(known) or Wording(kk=known)) for known in ids)

"""Proposals and recommendations with all that became of them, as the API shows them."""

from datetime import date

from pydantic import BaseModel, Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.policy import Access
from api.content.notes import note_bodies
from models.monitoring.follow_up import ItemStanding, standing_of
from models.monitoring.items import day_of, positions_of
from models.monitoring.state import ItemState, MonitoringState
from models.report.content import ReportContent, Wording
from models.report.notes import ImplementationNote, ItemWords, ReplyNote, TextNote
from models.tables.content import SnapshotRow
from models.tables.files import AttachmentRow
from models.vocabulary.procedure import Id, ItemKind, Response, Sha256, Verdict


class EvidenceView(BaseModel):
    """A file that was attached; `GET …/attachments/{id}` gives it."""

    id: Id
    sha256: Sha256
    filename: str


class ReportedView(BaseModel):
    """What the addressee said last, since the last judgement."""

    on: date
    claim: Verdict
    done_on: date | None
    text: str
    on_the_whole: str
    respondent: str
    post: str
    evidence: tuple[EvidenceView, ...]


class JudgedView(BaseModel):
    """The monitor's last judgement; `final` unless a new day was given."""

    on: date
    verdict: Verdict
    reason: str
    final: bool


class ItemView(BaseModel):
    id: Id
    kind: ItemKind
    position: int = Field(description="Its number in the report; each kind is counted by itself.")
    text: Wording = Field(description="From the frozen report.")
    addressee: Id
    standing: ItemStanding
    response: Response | None
    response_text: str = Field(description="The reason of a declined item stays here.")
    answered_on: date | None
    planned_on: date | None
    due_on: date | None = Field(description="The day that holds now: planned, asked for, or given anew.")
    reported: ReportedView | None
    judged: JudgedView | None
    age_days: int | None = Field(description="Days since the reply; until the last judgement, if there is.")


async def items_seen(session: AsyncSession, access: Access, today: date) -> tuple[ItemView, ...]:
    """All items for whoever sees everything; for an addressee its own."""
    state, whole = access.state, access.sees_everything
    items = [item for item in state.items.values() if whole or access.answers_for(item.addressee)]
    found = await Words.of(session, state, items)
    positions = positions_of(state)
    return tuple(_view(state, item, positions[item.id], found, today) for item in items)


class Words(BaseModel):
    """The texts that the state refers to by their hashes, and the names of files."""

    texts: dict[Id, Wording]
    notes: dict[Sha256, str]
    files: dict[Sha256, EvidenceView]

    @classmethod
    async def of(cls, session: AsyncSession, state: MonitoringState, items: list[ItemState]) -> "Words":
        hashes = {addressee.reply for addressee in state.addressees.values()}
        hashes |= {item.reported.words for item in items if item.reported}
        hashes |= {item.judged.reason for item in items if item.judged}
        rows = await session.exec(select(AttachmentRow).where(col(AttachmentRow.number) == state.number))
        return cls(
            texts=await _texts(session, state),
            notes=await note_bodies(session, frozenset(each for each in hashes if each)),
            files={
                row.sha256: EvidenceView(id=row.id, sha256=row.sha256, filename=row.filename) for row in rows
            },
        )


async def _texts(session: AsyncSession, state: MonitoringState) -> dict[Id, Wording]:
    snapshot = await session.get(SnapshotRow, state.current.content.sha256) if state.current else None
    if snapshot is None:
        return {}
    content = ReportContent.model_validate_json(snapshot.body)
    return {item.id: item.text for item in content.draft.decision.items}


def _view(state: MonitoringState, item: ItemState, position: int, words: Words, today: date) -> ItemView:
    return ItemView(
        id=item.id,
        kind=item.kind,
        position=position,
        text=words.texts.get(item.id, Wording()),
        addressee=item.addressee,
        standing=standing_of(state, item),
        response=item.response,
        response_text=_response_text(state, item, words),
        answered_on=item.answered_on,
        planned_on=item.answer.planned_on if item.answer else None,
        due_on=day_of(state, item),
        reported=_reported(item, words),
        judged=_judged(item, words),
        age_days=_age(item, today),
    )


def _response_text(state: MonitoringState, item: ItemState, words: Words) -> str:
    addressee = state.addressees.get(item.addressee)
    body = words.notes.get(addressee.reply or "") if addressee else None
    if body is None or item.answer is None:
        return ""
    reply = ReplyNote.model_validate_json(body)
    return next((said.text for said in reply.items if said.item == item.id), "")


def _reported(item: ItemState, words: Words) -> ReportedView | None:
    reported = item.reported
    if reported is None:
        return None
    body = words.notes.get(reported.words)
    note = ImplementationNote.model_validate_json(body) if body else ImplementationNote(text="")
    said = next((each for each in note.items if each.item == item.id), ItemWords(item=item.id))
    return ReportedView(
        on=reported.on,
        claim=reported.claim,
        done_on=reported.done_on,
        text=said.text,
        on_the_whole=note.text,
        respondent=note.respondent,
        post=note.post,
        evidence=tuple(words.files[sha256] for sha256 in said.attachments if sha256 in words.files),
    )


def _judged(item: ItemState, words: Words) -> JudgedView | None:
    judged = item.judged
    if judged is None:
        return None
    body = words.notes.get(judged.reason)
    reason = TextNote.model_validate_json(body).text if body else ""
    return JudgedView(on=judged.on, verdict=judged.verdict, reason=reason, final=judged.final)


def _age(item: ItemState, today: date) -> int | None:
    if item.answered_on is None:
        return None
    over = item.judged is not None and item.judged.final
    until = item.judged.on if item.judged and over else today
    return (until - item.answered_on).days

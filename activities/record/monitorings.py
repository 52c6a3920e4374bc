"""The projection of a monitoring: its folded state, and the columns that lists are filtered and sorted by."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.rows import Row
from activities.database.words import Texts, words_kept
from activities.record.recommendations import project_items
from activities.record.rows import Beside, Projection, state_as_json
from models.monitoring.moves import waiting_of
from models.monitoring.open_work import published
from models.monitoring.readers import readers_of
from models.monitoring.state import MonitoringState
from models.monitoring.time import next_moment
from models.report.content import Wording
from models.tables.content import NoteRow, SnapshotRow
from models.tables.monitorings import NO_DAY
from models.vocabulary.procedure import Id, Sha256
from models.words.finding import texts_of


async def project(
    session: AsyncSession,
    former: MonitoringState | None,
    state: MonitoringState,
    head_hash: str,
    at: datetime,
) -> Projection:
    """What this state says, which follows from the former; `at` is the last entry's instant (UTC).

    What a start fixes for good (number, title, objects) is written once: every event comes this way.
    """
    written, length = state_as_json(state)
    columns = _changing(state, head_hash, at) | {"state": written}
    beside = [*await _words(session, former, state), *project_items(former, state)]
    if former is None:
        title = await _title(session, state)
        columns |= _fixed(state, title)
        beside.append(_kept(Texts.TITLE, state, (state.number, title.kk, title.ru, title.en)))
    return Projection(columns, length, tuple(beside))


def _changing(state: MonitoringState, head_hash: str, at: datetime) -> Row:
    waiting = waiting_of(state)
    return {
        "seq": state.seq,
        "stage": state.stage.value,
        "lead": state.responsible,
        # By their former bodies and by those that stand for them: whoever looks for either finds it.
        "conductors": _once(*(body.organisation for body in state.conductors), *state.conducting),
        "addressees": _once(*state.addressees, *map(state.stands_for, state.addressees)),
        "readers": sorted(readers_of(state)),
        "conducted_by": [body.organisation for body in state.conductors],
        "stepped_aside": list(state.stepped_aside),
        "published": published(state),
        "corrected": len({publication.version for publication in state.publications}) > 1,
        "published_on": state.publications[-1].published_on if state.publications else None,
        "version": state.current.number if state.current else 0,
        "considered": state.considered_on is not None,
        "ended": state.ended,
        "calendar_edition": state.calendar.edition,
        "waiting": {word: day.isoformat() if day else None for word, day in waiting.items()},
        "due_on": min((day for day in waiting.values() if day), default=NO_DAY),
        "next_due": next_moment(state),
        "changed_at": at,
        "head_hash": head_hash,
    }


def _fixed(state: MonitoringState, title: Wording) -> Row:
    return {
        "number": state.number,
        "workflow_id": state.workflow_id,
        "kind": state.kind.value,
        "year": int(state.number[:4]),
        "objects": [body.organisation for body in state.objects],
        "spheres": list(state.spheres),
        "title_kk": title.kk,
        "title_ru": title.ru,
        "title_en": title.en,
        "started_at": state.started_at,
    }


def _once(*bodies: Id | None) -> list[Id]:
    return [body for body in dict.fromkeys(bodies) if body is not None]


async def _words(
    session: AsyncSession, former: MonitoringState | None, state: MonitoringState
) -> list[Beside]:
    """The words of the report: of the current one for whom it was sent to, of the published for everybody."""
    known, said = _reports(former) if former else {}, []
    for kind, content in _reports(state).items():
        if known.get(kind) != content:
            frozen = await session.get(SnapshotRow, content)
            said.append(_kept(kind, state, texts_of(json.loads(frozen.body)) if frozen else ()))
    return said


def _kept(kind: Texts, state: MonitoringState, texts: Iterable[str]) -> Beside:
    said = tuple(texts)
    return lambda only_if: words_kept(kind, state.number, said, only_if=only_if)


def _reports(state: MonitoringState) -> dict[Texts, Sha256]:
    """Whose words are found, by who finds them."""
    found = {}
    if state.current is not None:
        found[Texts.APPROVED] = state.current.content.sha256
    if state.publications:
        found[Texts.PUBLISHED] = state.versions[state.publications[-1].version - 1].content.sha256
    return found


async def _title(session: AsyncSession, state: MonitoringState) -> Wording:
    """The title as it was given at the start; a missing note shows as an empty title, never as a failure."""
    note = await session.get(NoteRow, state.title)
    return Wording.model_validate_json(note.body) if note else Wording()

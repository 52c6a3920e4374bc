"""The projection of a monitoring: its folded state, and the columns that lists are filtered and sorted by."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.projection_follow_up import project_items
from models.agenda_rungs import next_rung_at
from models.report import Wording
from models.standing import published
from models.state import MonitoringState
from models.tables import MonitoringRow, NoteRow


async def project(
    session: AsyncSession, state: MonitoringState, workflow_id: str, head_hash: str, at: datetime
) -> None:
    """Write the row of this state; `at` is the last entry's instant (UTC)."""
    title = await _title(session, state)
    words = " ".join((state.number, title.kk, title.ru, title.en))
    due = None if state.ended else next_rung_at(state.deadlines.values(), state.calendar, state.started_at)
    columns = {
        "number": state.number,
        "workflow_id": workflow_id,
        "seq": state.seq,
        "stage": state.stage.value,
        "kind": state.kind.value,
        "year": int(state.number[:4]),
        "lead": state.lead.organisation,
        "conductors": [body.organisation for body in state.conductors],
        "objects": [body.organisation for body in state.objects],
        "spheres": list(state.spheres),
        "addressees": list(state.addressees),
        "title_kk": title.kk,
        "title_ru": title.ru,
        "title_en": title.en,
        # Kazakh adds suffixes and has no dictionary here: whole words, searched by prefix; Russian by stem.
        "search": func.to_tsvector("simple", words).op("||")(func.to_tsvector("russian", title.ru)),
        "published": published(state),
        "next_due": due,
        "started_at": state.started_at,
        "changed_at": at,
        "head_hash": head_hash,
        "state": state.model_dump(mode="json"),
    }
    statement = insert(MonitoringRow).values(columns)
    await session.exec(statement.on_conflict_do_update(index_elements=["number"], set_=columns))
    await project_items(session, state)


async def _title(session: AsyncSession, state: MonitoringState) -> Wording:
    """The title as it was given at the start; a missing note shows as an empty title, never as a failure."""
    note = await session.get(NoteRow, state.title)
    return Wording.model_validate_json(note.body) if note else Wording()

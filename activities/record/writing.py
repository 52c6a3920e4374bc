"""The one statement that writes entries: the row of their proceeding, their lines, what stands beside.

All of it is written or nothing: the row is written only where it says what its writer knows of it, and
everything else only where the row is.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import ColumnElement, Table, exists, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.rows import ALWAYS, OnlyIf, Row, rows_added, table_of
from activities.record.remembered import Known
from activities.record.rows import Projection
from models.events import Entry
from models.proceeding.record import RecordOrder
from models.proof.chain import entry_hash
from models.tables.journal import EntryRow


def lines_of(order: RecordOrder, entries: Iterable[Entry], head: str) -> tuple[list[Row], str]:
    """The journal's lines for entries that follow a head of the chain; and the new head."""
    now = datetime.now(UTC)
    lines: list[Row] = []
    for entry in entries:
        previous, head = head, entry_hash(head, order.workflow_id, entry)
        lines.append(
            {
                "workflow_id": order.workflow_id,
                "seq": entry.seq,
                "run_id": order.run_id,
                "type": entry.event.type,
                "at": entry.at,
                "actor": entry.actor.model_dump(mode="json"),
                "command_id": entry.command,
                "event": entry.event.model_dump(mode="json"),
                "previous_hash": previous,
                "hash": head,
                "recorded_at": now,
            }
        )
    return lines, head


async def write(
    session: AsyncSession,
    table: Table,
    workflow_id: str,
    known: Known,
    projection: Projection,
    lines: Iterable[Row],
    only_if: OnlyIf = ALWAYS,
) -> bool:
    """Write them where what is on record is what is `known`, and `only_if` holds besides; whether it did."""
    columns = projection.columns
    if known.state is None:
        values = select(*(_value(table, name, value) for name, value in columns.items()))
        begun = insert(table).from_select(list(columns), values.where(only_if))
        row = begun.on_conflict_do_nothing().returning(table.columns.seq).cte("written")
    else:
        mine = table.columns
        as_known = (mine.workflow_id == workflow_id, mine.seq == known.seq, mine.head_hash == known.head_hash)
        moved = update(table).where(*as_known, only_if).values(columns)
        row = moved.returning(mine.seq).cte("written")
    was_written = exists().select_from(row)
    statement = rows_added(_journal(), lines, was_written)
    for place, beside in enumerate(projection.beside):
        statement = statement.add_cte(beside(was_written).cte(f"beside_{place}"))
    connection = await session.connection()
    done = await connection.execute(statement.returning(_journal().columns.seq))
    return done.first() is not None


def _value(table: Table, name: str, value: object) -> ColumnElement[object]:
    return value if isinstance(value, ColumnElement) else literal(value, table.columns[name].type)


@cache
def _journal() -> Table:
    return table_of(EntryRow)

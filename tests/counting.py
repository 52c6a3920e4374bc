"""What an exchange with the database costs: its statements, and the rows that it wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import event, text

from activities.database.sessions import Sessions


@dataclass
class Statements:
    """Those that were sent, in order."""

    sent: list[str] = field(default_factory=list)

    def of(self, table: str) -> list[str]:
        """Those that name a table."""
        return [statement for statement in self.sent if table in statement]


@contextmanager
def statements_of(sessions: Sessions) -> Iterator[Statements]:
    """Counts what is sent over these sessions while the block runs."""
    counted, engine = Statements(), sessions.kw["bind"].sync_engine

    def noted(*sent: object) -> None:
        counted.sent.append(str(sent[2]))

    event.listen(engine, "before_cursor_execute", noted)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", noted)


async def written_by(sessions: Sessions, table: str, key: str) -> dict[str, str]:
    """By which transaction each row was written last; it differs for rows that were written since."""
    async with sessions() as session:
        connection = await session.connection()
        rows = await connection.execute(text(f"SELECT {key}, xmin::text FROM {table}"))
        return {str(name): str(transaction) for name, transaction in rows}

"""Whose move it is in each monitoring, and the earliest day that somebody has to move by, as columns.

What is recorded already gets its own from its state.
"""

import json
from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from models.monitoring.moves import waiting_of
from models.monitoring.state import MonitoringState

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

AT_ONCE: Final = 200
NO_DAY: Final = "9999-12-31"
GOING_ON: Final = sa.text(
    "SELECT number, state FROM monitorings WHERE NOT ended AND number > :after ORDER BY number LIMIT :most"
)
KEEP: Final = sa.text(
    "UPDATE monitorings SET waiting = CAST(:waiting AS jsonb), due_on = CAST(:due_on AS date)"
    " WHERE number = :number"
)


def upgrade() -> None:
    op.add_column("monitorings", sa.Column("waiting", JSONB(), nullable=False, server_default="{}"))
    op.add_column("monitorings", sa.Column("due_on", sa.Date(), nullable=False, server_default=NO_DAY))
    _fill()
    op.create_index(
        "monitorings_waiting",
        "monitorings",
        ["waiting"],
        postgresql_using="gin",
        postgresql_where=sa.text("NOT ended"),
    )
    op.create_index("monitorings_due", "monitorings", ["due_on", "number"])


def downgrade() -> None:
    for index in ("monitorings_due", "monitorings_waiting"):
        op.drop_index(index, "monitorings")
    for column in ("waiting", "due_on"):
        op.drop_column("monitorings", column)


def _fill() -> None:
    """A part at a time: states are long."""
    connection, after = op.get_bind(), ""
    while rows := connection.execute(GOING_ON, {"after": after, "most": AT_ONCE}).all():
        for number, state in rows:
            waiting = waiting_of(MonitoringState.model_validate(state))
            said = {word: day.isoformat() if day else None for word, day in waiting.items()}
            due_on = min((day for day in said.values() if day), default=NO_DAY)
            connection.execute(KEEP, {"number": number, "waiting": json.dumps(said), "due_on": due_on})
            after = number

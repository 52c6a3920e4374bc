"""Whose move it is again, of what runs: the authorized body considers what was sent to it (rule 18)."""

import json
from typing import Final

import sqlalchemy as sa
from alembic import op

from models.monitoring.moves import waiting_of
from models.monitoring.state import MonitoringState

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

AT_ONCE: Final = 200
NOT_CONSIDERED: Final = sa.text(
    "SELECT number, state FROM monitorings WHERE NOT ended AND NOT considered AND number > :after"
    " ORDER BY number LIMIT :most"
)
KEEP: Final = sa.text("UPDATE monitorings SET waiting = CAST(:waiting AS jsonb) WHERE number = :number")


def upgrade() -> None:
    """A part at a time: states are long. The day does not change: a review has none."""
    connection, after = op.get_bind(), ""
    while rows := connection.execute(NOT_CONSIDERED, {"after": after, "most": AT_ONCE}).all():
        for number, state in rows:
            waiting = waiting_of(MonitoringState.model_validate(state))
            said = {word: day.isoformat() if day else None for word, day in waiting.items()}
            connection.execute(KEEP, {"number": number, "waiting": json.dumps(said)})
            after = number


def downgrade() -> None:
    """An earlier release knows no such word."""
    op.execute(
        "UPDATE monitorings SET waiting = (SELECT coalesce(jsonb_object_agg(key, value), '{}')"
        " FROM jsonb_each(waiting) WHERE key NOT LIKE 'reviewer:%')"
    )

"""By which edition of the calendar each proceeding counts, and whether it has ended, as columns.

The keeper of the calendar finds by them who counts by another edition, without reading any state.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS: Final = ("monitorings", "duties", "consolidations")
FROM_STATES: Final = (
    *(f"UPDATE {kind} SET calendar_edition = state #>> '{{calendar,edition}}'" for kind in KINDS),
    """
    UPDATE monitorings
    SET ended = stage = 'cancelled' OR coalesce((state ->> 'follow_up_ended')::boolean, false)
    """,
)


def upgrade() -> None:
    for kind in KINDS:
        op.add_column(kind, sa.Column("calendar_edition", sa.String(), nullable=False, server_default=""))
    op.add_column("monitorings", sa.Column("ended", sa.Boolean(), nullable=False, server_default=sa.false()))
    for statement in FROM_STATES:
        op.execute(statement)
    for kind in KINDS:
        op.create_index(
            f"{kind}_open_by_calendar",
            kind,
            ["calendar_edition"],
            postgresql_where=sa.text("NOT ended"),
        )


def downgrade() -> None:
    for kind in KINDS:
        op.drop_index(f"{kind}_open_by_calendar", kind)
        op.drop_column(kind, "calendar_edition")
    op.drop_column("monitorings", "ended")

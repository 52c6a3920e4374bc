"""What the watch over moments has found; by which trace a command came."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "missed_moments",
        sa.Column("workflow_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("noticed_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("workflow_id"),
    )
    op.add_column("commands", sa.Column("trace", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("commands", "trace")
    op.drop_table("missed_moments")

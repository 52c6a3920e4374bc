"""Secret addresses of due dates for calendar programs, by their hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "calendar_feeds",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("revoked_at", instant, nullable=True),
        sa.PrimaryKeyConstraint("sha256"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"]),
    )
    op.create_index("ix_calendar_feeds_account", "calendar_feeds", ["account"])


def downgrade() -> None:
    op.drop_table("calendar_feeds")

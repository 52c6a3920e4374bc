"""Sign-ins on the pages are rows: signing out ends them, a copied cookie too. Commands are found in the journal.

Whoever is signed in while this is applied signs in once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("ended_at", instant, nullable=True),
        sa.PrimaryKeyConstraint("sha256"),
        sa.ForeignKeyConstraint(["token"], ["tokens.id"]),
    )
    op.create_index("ix_sessions_token", "sessions", ["token"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_journal_command_id", "journal", ["command_id"])


def downgrade() -> None:
    op.drop_index("ix_journal_command_id", "journal")
    op.drop_table("sessions")

"""Reads of personal data of others are written down, whoever reads: which kinds of it a route returned, at
which address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "reads", sa.Column("kinds", JSONB(), nullable=False, server_default=sa.text("'[]'::jsonb"))
    )
    op.add_column("reads", sa.Column("path", sa.String(), nullable=False, server_default=sa.text("''")))
    op.execute("CREATE INDEX reads_of_persons ON reads (id) WHERE kinds <> '[]'::jsonb")


def downgrade() -> None:
    op.execute("DROP INDEX reads_of_persons")
    op.drop_column("reads", "path")
    op.drop_column("reads", "kinds")

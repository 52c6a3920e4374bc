"""Files that are being made are known to every process of the API, and so is how often letters were asked for.

Both are gone after a quarter of an hour; the way back loses nothing that is kept.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "works",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("failure", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_works_seen_at", "works", ["seen_at"])
    op.create_table(
        "work_parts",
        sa.Column("work", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("work", "ordinal"),
        sa.ForeignKeyConstraint(["work"], ["works.id"], ondelete="CASCADE"),
    )
    op.create_table(
        "asked_of_late",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=True),
        sa.Column("whose_sha256", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_asked_of_late_whose_sha256", "asked_of_late", ["whose_sha256"])
    op.create_index("ix_asked_of_late_at", "asked_of_late", ["at"])


def downgrade() -> None:
    op.drop_table("asked_of_late")
    op.drop_table("work_parts")
    op.drop_table("works")

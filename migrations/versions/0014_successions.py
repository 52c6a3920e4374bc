"""Bodies come and go while monitorings run: which one came after which, by which act."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "successions",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("successor", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["body"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["successor"], ["organisations.id"]),
    )
    op.create_index("ix_successions_body", "successions", ["body"])


def downgrade() -> None:
    op.drop_table("successions")

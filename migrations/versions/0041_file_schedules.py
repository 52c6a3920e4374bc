"""Registers as files on a schedule: what is made how often, and what came of each making."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "file_schedules",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("keep", sa.Integer(), nullable=False),
        sa.Column("reads_as", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("through", INSTANT, nullable=False),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["reads_as"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["registered_by"], ["accounts.id"]),
    )
    op.create_table(
        "file_makings",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=True),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("made_for", sa.String(), nullable=False),
        sa.Column("planned_for", INSTANT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("told_apart_by", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["schedule"], ["file_schedules.id"]),
        sa.ForeignKeyConstraint(["made_for"], ["accounts.id"]),
        sa.UniqueConstraint("schedule", "planned_for", name="file_makings_once"),
    )
    op.create_index("ix_file_makings_at", "file_makings", ["at"])


def downgrade() -> None:
    op.drop_table("file_makings")
    op.drop_table("file_schedules")

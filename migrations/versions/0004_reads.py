"""What auditors read is written down, and stays.

The table is append-only by a trigger: whoever has the application's own password can add, not remove.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reads",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("filters", JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reads_account", "reads", ["account"])
    op.create_index("ix_reads_at", "reads", ["at"])
    op.create_index("ix_reads_number", "reads", ["number"])
    op.execute(
        """
        CREATE FUNCTION reads_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'reads are kept as they were written' USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER reads_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON reads
        FOR EACH STATEMENT EXECUTE FUNCTION reads_are_kept()
        """
    )


def downgrade() -> None:
    op.drop_table("reads")
    op.execute("DROP FUNCTION reads_are_kept()")

"""Reports of incidents with personal data, and what was erased of people: both stay as they were written."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident_reports",
        sa.Column("incident", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("incident", "version"),
    )
    op.create_index("ix_incident_reports_account", "incident_reports", ["account"])
    op.create_index("ix_incident_reports_at", "incident_reports", ["at"])
    op.create_table(
        "erasures",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=True),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("people", JSONB(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_erasures_at", "erasures", ["at"])
    for table in ("incident_reports", "erasures"):
        op.execute(
            f"""
            CREATE TRIGGER {table}_kept_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
            """
        )


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("incident_reports")

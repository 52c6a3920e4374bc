"""Mail that comes back is kept whole, with what it was sorted as and what somebody did about it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "received_mail",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("from_recipient", sa.Boolean(), nullable=False),
        sa.Column("seen", JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256", "recipient"),
    )
    op.create_index("ix_received_mail_number", "received_mail", ["number"])
    op.create_index("ix_received_mail_at", "received_mail", ["at"])
    op.create_table(
        "handled_mail",
        sa.Column("mail", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mail"], ["received_mail.id"]),
        sa.PrimaryKeyConstraint("mail"),
    )
    op.create_index("ix_handled_mail_number", "handled_mail", ["number"])
    op.execute(
        """
        CREATE TRIGGER received_mail_kept_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON received_mail
        FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
        """
    )


def downgrade() -> None:
    op.drop_table("handled_mail")
    op.drop_table("received_mail")

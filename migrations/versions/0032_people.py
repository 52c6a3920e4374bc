"""How people want to be told what only informs, the letters that wait until then, and deputies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "letter_preferences",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("gathered", sa.Boolean(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("account"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"]),
    )
    op.create_table(
        "gathered_letters",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("ordered", JSONB(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", "letter", "attempt"),
    )
    op.create_index("ix_gathered_letters_account", "gathered_letters", ["account"])
    op.create_index("ix_gathered_letters_due_at", "gathered_letters", ["due_at"])
    op.create_index("ix_gathered_letters_digest", "gathered_letters", ["digest"])
    op.create_table(
        "deputyships",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("deputy", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["deputy"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["file"], ["files.sha256"]),
    )
    op.create_index("ix_deputyships_account", "deputyships", ["account"])
    op.create_index("ix_deputyships_deputy", "deputyships", ["deputy"])
    op.create_table(
        "deputyship_ends",
        sa.Column("deputyship", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("deputyship"),
        sa.ForeignKeyConstraint(["deputyship"], ["deputyships.id"]),
    )
    for table in ("deputyships", "deputyship_ends"):
        op.execute(
            f"""
            CREATE TRIGGER {table}_kept_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
            """
        )


def downgrade() -> None:
    op.drop_table("deputyship_ends")
    op.drop_table("deputyships")
    op.drop_table("gathered_letters")
    op.drop_table("letter_preferences")

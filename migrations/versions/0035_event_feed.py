"""Each line of a journal has its place in the order of recording, over all journals: the feed reads by it.

Whoever records holds a lock with others until its lines are there; whoever asks how far the order is whole takes
it alone, for as long as that takes. So no line ever appears before one that was read.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

LOCK = 0x6B7A_0035
EVERYTHING = '["read", "content", "commands", "events", "administration"]'


def upgrade() -> None:
    op.execute("CREATE SEQUENCE journal_position")
    op.execute(
        f"""
        CREATE FUNCTION next_position() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared({LOCK});
            RETURN nextval('journal_position');
        END $$
        """
    )
    # A recorder that hangs is waited for a moment, and no other recorder longer than that behind it.
    op.execute(
        f"""
        CREATE FUNCTION recorded_through() RETURNS bigint LANGUAGE plpgsql VOLATILE SET lock_timeout = '500ms' AS $$
        DECLARE through bigint;
        BEGIN
            PERFORM pg_advisory_xact_lock({LOCK});
            SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO through FROM journal_position;
            RETURN through;
        END $$
        """
    )
    op.add_column("journal", sa.Column("position", sa.BigInteger(), nullable=True))
    op.execute("ALTER TABLE journal DISABLE TRIGGER journal_kept_as_written")
    op.execute(
        """
        UPDATE journal SET position = told.position FROM (
            SELECT workflow_id, seq, row_number() OVER (ORDER BY recorded_at, workflow_id, seq) AS position
            FROM journal
        ) AS told WHERE told.workflow_id = journal.workflow_id AND told.seq = journal.seq
        """
    )
    op.execute("ALTER TABLE journal ENABLE TRIGGER journal_kept_as_written")
    op.execute("SELECT setval('journal_position', (SELECT max(position) FROM journal)) WHERE EXISTS (SELECT FROM journal)")
    op.alter_column("journal", "position", nullable=False, server_default=sa.text("next_position()"))
    op.create_unique_constraint("journal_position_key", "journal", ["position"])
    op.create_index("ix_journal_recorded_at", "journal", ["recorded_at"])
    op.add_column(
        "tokens", sa.Column("scopes", JSONB(), nullable=False, server_default=sa.text(f"'{EVERYTHING}'::jsonb"))
    )
    op.add_column("tokens", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "sign_in_letters", sa.Column("facts", JSONB(), nullable=False, server_default=sa.text("'{}'::jsonb"))
    )


def downgrade() -> None:
    op.drop_column("sign_in_letters", "facts")
    op.drop_column("tokens", "told_at")
    op.drop_column("tokens", "scopes")
    op.drop_index("ix_journal_recorded_at", "journal")
    op.drop_constraint("journal_position_key", "journal")
    op.drop_column("journal", "position")
    op.execute("DROP FUNCTION recorded_through()")
    op.execute("DROP FUNCTION next_position()")
    op.execute("DROP SEQUENCE journal_position")

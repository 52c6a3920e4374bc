"""What the database notes of each monitoring that is written, whoever writes it.

Which transaction wrote it last: processes that count what is published read what changed, and no more. Whom it
waits for, a row for each word of `waiting` in the order of the days: My work is read from the front of one's own,
however much waits. The index of whole documents that was asked for this before is not needed any more. Which
bodies lead something that is read by a word: what a list can be narrowed to, without looking through the list.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

BY_FUNCTION = ("monitorings_wait", "monitorings_are_read", "monitorings_written_in")
NO_DAY = "9999-12-31"
WAITING = f"jsonb_each_text({{of}}.waiting) AS said (word, day)"
GIVEN = f"SELECT {{of}}.number, said.word, coalesce(said.day::date, '{NO_DAY}')"


def upgrade() -> None:
    op.add_column("monitorings", sa.Column("written_in", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        """
        CREATE FUNCTION monitorings_written_in() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.written_in := pg_current_xact_id()::text::bigint;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER monitorings_written_in BEFORE INSERT OR UPDATE ON monitorings
        FOR EACH ROW EXECUTE FUNCTION monitorings_written_in()
        """
    )
    op.create_index(
        "monitorings_published_written",
        "monitorings",
        ["written_in"],
        postgresql_where=sa.text("published_on IS NOT NULL"),
    )
    op.create_table(
        "waits",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number", "word"),
    )
    op.execute(
        f"INSERT INTO waits (number, word, due_on) {GIVEN.format(of='monitorings')}"
        f" FROM monitorings, {WAITING.format(of='monitorings')} WHERE NOT monitorings.ended"
    )
    op.create_index("waits_by_day", "waits", ["word", "due_on", "number"])
    op.execute(
        f"""
        CREATE FUNCTION monitorings_wait() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                DELETE FROM waits WHERE number = NEW.number AND NOT jsonb_exists(NEW.waiting, word);
            END IF;
            INSERT INTO waits (number, word, due_on) {GIVEN.format(of='NEW')} FROM {WAITING.format(of='NEW')}
            ON CONFLICT (number, word) DO UPDATE SET due_on = excluded.due_on
            WHERE waits.due_on <> excluded.due_on;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER monitorings_wait_from_the_start AFTER INSERT ON monitorings
        FOR EACH ROW EXECUTE FUNCTION monitorings_wait()
        """
    )
    op.execute(
        """
        CREATE TRIGGER monitorings_wait AFTER UPDATE OF waiting ON monitorings
        FOR EACH ROW WHEN (OLD.waiting IS DISTINCT FROM NEW.waiting) EXECUTE FUNCTION monitorings_wait()
        """
    )
    op.drop_index("monitorings_waiting", "monitorings")
    op.create_table(
        "leads_read",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word", "lead"),
    )
    op.execute("INSERT INTO leads_read (word, lead) SELECT DISTINCT unnest(readers), lead FROM monitorings")
    op.execute(
        """
        CREATE FUNCTION monitorings_are_read() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- In one order: of two that add the same words neither waits for the other's first.
            INSERT INTO leads_read (word, lead)
            SELECT DISTINCT word, NEW.lead FROM unnest(NEW.readers) AS word ORDER BY word
            ON CONFLICT DO NOTHING;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER monitorings_are_read_from_the_start AFTER INSERT ON monitorings
        FOR EACH ROW EXECUTE FUNCTION monitorings_are_read()
        """
    )
    op.execute(
        """
        CREATE TRIGGER monitorings_are_read AFTER UPDATE OF readers, lead ON monitorings
        FOR EACH ROW WHEN (OLD.readers IS DISTINCT FROM NEW.readers OR OLD.lead <> NEW.lead)
        EXECUTE FUNCTION monitorings_are_read()
        """
    )
    op.create_index(
        "monitorings_stepped_aside",
        "monitorings",
        ["stepped_aside"],
        postgresql_using="gin",
        postgresql_where=sa.text("stepped_aside <> '{}'"),
    )
    op.create_index("received_reports_conductor", "received_reports", ["workflow_id", "conductor"])
    op.create_index(
        "received_reports_day", "received_reports", ["workflow_id", sa.text("coalesce(ended_on, received_on)")]
    )
    for table in ("monitorings", "waits", "leads_read"):  # nothing is known of them, and they are asked at once
        op.execute(f"ANALYZE {table}")


def downgrade() -> None:
    op.create_index(
        "monitorings_waiting",
        "monitorings",
        ["waiting"],
        postgresql_using="gin",
        postgresql_where=sa.text("NOT ended"),
    )
    op.drop_index("received_reports_day", "received_reports")
    op.drop_index("received_reports_conductor", "received_reports")
    op.drop_index("monitorings_stepped_aside", "monitorings")
    for trigger in (*BY_FUNCTION, "monitorings_wait_from_the_start", "monitorings_are_read_from_the_start"):
        op.execute(f"DROP TRIGGER {trigger} ON monitorings")
    for function in BY_FUNCTION:
        op.execute(f"DROP FUNCTION {function}()")
    op.drop_table("leads_read")
    op.drop_table("waits")
    op.drop_index("monitorings_published_written", "monitorings")
    op.drop_column("monitorings", "written_in")

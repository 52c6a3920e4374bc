"""What proves something stays as it was written; what two stores disagree on is known; the disk can be probed.

Triggers refuse changes for everybody, the tables' owner among them. A closed run in the archive may have its
bytes written again under the same hash (a damaged copy is fetched anew), nothing else of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    *("journal", "snapshots", "notes", "files", "attachments", "deliveries"),
    *("content_revisions", "calendars", "editions", "minted_links"),
)


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION kept_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is kept as it was written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    for table in APPEND_ONLY:
        op.execute(
            f"""
            CREATE TRIGGER {table}_kept_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
            """
        )
    op.execute(
        """
        CREATE FUNCTION archived_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.archived_at IS NOT NULL AND
               (NEW.workflow_id, NEW.run_id, NEW.sha256, NEW.size, NEW.events, NEW.status, NEW.closed_at)
               IS DISTINCT FROM
               (OLD.workflow_id, OLD.run_id, OLD.sha256, OLD.size, OLD.events, OLD.status, OLD.closed_at)
            THEN
                RAISE EXCEPTION 'an archived run is kept as it was' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER archived_once BEFORE UPDATE ON archived_runs
        FOR EACH ROW EXECUTE FUNCTION archived_once()
        """
    )
    op.execute(
        """
        CREATE TRIGGER archived_runs_kept BEFORE DELETE OR TRUNCATE ON archived_runs
        FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
        """
    )
    op.create_table(
        "disagreements",
        sa.Column("workflow_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workflow_id"),
    )
    op.create_table(
        "probes",
        sa.Column("probe", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("probe"),
    )


def downgrade() -> None:
    op.drop_table("probes")
    op.drop_table("disagreements")
    op.execute("DROP TRIGGER archived_runs_kept ON archived_runs")
    op.execute("DROP TRIGGER archived_once ON archived_runs")
    op.execute("DROP FUNCTION archived_once()")
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_kept_as_written ON {table}")
    op.execute("DROP FUNCTION kept_as_written()")

"""Two things were one: the auditor of a body, and oversight of all. Every change of an account is kept.

Auditors of whoever is the authorized body today saw everything, and go on so, as oversight; those of other
bodies are their bodies' own. Lists find monitorings by the new words. What a founding tells of duties has its
table; installations that are there already have told nothing, and count as they did.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0017"
branch_labels = None
depends_on = None

APPEND_ONLY: Final = ("grants", "foundings")
AUDITED: Final = """
UPDATE monitorings SET readers = ARRAY(
    SELECT word FROM (
        SELECT word FROM unnest(readers) AS word WHERE NOT starts_with(word, 'oversight/')
        UNION SELECT 'audit/whole:' || body FROM unnest(conductors) AS body
        UNION SELECT 'oversight/whole:*'
    ) AS words ORDER BY word
)
"""
OVERSEEN_BEFORE: Final = """
UPDATE monitorings SET readers = ARRAY(
    SELECT word FROM (
        SELECT word FROM unnest(readers) AS word
            WHERE NOT starts_with(word, 'oversight/') AND NOT starts_with(word, 'audit/')
        UNION SELECT 'oversight/whole:' || body FROM unnest(conductors) AS body
        UNION SELECT 'oversight/whole:' || (state ->> 'authorized_body')
    ) AS words ORDER BY word
)
"""
OVERSIGHT: Final = """
UPDATE accounts SET role = 'oversight' WHERE role = 'auditor' AND organisation IN (
    SELECT organisation FROM organisation_versions
    WHERE kind = 'authorized_body'
      AND valid_from <= (now() AT TIME ZONE 'Asia/Almaty')::date
      AND (valid_until IS NULL OR valid_until >= (now() AT TIME ZONE 'Asia/Almaty')::date)
)
"""
CARRIED_OVER: Final = """
INSERT INTO grants (account, person, organisation, role, active, act, reason, granted_by, at)
SELECT id, person, organisation, role, active, '', 'carried over (migration 0015)', '', now() FROM accounts
ORDER BY id
"""


def upgrade() -> None:
    op.create_table(
        "grants",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("act_dated", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_grants_account", "grants", ["account"])
    op.create_index("ix_grants_organisation", "grants", ["organisation"])
    op.execute(OVERSIGHT)
    op.execute(CARRIED_OVER)
    op.execute(AUDITED)
    op.create_table(
        "foundings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("counted_from", sa.Date(), nullable=False),
        sa.Column("done_before", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for table in APPEND_ONLY:
        op.execute(
            f"""
            CREATE TRIGGER {table}_kept_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
            """
        )


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_kept_as_written ON {table}")
    op.drop_table("foundings")
    op.execute(OVERSEEN_BEFORE)
    op.execute("UPDATE accounts SET role = 'auditor' WHERE role = 'oversight'")
    op.drop_index("ix_grants_organisation", "grants")
    op.drop_index("ix_grants_account", "grants")
    op.drop_table("grants")

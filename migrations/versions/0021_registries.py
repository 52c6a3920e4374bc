"""A version of all registries, renewed by every change of one: what is remembered of them is known to be old."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REGISTRIES: Final = (
    "organisations",
    "organisation_versions",
    "successions",
    "spheres",
    "editions",
    "calendars",
)


def upgrade() -> None:
    op.create_table(
        "registries",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO registries (id, version) VALUES (1, gen_random_uuid()::text)")
    op.execute(
        """
        CREATE FUNCTION registries_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE registries SET version = gen_random_uuid()::text;
            RETURN NULL;
        END $$
        """
    )
    for table in REGISTRIES:
        op.execute(
            f"""
            CREATE TRIGGER {table}_renew_the_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION registries_changed()
            """
        )


def downgrade() -> None:
    for table in REGISTRIES:
        op.execute(f"DROP TRIGGER {table}_renew_the_version ON {table}")
    op.execute("DROP FUNCTION registries_changed()")
    op.drop_table("registries")

"""Signing in by a link that is mailed and by the provider, and who has signed in, when, by which way.

A session names its account; the token it was begun with is one way of several.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sign_in_letters",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("way_on", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sign_in_letters_outcome", "sign_in_letters", ["outcome"])
    op.create_table(
        "sign_in_links",
        sa.Column("key_sha256", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("address_sha256", sa.String(), nullable=False),
        sa.Column("accounts", JSONB(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("way_on", sa.String(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("key_sha256"),
    )
    op.create_index("ix_sign_in_links_letter", "sign_in_links", ["letter"])
    op.create_index("ix_sign_in_links_expires_at", "sign_in_links", ["expires_at"])
    op.create_table(
        "provider_visits",
        sa.Column("state_sha256", sa.String(), nullable=False),
        sa.Column("way_on", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("returned_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("state_sha256"),
    )
    op.create_index("ix_provider_visits_at", "provider_visits", ["at"])
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sign_ins_account", "sign_ins", ["account"])
    op.create_index("ix_sign_ins_organisation", "sign_ins", ["organisation"])
    op.execute(
        """
        CREATE TRIGGER sign_ins_kept_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON sign_ins
        FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
        """
    )
    op.add_column("sessions", sa.Column("account", sa.String(), nullable=True))
    op.execute("UPDATE sessions SET account = tokens.account FROM tokens WHERE tokens.id = sessions.token")
    op.alter_column("sessions", "account", nullable=False)
    op.alter_column("sessions", "token", nullable=True)
    op.create_foreign_key("sessions_account_fkey", "sessions", "accounts", ["account"], ["id"])
    op.create_index("ix_sessions_account", "sessions", ["account"])


def downgrade() -> None:
    """Whoever signed in without a token signs in once more."""
    op.execute("DELETE FROM sessions WHERE token IS NULL")
    op.alter_column("sessions", "token", nullable=False)
    op.drop_column("sessions", "account")
    op.drop_table("sign_ins")
    op.drop_table("provider_visits")
    op.drop_table("sign_in_links")
    op.drop_table("sign_in_letters")

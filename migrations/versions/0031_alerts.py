"""Alerts by mail of what a search finds among the published reports, and letters of no proceeding."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "alert_subscriptions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("address_sha256", sa.String(), nullable=False),
        sa.Column("search", JSONB(), nullable=False),
        sa.Column("search_sha256", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("confirm_before", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("seen_until", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address_sha256", "search_sha256", name="alert_subscriptions_once"),
    )
    op.create_index("ix_alert_subscriptions_confirm_before", "alert_subscriptions", ["confirm_before"])
    op.create_index("ix_alert_subscriptions_looked_on", "alert_subscriptions", ["looked_on"])
    op.create_table(
        "service_letters",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("listed", JSONB(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_letters_about", "service_letters", ["about"])
    op.create_index("ix_service_letters_outcome", "service_letters", ["outcome"])
    op.create_index(
        "service_letters_once_a_day",
        "service_letters",
        ["about", "made_on"],
        unique=True,
        postgresql_where=sa.text("kind = 'reports_published'"),
    )


def downgrade() -> None:
    op.drop_table("service_letters")
    op.drop_table("alert_subscriptions")

"""Regions are named in Russian and English beside the name by which bodies lie together."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NAMES = ("region_ru", "region_en")


def upgrade() -> None:
    for name in NAMES:
        op.add_column(
            "organisation_versions", sa.Column(name, sa.String(), nullable=False, server_default="")
        )
        op.alter_column("organisation_versions", name, server_default=None)


def downgrade() -> None:
    for name in NAMES:
        op.drop_column("organisation_versions", name)

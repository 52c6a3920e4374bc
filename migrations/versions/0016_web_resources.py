"""A body's official web resource may have more addresses than one (rule 19)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    further = sa.Column("further_web_resources", ARRAY(sa.Text()), nullable=False, server_default="{}")
    op.add_column("organisation_versions", further)


def downgrade() -> None:
    op.drop_column("organisation_versions", "further_web_resources")

"""Who issued a token, and on which day it was last used; nothing is known of those from before."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tokens", sa.Column("issued_by", sa.String(), nullable=True))
    op.add_column("tokens", sa.Column("last_used_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("tokens", "last_used_on")
    op.drop_column("tokens", "issued_by")

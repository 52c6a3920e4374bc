"""Which file a detached signature is of, and what is known of it, stand beside the attachment it is.

Attachments of before are of nothing: what was attached stays as it was written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

COLUMNS = ("signs", "signature_check", "signature_algorithms")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("attachments", sa.Column(column, sa.String(), nullable=True))


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("attachments", column)

"""The day of the last publication as a column: what the public reads is found without reading any state."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

FROM_STATES: Final = """
UPDATE monitorings
SET published_on = (monitorings.state -> 'publications' -> -1 ->> 'published_on')::date
WHERE json_array_length(monitorings.state -> 'publications') > 0
"""


def upgrade() -> None:
    op.add_column("monitorings", sa.Column("published_on", sa.Date(), nullable=True))
    op.execute(FROM_STATES)
    op.create_index(
        "monitorings_ever_published",
        "monitorings",
        ["published_on", "number"],
        postgresql_where=sa.text("published_on IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("monitorings_ever_published", "monitorings")
    op.drop_column("monitorings", "published_on")

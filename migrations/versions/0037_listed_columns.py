"""What a line of a list says, as columns: nobody reads whole states for fifty lines, nor for who stepped aside.

What is recorded already gets its own from its state. Published reports are found by the last change of their journal,
too, and all monitorings by their beginning and their number together.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

FROM_STATES: Final = """
UPDATE monitorings SET
    conducted_by = ARRAY(
        SELECT body.each ->> 'organisation'
        FROM json_array_elements(monitorings.state -> 'conductors') WITH ORDINALITY AS body (each, place)
        ORDER BY body.place
    ),
    corrected = (
        SELECT count(DISTINCT publication.each ->> 'version') > 1
        FROM json_array_elements(monitorings.state -> 'publications') AS publication (each)
    ),
    stepped_aside = ARRAY(
        SELECT account.each
        FROM json_array_elements_text(monitorings.state -> 'stepped_aside') WITH ORDINALITY AS account (each, place)
        ORDER BY account.place
    )
"""


def upgrade() -> None:
    for name in ("conducted_by", "stepped_aside"):
        op.add_column("monitorings", sa.Column(name, ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.add_column("monitorings", sa.Column("corrected", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(FROM_STATES)
    op.create_index(
        "monitorings_published_changed",
        "monitorings",
        ["changed_at", "number"],
        postgresql_where=sa.text("published_on IS NOT NULL"),
    )
    op.create_index("monitorings_started", "monitorings", ["started_at", "number"])
    op.drop_index("ix_monitorings_started_at", "monitorings")


def downgrade() -> None:
    op.create_index("ix_monitorings_started_at", "monitorings", ["started_at"])
    for index in ("monitorings_started", "monitorings_published_changed"):
        op.drop_index(index, "monitorings")
    for column in ("corrected", "stepped_aside", "conducted_by"):
        op.drop_column("monitorings", column)

"""The authorized body's inbox as rows: a report received costs the same however many there are.

Rows of what was received before come from the states. A consolidation that runs remembers its inbox until it
goes on; then its rows are written once more (`inbox_kept_apart`).
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FROM_STATES: Final = """
INSERT INTO received_reports (
    workflow_id, report, way, conductor, kind, version, content, started_on, ended_on, approved_on,
    received_on, of_rule_13, file, considered_on, considered_note, considered_by
)
SELECT
    consolidations.workflow_id,
    each.value ->> 'id',
    each.value ->> 'way',
    each.value ->> 'conductor',
    each.value ->> 'kind',
    coalesce((each.value ->> 'version')::integer, 1),
    each.value ->> 'content',
    (each.value ->> 'started_on')::date,
    (each.value ->> 'ended_on')::date,
    (each.value ->> 'approved_on')::date,
    (each.value ->> 'received_on')::date,
    coalesce((each.value ->> 'of_rule_13')::boolean, false),
    each.value ->> 'file',
    (each.value #>> '{considered,on}')::date,
    each.value #>> '{considered,note}',
    each.value #>> '{considered,by}'
FROM consolidations, json_each(coalesce(state -> 'inbox', '{}')) AS each
"""

# Which version is current and whether it is considered: by these two the keeper finds what was not told.
OF_MONITORINGS: Final = """
UPDATE monitorings
SET considered = state ->> 'considered_on' IS NOT NULL,
    version = coalesce(
        (
            SELECT max((version.value ->> 'number')::integer)
            FROM json_array_elements(state -> 'versions') AS version
            WHERE version.value ->> 'approved_on' IS NOT NULL
        ),
        0
    )
"""


def upgrade() -> None:
    op.create_table(
        "received_reports",
        sa.Column("workflow_id", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("conductor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("of_rule_13", sa.Boolean(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("considered_on", sa.Date(), nullable=True),
        sa.Column("considered_note", sa.String(), nullable=True),
        sa.Column("considered_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workflow_id", "report"),
    )
    op.create_index("ix_received_reports_file", "received_reports", ["file"])
    op.create_index(
        "received_reports_newest", "received_reports", ["workflow_id", "received_on", "report"]
    )
    op.create_index(
        "received_reports_waiting",
        "received_reports",
        ["workflow_id", "report"],
        postgresql_where=sa.text("considered_on IS NULL AND way <> 'own'"),
    )
    op.create_index("received_reports_considered", "received_reports", ["workflow_id", "considered_on"])
    op.execute(FROM_STATES)
    op.add_column("monitorings", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "monitorings", sa.Column("considered", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(OF_MONITORINGS)
    op.drop_column("consolidations", "received")
    op.drop_column("consolidations", "unconsidered")


def downgrade() -> None:
    """States whose inbox is kept apart do not go back: an older release would not find what was received."""
    for column in ("received", "unconsidered"):
        op.add_column(
            "consolidations", sa.Column(column, sa.Integer(), nullable=False, server_default="0")
        )
    op.drop_table("received_reports")
    for column in ("version", "considered"):
        op.drop_column("monitorings", column)

"""What became of proposals and recommendations, over all monitorings.

The rows are a projection: monitorings recorded before there was a table get theirs here, from their states.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BACKFILL: Final = """
INSERT INTO recommendations (
    number, item, position, kind, lead, addressee, standing,
    asked_on, answered_on, due_on, reported_on, done_on, judged_on, verdict
)
SELECT
    monitorings.number,
    item.value ->> 'id',
    row_number() OVER (PARTITION BY monitorings.number, item.value ->> 'kind' ORDER BY item.place),
    item.value ->> 'kind',
    monitorings.lead,
    item.value ->> 'addressee',
    CASE
        WHEN item.value ->> 'answer' IS NULL THEN 'unanswered'
        WHEN item.value #>> '{answer,response}' = 'declined' THEN 'declined'
        WHEN state #>> '{edition,switches,follow_up_of_recommendations}' IS DISTINCT FROM 'true'
            THEN 'not_followed'
        WHEN item.value #>> '{judged,final}' = 'true' THEN item.value #>> '{judged,verdict}'
        WHEN state ->> 'follow_up_ended' = 'true' OR monitorings.stage = 'cancelled' THEN 'given_up'
        WHEN item.value ->> 'reported' IS NOT NULL THEN 'reported'
        ELSE 'awaited'
    END,
    (
        SELECT (version.value ->> 'approved_on')::date
        FROM json_array_elements(state -> 'versions') WITH ORDINALITY AS version (value, place)
        WHERE version.value ->> 'approved_on' IS NOT NULL
        ORDER BY version.place DESC LIMIT 1
    ),
    (item.value ->> 'answered_on')::date,
    coalesce(
        CASE WHEN deadline ->> 'status' <> 'withdrawn' THEN (deadline ->> 'due_on')::date END,
        (item.value #>> '{answer,planned_on}')::date,
        (item.value ->> 'due_on')::date
    ),
    (item.value #>> '{reported,on}')::date,
    (item.value #>> '{reported,done_on}')::date,
    (item.value #>> '{judged,on}')::date,
    item.value #>> '{judged,verdict}'
FROM monitorings
CROSS JOIN LATERAL (
    SELECT each.value, each.place
    FROM json_each(coalesce(state -> 'items', '{}')) WITH ORDINALITY AS each (key, value, place)
) AS item
LEFT JOIN LATERAL (
    SELECT each.value AS deadline
    FROM json_each(coalesce(state -> 'deadlines', '{}')) AS each
    WHERE each.value ->> 'subject_kind' = 'implementation'
      AND each.value ->> 'subject' = item.value ->> 'id'
    LIMIT 1
) AS planned ON true
"""


def upgrade() -> None:
    op.create_table(
        "recommendations",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("number", "item"),
    )
    for column in ("lead", "addressee", "standing", "due_on"):
        op.create_index(f"ix_recommendations_{column}", "recommendations", [column])
    op.execute(BACKFILL)


def downgrade() -> None:
    op.drop_table("recommendations")

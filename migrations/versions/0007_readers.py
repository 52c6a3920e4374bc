"""Who sees a monitoring, as words beside its projection: lists show what pages open.

Monitorings recorded before get theirs here, from their states.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BACKFILL: Final = """
UPDATE monitorings SET readers = ARRAY(
    SELECT 'conductor/whole:' || lead
    UNION SELECT 'co_conductor/whole:' || body FROM unnest(conductors) AS body WHERE body <> lead
    UNION SELECT 'oversight/whole:' || body FROM unnest(conductors) AS body
    UNION SELECT 'oversight/whole:' || (state ->> 'authorized_body')
    UNION SELECT 'participant/whole:' || person FROM (
        SELECT member.value ->> 'person' AS person
        FROM json_each(
            CASE WHEN json_typeof(state -> 'working_group') = 'object'
                THEN state #> '{working_group,members}' ELSE '{}' END
        ) AS member
        WHERE member.value ->> 'consent' IN ('consented', 'not_needed')
    ) AS effective
    UNION SELECT sent FROM (
        SELECT 'conductor/sent:' || lead AS sent
        UNION SELECT 'co_conductor/sent:' || body FROM unnest(conductors) AS body WHERE body <> lead
        UNION SELECT 'addressee/sent:' || body FROM unnest(addressees) AS body
        UNION SELECT 'participant/sent:' || (member.value ->> 'person')
            FROM json_each(
                CASE WHEN json_typeof(state -> 'working_group') = 'object'
                    THEN state #> '{working_group,members}' ELSE '{}' END
            ) AS member
            WHERE member.value ->> 'consent' IN ('consented', 'not_needed')
        UNION SELECT 'authorized_body/sent:' || (state ->> 'authorized_body')
            WHERE state ->> 'authorized_body' = ANY (conductors)
            OR state ->> 'authorized_body' = ANY (addressees)
            OR kind = 'comprehensive' AND (
                coalesce(state #>> '{edition,switches,division_reports_published}', 'true') = 'true'
                OR EXISTS (
                    SELECT FROM json_array_elements(state -> 'conductors') AS body
                    WHERE body.value ->> 'kind' = 'authorized_body'
                )
            )
    ) AS approved
    WHERE EXISTS (
        SELECT FROM json_array_elements(state -> 'versions') AS version
        WHERE version.value ->> 'approved_on' IS NOT NULL
    )
)
"""


def upgrade() -> None:
    words = postgresql.ARRAY(sa.Text())
    op.add_column("monitorings", sa.Column("readers", words, nullable=False, server_default="{}"))
    op.execute(BACKFILL)
    op.alter_column("monitorings", "readers", server_default=None)
    op.create_index("monitorings_readers", "monitorings", ["readers"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("monitorings_readers", "monitorings")
    op.drop_column("monitorings", "readers")

"""Drafts by whoever holds them, in versions; files wait beside them and count once they were sent.

What was typed behind links before goes on as the first version of its draft. Files that were attached behind
links before stay what they are; a draft that names them still does.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_drafts_holder", "drafts", ["holder"])
    op.create_table(
        "draft_files",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_draft_files_holder", "draft_files", ["holder"])
    op.execute(
        """
        INSERT INTO drafts (holder, form, fields, at)
        SELECT number || '/' || letter, forms.key, forms.value, at
        FROM form_drafts, jsonb_each(body) AS forms
        """
    )
    op.drop_table("form_drafts")


def downgrade() -> None:
    op.create_table(
        "form_drafts",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", "letter"),
    )
    op.drop_table("draft_files")
    op.drop_table("drafts")

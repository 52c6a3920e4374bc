"""Letters are kept without their links; each link has a key of its own.

Messages kept so far hold links that work: each is replaced by its copy without the link, under the hash of that
copy, and its delivery names both. Backups made before still hold them; they work until they expire, or until
LINK_SECRET is another one.
"""

import hashlib
from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

from models.letters.kept_copy import kept_copy

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MESSAGES: Final = sa.text("SELECT DISTINCT eml_sha256 FROM deliveries WHERE eml_sha256 IS NOT NULL")
CONTENT: Final = sa.text("SELECT content FROM files WHERE sha256 = :sent")
KEEP: Final = sa.text(
    "INSERT INTO files (sha256, media_type, size, content, at) "
    "SELECT :kept, media_type, :size, :content, at FROM files WHERE sha256 = :sent ON CONFLICT DO NOTHING"
)
NAME: Final = sa.text("UPDATE deliveries SET kept_sha256 = :kept WHERE eml_sha256 = :sent")
# What somebody attached is theirs, even if it were the same bytes.
FORGET: Final = sa.text(
    "DELETE FROM files WHERE sha256 = :sent AND NOT EXISTS (SELECT FROM attachments WHERE sha256 = :sent)"
)


def upgrade() -> None:
    op.create_table(
        "minted_links",
        sa.Column("key_sha256", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_sha256"),
    )
    op.create_index("minted_links_letter", "minted_links", ["number", "letter"])
    op.add_column("deliveries", sa.Column("kept_sha256", sa.String(), nullable=True))
    connection = op.get_bind()
    for sent in connection.scalars(MESSAGES).all():
        _keep_copy(connection, sent)


def _keep_copy(connection: Connection, sent: str) -> None:
    content = connection.scalar(CONTENT, {"sent": sent})
    if content is None:
        return
    copy = kept_copy(bytes(content))
    kept = hashlib.sha256(copy).hexdigest()
    if kept != sent:
        connection.execute(KEEP, {"sent": sent, "kept": kept, "size": len(copy), "content": copy})
        connection.execute(FORGET, {"sent": sent})
    connection.execute(NAME, {"sent": sent, "kept": kept})


def downgrade() -> None:
    """What was cut out does not come back: copies stay, under their own hashes."""
    op.drop_column("deliveries", "kept_sha256")
    op.drop_index("minted_links_letter", "minted_links")
    op.drop_table("minted_links")

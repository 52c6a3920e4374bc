"""Letters are kept without the documents that lie beside them under their hashes.

Letters kept so far stay as they are, whole, among the files. On the way back those kept since are put together.
"""

import hashlib
from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

from models.letters.apart import Enclosed, LetterApart, as_mail_writes

revision = "0018"
down_revision = "0015"
branch_labels = None
depends_on = None

APART: Final = sa.text("SELECT sha256, content, enclosed, at FROM kept_letters ORDER BY sha256")
DOCUMENT: Final = sa.text("SELECT content FROM files WHERE sha256 = :sha256")
WHOLE: Final = sa.text(
    "INSERT INTO files (sha256, media_type, size, content, at) "
    "VALUES (:sha256, 'message/rfc822', :size, :content, :at) ON CONFLICT DO NOTHING"
)


def upgrade() -> None:
    op.create_table(
        "kept_letters",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("enclosed", JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.execute(
        """
        CREATE TRIGGER kept_letters_kept_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON kept_letters
        FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()
        """
    )


def downgrade() -> None:
    connection = op.get_bind()
    for sha256, content, enclosed, at in connection.execute(APART).all():
        letter = LetterApart(written=bytes(content), enclosed=[Enclosed.model_validate(e) for e in enclosed])
        whole = letter.whole({each.sha256: _document(connection, each.sha256) for each in letter.enclosed})
        assert hashlib.sha256(whole).hexdigest() == sha256, f"letter {sha256} is not what its hash says"
        row = {"sha256": sha256, "size": len(whole), "content": whole, "at": at}
        connection.execute(WHOLE, row)
    op.drop_table("kept_letters")


def _document(connection: Connection, sha256: str) -> bytes:
    return as_mail_writes(bytes(connection.scalar(DOCUMENT, {"sha256": sha256})))

"""Remarks on the content (rule 12): kept as they were written, each once."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.policy import Access
from api.content.editing import content_is_open
from api.content.store import Part, add_revision, newest_revision
from models.tables.content import RevisionRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class Comment(Model):
    """A remark as it is kept; `about` names a source, an indicator, a finding or an item of the decision."""

    about: Id | None = None
    text: str


async def commented(
    session: AsyncSession, access: Access, item: Id, comment: Comment, now: datetime
) -> RevisionRow:
    """The remark under its id, written once. Raises Failed (409) where the content is closed."""
    content_is_open(access.state)
    row = await newest_revision(session, access.number, Part.COMMENT, item)
    if row is not None:
        return row
    account = access.caller.account
    return await add_revision(
        session, access.number, Part.COMMENT, item, comment, known=0, now=now, account=account
    )

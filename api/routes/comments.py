"""Comments on the content by the working group and the conductor's people (rule 12)."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.access.policy import CONTENT_READS, Access
from api.access.routing import CREATED, EDIT, monitoring_router, permit
from api.commands.idempotency import Key
from api.content.editing import content_is_open
from api.content.store import Part, add_revision, current_items, newest_revision
from api.http.deps import Now, Session
from api.http.requests import RequestBody, Text
from models.tables.content import RevisionRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

router = monitoring_router("content")


class Comment(Model):
    """A remark as it is kept; `about` names a source, an indicator, a finding or an item of the decision."""

    about: Id | None = None
    text: str


class CommentBody(RequestBody):
    about: Id | None = Field(default=None, examples=["f-1"])
    text: Text


class CommentView(BaseModel):
    id: Id
    at: datetime
    account: Id | None
    letter: Id | None = Field(description="The letter by whose link a member wrote it.")
    about: Id | None
    text: str


@router.get("/comments")
async def list_comments(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session
) -> tuple[CommentView, ...]:
    """All comments, the oldest first."""
    return tuple(_view(row) for row in await current_items(session, access.number, Part.COMMENT))


@router.post("/comments", status_code=CREATED, responses=EDIT)
async def create_comment(
    body: CommentBody,
    access: Annotated[Access, permit(Action.COMMENT)],
    session: Session,
    key: Key,
    now: Now,
) -> CommentView:
    """Comment on the content, or on one thing in it."""
    content_is_open(access.state)
    item = key.derived("c")
    row = await newest_revision(session, access.number, Part.COMMENT, item)
    if row is None:
        comment = Comment(about=body.about, text=body.text)
        account = access.caller.account
        row = await add_revision(
            session, access.number, Part.COMMENT, item, comment, known=0, now=now, account=account
        )
    return _view(row)


def _view(row: RevisionRow) -> CommentView:
    comment = Comment.model_validate(row.body)
    return CommentView(
        id=row.item,
        at=row.at,
        account=row.account,
        letter=row.letter,
        about=comment.about,
        text=comment.text,
    )

"""Comments on the content by the working group and the conductor's people (rule 12)."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.access.policy import CONTENT_READS, Access
from api.access.routing import CREATED, EDIT, monitoring_router, permit
from api.commands.idempotency import Key
from api.content.commenting import Comment, commented
from api.content.store import Part, current_items
from api.http.deps import Now, Session
from api.http.requests import RequestBody, Text
from models.tables.content import RevisionRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id

router = monitoring_router("content")


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
    comment = Comment(about=body.about, text=body.text)
    row = await commented(session, access, key.derived("c"), comment, now)
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

"""Editing content: only while it is open, only on top of the revision one has read (RFC 9110 §13)."""

import re
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Header
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.policy import Access
from api.content.store import (
    Part,
    add_revision,
    changed_meanwhile,
    current_item,
    existing_item,
    newest_revision,
)
from api.problems.problem import Failed, ProblemCode, conflict
from models.monitoring.state import MonitoringState
from models.report.content import content_sha256
from models.tables.content import RevisionRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=40, description="The ETag that was read.", examples=['"3"']),
]
_TAG = re.compile(r'"(\d{1,9})"')


def etag(row: RevisionRow) -> str:
    """The revision's number as an entity tag."""
    return f'"{row.revision}"'


def content_is_open(state: MonitoringState) -> None:
    """Content changes before approval and while a correction is under way (A12). Raises Failed (409)."""
    if not (state.before_approval or state.correcting):
        raise conflict(ProblemCode.CONTENT_CLOSED, stage=state.stage.value)


async def create(
    session: AsyncSession,
    access: Access,
    part: Part,
    item: Id,
    body: Model,
    now: datetime,
) -> RevisionRow:
    """Write a new item, or one that was removed. The same body once more changes nothing.

    Raises Failed (409): the content is closed, or the id is taken by something else.
    """
    content_is_open(access.state)
    row = await newest_revision(session, access.number, part, item)
    if row is not None and row.body is not None:
        if row.sha256 != content_sha256(body):
            raise conflict(ProblemCode.ITEM_EXISTS, item=item)
    else:
        known = row.revision if row else 0
        row = await _write(session, access, part, item, body, known, now)
    return row


async def replace(
    session: AsyncSession,
    access: Access,
    part: Part,
    item: Id,
    body: Model | None,
    if_match: str | None,
    now: datetime,
) -> RevisionRow:
    """Write the next revision of an item that is there; None removes it.

    What stands there already is not written again, whichever revision was read: an answer may have been lost.
    Raises Failed: 404 unknown, 409 closed, 412 changed meanwhile, 428 without `If-Match`.
    """
    content_is_open(access.state)
    row = await existing_item(session, access.number, part, item)
    if body is None or row.sha256 != content_sha256(body):
        _matches(row, if_match)
        row = await _write(session, access, part, item, body, row.revision, now)
    return row


async def put(
    session: AsyncSession,
    access: Access,
    part: Part,
    item: Id,
    body: Model,
    if_match: str | None,
    now: datetime,
) -> RevisionRow:
    """Write the one item of a part, whether it is there or not; on top of what was read if it is."""
    if await current_item(session, access.number, part, item) is None:
        return await create(session, access, part, item, body, now)
    return await replace(session, access, part, item, body, if_match, now)


def _matches(row: RevisionRow, if_match: str | None) -> None:
    if if_match is None:
        params = {"item": row.item}
        raise Failed(HTTPStatus.PRECONDITION_REQUIRED, ProblemCode.REVISION_REQUIRED, params=params)
    tag = _TAG.fullmatch(if_match.strip())
    if tag is None or int(tag[1]) != row.revision:
        raise changed_meanwhile(row.item)


async def _write(
    session: AsyncSession,
    access: Access,
    part: Part,
    item: Id,
    body: Model | None,
    known: int,
    now: datetime,
) -> RevisionRow:
    account = access.caller.account
    return await add_revision(session, access.number, part, item, body, known=known, now=now, account=account)

"""Editing content: only while it is open, only on top of the revision one has read (RFC 9110 §13)."""

import re
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Header
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.policy import Access
from api.content.checks import are_cited
from api.content.store import Part, add_revision, changed_meanwhile, newest_revisions
from api.problems.problem import Failed, ProblemCode, conflict, not_found
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


def goes_on(state: MonitoringState) -> None:
    """A monitoring that was closed or cancelled takes nothing more. Raises Failed (409)."""
    if state.ended:
        raise conflict(ProblemCode.MONITORING_ENDED, stage=state.stage.value)


def content_is_open(state: MonitoringState) -> None:
    """Raises Failed (409)."""
    goes_on(state)
    if not state.content_open:
        raise conflict(ProblemCode.CONTENT_CLOSED, stage=state.stage.value)


async def create(
    session: AsyncSession,
    access: Access,
    part: Part,
    item: Id,
    body: Model,
    now: datetime,
    cited: tuple[Id, ...] = (),
) -> RevisionRow:
    """Write a new item, or one that was removed. The same body once more changes nothing.

    Raises Failed: 422 (source_unknown) where a source is `cited` that is not there; 409 where the content is
    closed, or the id is taken by something else.
    """
    row = await _known(session, access, part, item, cited)
    content_is_open(access.state)
    return await _create(session, access, part, item, body, row, now)


async def replace(
    session: AsyncSession,
    access: Access,
    part: Part,
    item: Id,
    body: Model | None,
    if_match: str | None,
    now: datetime,
    cited: tuple[Id, ...] = (),
) -> RevisionRow:
    """Write the next revision of an item that is there; None removes it.

    What stands there already is not written again, whichever revision was read: an answer may have been lost.
    Raises Failed: 404 unknown, 409 closed, 412 changed meanwhile, 428 without `If-Match`; 422 as `create`.
    """
    row = await _known(session, access, part, item, cited)
    content_is_open(access.state)
    if row is None or row.body is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=item)
    return await _replace(session, access, part, body, if_match, row, now)


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
    row = await _known(session, access, part, item)
    content_is_open(access.state)
    if row is None or row.body is None:
        return await _create(session, access, part, item, body, row, now)
    return await _replace(session, access, part, body, if_match, row, now)


async def _known(
    session: AsyncSession, access: Access, part: Part, item: Id, cited: tuple[Id, ...] = ()
) -> RevisionRow | None:
    """The newest revision of an item, read with the sources that are cited."""
    sources = [(Part.SOURCE, source) for source in cited]
    newest = await newest_revisions(session, access.number, (part, item), *sources)
    are_cited(newest, cited)
    return newest.get((part, item))


async def _create(
    session: AsyncSession,
    access: Access,
    part: Part,
    item: Id,
    body: Model,
    row: RevisionRow | None,
    now: datetime,
) -> RevisionRow:
    if row is not None and row.body is not None:
        if row.sha256 != content_sha256(body):
            raise conflict(ProblemCode.ITEM_EXISTS, item=item)
    else:
        row = await _write(session, access, part, item, body, row.revision if row else 0, now)
    return row


async def _replace(
    session: AsyncSession,
    access: Access,
    part: Part,
    body: Model | None,
    if_match: str | None,
    row: RevisionRow,
    now: datetime,
) -> RevisionRow:
    if body is None or row.sha256 != content_sha256(body):
        _matches(row, if_match)
        row = await _write(session, access, part, row.item, body, row.revision, now)
    return row


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

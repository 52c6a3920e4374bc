"""Idempotency: one row in `commands` per key. The same request twice is answered twice and happens once."""

import hashlib
import json
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, NamedTuple
from uuid import uuid4

from fastapi import Depends, Header, Request, Response
from sqlalchemy import exists
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import aliased
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData, UploadFile

from activities.database.rows import table_of
from activities.observing.tracing import traceparent
from activities.registries.local_day import local_day
from api.access.auth import AnyCaller
from api.access.authority import authority_has_come, authority_is_known
from api.commands.addressed import Addressed
from api.content.notes import Referred
from api.http.requests import KEY_HEADER
from api.problems.problem import ProblemCode, conflict
from api.services.agreements import Store, store_columns, store_in
from models.commands.command import command_id
from models.tables.commands import CommandRow
from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.commands import DECIDED, CommandOutcome
from models.vocabulary.procedure import Id, Sha256
from models.vocabulary.refusal import Refusal

FORMS = ("multipart/", "application/x-www-form-urlencoded")


class RequestKey(Model):
    """Which command this request is: `id` from the account and the key, `sha256` of what was sent."""

    key: str
    id: Id
    sha256: Sha256

    def derived(self, prefix: str) -> Id:
        """An id for what the command creates: the same when the command is sent again."""
        return f"{prefix}-{self.id[1:17]}"


async def request_key(
    request: Request,
    response: Response,
    caller: AnyCaller,
    given: Annotated[
        str | None,
        Header(
            alias=KEY_HEADER,
            pattern=r"^[\x21-\x7e]{1,200}$",
            description="Chosen by the client, one per intent. Send it again to repeat a request safely; "
            "made by the server (and returned) when absent.",
            examples=["0d5ae2a3-6c7e-4d3c-9a42-7a2f5d1f1c11"],
        ),
    ] = None,
) -> RequestKey:
    """The key of the request; the answer carries it back."""
    key = given or uuid4().hex
    response.headers[KEY_HEADER] = key
    what = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    if request.url.query:
        what.update(f"{request.url.query}\n".encode())
    if request.headers.get("content-type", "").lower().startswith(FORMS):
        await _add_fields(what, await request.form())
    else:
        what.update(await request.body())
    return RequestKey(key=key, id=command_id(caller.account, key), sha256=what.hexdigest())


async def _add_fields(what: "hashlib._Hash", form: FormData) -> None:
    """Fields, names of files and what is in them: a form's own bytes differ each time it is sent."""
    for name, value in form.multi_items():
        file = isinstance(value, UploadFile)
        content = await value.read() if isinstance(value, UploadFile) else value.encode()
        given = (value.filename or "") if isinstance(value, UploadFile) else ""
        digest = hashlib.sha256(content).hexdigest()
        what.update(json.dumps([name, file, given, digest]).encode() + b"\n")
        if isinstance(value, UploadFile):
            await value.seek(0)


Key = Annotated[RequestKey, Depends(request_key)]


class Claimed(NamedTuple):
    """The row of a command; and of one that is new, the database as it was then, where that was asked."""

    row: CommandRow
    store: Store | None = None


async def claim(
    session: AsyncSession, key: RequestKey, name: str, actor: Actor, number: Id | None, now: datetime
) -> CommandRow:
    """The row of this command: a new pending one, or the one of the same request before.

    A simultaneous twin waits here until the first has committed. Raises Failed: 409 (key_reused) when the
    key was used for something else; as `may_speak` does.
    """
    await may_speak(session, actor, now)
    fresh = _fresh(key, name, actor, number, now).returning(CommandRow)
    row = (await session.exec(fresh)).scalar_one_or_none()
    return _same(key, name, row or await _before(session, key))


async def claim_at_once(
    session: AsyncSession,
    key: RequestKey,
    name: str,
    actor: Actor,
    to: Addressed[Any],
    now: datetime,
    texts: Referred,
    refusals: tuple[Refusal, ...] = (),
) -> Claimed:
    """The same with its texts and, where it is refused already, with why; all in one statement.

    Who may speak was asked before. Raises Failed (409, key_reused).
    """
    fresh = _fresh(key, name, actor, to.mark, now)
    if refusals:
        fresh = fresh.values(refused(refusals))
    new = fresh.returning(*table_of(CommandRow).columns).cte("claimed")
    found = select(aliased(CommandRow, new), *store_columns(to.workflow_id))
    for place, kept in enumerate(texts.kept(to.mark, now, exists().select_from(new))):
        found = found.add_cte(kept.cte(f"text_{place}"))
    row = (await session.exec(found)).first()
    if row is None:
        return Claimed(_same(key, name, await _before(session, key)))
    claimed, started, made, listed = row
    return Claimed(claimed, store_in(started, made, listed))


def refused(refusals: tuple[Refusal, ...]) -> dict[str, object]:
    """What the row of a refused command says."""
    return {
        "outcome": CommandOutcome.REFUSED.value,
        "code": refusals[0].code,
        "rule": refusals[0].rule,
        "answer": {"refusals": [refusal.model_dump(mode="json") for refusal in refusals]},
    }


async def may_speak(session: AsyncSession, actor: Actor, now: datetime) -> None:
    """Raises Failed (422) when the act an author speaks by is yet to come (authority_in_future), or is of a
    body unknown that day (organisation_unknown)."""
    today = local_day(now)
    authority_has_come(actor, today)
    await authority_is_known(session, actor, today)


def _fresh(key: RequestKey, name: str, actor: Actor, number: Id | None, now: datetime) -> Insert:
    fresh = insert(CommandRow).values(
        id=key.id,
        number=number,
        name=name,
        actor=actor.model_dump(mode="json"),
        request_sha256=key.sha256,
        outcome=CommandOutcome.PENDING.value,
        code="",
        rule="",
        at=now,
        trace=traceparent(),
    )
    return fresh.on_conflict_do_nothing(index_elements=["id"])


async def _before(session: AsyncSession, key: RequestKey) -> CommandRow:
    return (await session.exec(select(CommandRow).where(CommandRow.id == key.id).with_for_update())).one()


def _same(key: RequestKey, name: str, row: CommandRow) -> CommandRow:
    if row.request_sha256 != key.sha256 or row.name != name:
        raise conflict(ProblemCode.KEY_REUSED)
    return row


def is_decided(row: CommandRow) -> bool:
    """Whether a command was answered for good; any other is sent (again) under its id."""
    return row.outcome in DECIDED


def status_of_refusal(name: str) -> HTTPStatus:
    """409 where the monitoring as it stands forbids it; a refused start concerns what was sent: 422."""
    start = name == "start_monitoring"
    return HTTPStatus.UNPROCESSABLE_ENTITY if start else HTTPStatus.CONFLICT

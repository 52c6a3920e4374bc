"""The feed of events: what happened, for programs, in the order of recording and without a gap."""

import asyncio
from datetime import datetime
from time import monotonic
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter

from activities.feed.readers import FeedReader
from activities.feed.reading import BEGINNING, Asked, Batch, position_before, read_events
from activities.registries.local_day import local_day
from api.access.auth import Caller
from api.access.reads import note_read
from api.access.routing import account_router, permit_account
from api.http.conditional import CONDITIONAL, conditional
from api.http.deps import Now, Session
from api.http.pagination import Cursor, Limit, encode_cursor, id_before
from api.problems.problem import documented
from api.services.services import AnyServices, Services
from models.timeline.cloud_events import CloudEvent, EventTypeName
from models.vocabulary.access import Action
from models.vocabulary.procedure import Mark

router = account_router("events")
MEDIA_TYPE: Final = "application/cloudevents-batch+json"
LONGEST_WAIT: Final = 25
"""Seconds; shorter than proxies keep an idle connection."""
LOOK_EVERY_SECONDS: Final = 1.0
_EVENTS: Final = TypeAdapter(tuple[CloudEvent, ...])


class EventsAsked(BaseModel):
    """Which events. Without a cursor from the first one, or from `since` on."""

    type: set[EventTypeName] = Field(
        default_factory=set, max_length=100, description="Of these types only; may be repeated."
    )
    mark: Mark | None = Field(default=None, description="Of one proceeding only.")
    since: AwareDatetime | None = Field(
        default=None, description="Recorded at or after this instant; for whoever has no cursor yet."
    )
    wait: int = Field(
        default=0, ge=0, le=LONGEST_WAIT, description="Seconds to wait for an event where there is none."
    )
    limit: Limit = 100
    cursor: Cursor = None


class CloudEventsResponse(Response):
    """A batch in the JSON format of CloudEvents."""

    media_type = MEDIA_TYPE


_ANSWER: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "A batch of CloudEvents 1.0, which may be empty. Read on at `Link` (`rel=next`).",
        "model": tuple[CloudEvent, ...],
        "headers": {"Link": {"description": "The address to read on at.", "schema": {"type": "string"}}},
    }
}


@router.get("/events", response_class=CloudEventsResponse, responses=_ANSWER | CONDITIONAL | documented(429))
async def list_events(
    caller: Annotated[Caller, permit_account(Action.READ_EVENTS)],
    request: Request,
    services: AnyServices,
    session: Session,
    now: Now,
    asked: Annotated[EventsAsked, Query()],
) -> Response:
    """What happened in the proceedings the caller may read, in the order of recording, and without a gap.

    Read on at the address of `Link`, also after an empty batch: nothing is skipped and nothing comes twice.
    An event tells its type, its proceeding and its place in that; the rest is read with rights of one's own.
    With `wait` the answer waits for an event so many seconds.
    """
    await session.commit()  # whoever waits holds no connection
    batch = await _batch(services, caller, asked, now)
    if batch.events:
        note_read(session, request, caller, asked.mark, now)
    body = _EVENTS.dump_json(tuple(each.event for each in batch.events))
    response = CloudEventsResponse(body)
    response.headers["Link"] = f'<{_further(request, batch.through)}>; rel="next"'
    response.headers["Cache-Control"] = "private, no-cache"
    return conditional(request, response, None, now)


async def _batch(services: Services, caller: Caller, asked: EventsAsked, now: datetime) -> Batch:
    reader = FeedReader(role=caller.role, organisation=caller.organisation, person=caller.person)
    wanted = Asked(after=await _after(services, asked), most=asked.limit, types=asked.type, mark=asked.mark)
    url, today = services.settings.public_url, local_day(now)
    until = monotonic() + asked.wait

    async def look() -> Batch:
        async with services.reads() as session:
            return await read_events(session, url, reader, wanted, today)

    batch = await look()
    if batch.events or not asked.wait:
        return batch
    with services.limits.waits.place(f"account/{caller.account}", "all"):
        while not batch.events and monotonic() < until:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            batch = await look()
    return batch


async def _after(services: Services, asked: EventsAsked) -> int:
    if asked.cursor is not None:
        return id_before(asked.cursor)
    if asked.since is None:
        return BEGINNING
    async with services.reads() as session:
        return await position_before(session, asked.since)


def _further(request: Request, through: int) -> str:
    """The same question, from where this answer ends."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in _REPLACED]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', encode_cursor(str(through)))])}"


_REPLACED: Final = frozenset({"cursor", "since"})

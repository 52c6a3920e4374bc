"""What everybody may read, asked for again: «not modified» where the reader has it already (RFC 9110 §13)."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from pydantic import BaseModel

_SENT_AGAIN: Final = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Language")
# A change within the same second would have the same Last-Modified: until it has passed, none is told.
_SETTLED: Final = timedelta(seconds=2)


CONDITIONAL: Final[dict[int | str, dict[str, object]]] = {
    HTTPStatus.NOT_MODIFIED.value: {"description": "As the caller has it already (`If-None-Match`)."}
}


def as_json(view: BaseModel) -> Response:
    """A view as the body of an answer, to be hashed."""
    return Response(view.model_dump_json(), media_type="application/json")


def conditional(request: Request, response: Response, changed: datetime | None, now: datetime) -> Response:
    """The answer with its ETag, or 304 without a body. `changed` and `now` are instants (UTC).

    The tag is of the very bytes, so that it also tells a new name in a registry, or a new wording of ours.
    It is asked first; the time alone decides only for those who send no tag.
    """
    headers = response.headers
    headers.setdefault("ETag", f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"')
    headers.setdefault("Cache-Control", "public, no-cache")
    headers.setdefault("Vary", "Accept-Language")
    if changed is not None and now - changed >= _SETTLED:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if not _is_known(request, headers["ETag"], headers.get("Last-Modified")):
        return response
    kept = {name: headers[name] for name in _SENT_AGAIN if name in headers}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)


def _is_known(request: Request, tag: str, modified: str | None) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        tags = {each.strip().removeprefix("W/") for each in asked.split(",")}
        return "*" in tags or tag in tags
    since = request.headers.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # no date of HTTP, or one without a zone
        return False

"""What everybody may read, asked for again: «not modified» where the reader has it already (RFC 9110 §13)."""

import gzip
import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from pydantic import BaseModel

_ZIPPED_FROM: Final = 1_000  # bytes: less than that gains nothing
_EFFORT: Final = 6  # of 9: the last per cents take as long as all others
_TEXTS: Final = ("text/", "application/json", "application/atom+xml", "application/feed+json")
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
    It is asked first; the time alone decides only for those who send no tag. A text leaves compressed to
    those who read that, under a tag of its own: it holds no secret that its length could give away.
    """
    zips = _is_long_text(response)
    headers = response.headers
    headers.setdefault("ETag", f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"')
    headers.setdefault("Cache-Control", "public, no-cache")
    headers.setdefault("Vary", "Accept-Language, Accept-Encoding" if zips else "Accept-Language")
    if zipped := zips and _reads_gzip(request):
        headers["ETag"] = headers["ETag"].removesuffix('"') + '-gzip"'
    if changed is not None and now - changed >= _SETTLED:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if not _is_known(request, headers["ETag"], headers.get("Last-Modified")):
        return _zipped(response) if zipped else response
    kept = {name: headers[name] for name in _SENT_AGAIN if name in headers}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)


def compressed(request: Request, response: Response) -> Response:
    """A page for one reader, as it is sent: a list, with no form in it that is sent, so no key of one.

    A browser that another site leads here brings no session (`SameSite=Strict`), so nobody else can try what
    its length gives away.
    """
    if not _is_long_text(response):
        return response
    response.headers.add_vary_header("Accept-Encoding")
    return _zipped(response) if _reads_gzip(request) else response


def _is_long_text(response: Response) -> bool:
    said = response.headers.get("Content-Type", "")
    return len(response.body) >= _ZIPPED_FROM and said.startswith(_TEXTS)


def _reads_gzip(request: Request) -> bool:
    """Whether gzip is among the encodings that are asked for, and not refused by a weight of nothing."""
    for each in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = each.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False


def _zipped(response: Response) -> Response:
    """The same bytes, compressed; the same at any time, as their tag is."""
    body = gzip.compress(bytes(response.body), _EFFORT, mtime=0)
    response.body = body
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    return response


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

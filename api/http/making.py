"""Files that take a while: sent when their turn has come, or made meanwhile and fetched (RFC 7240)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Annotated, Final

from fastapi import Header
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask

from api.http.downloads import content_disposition
from api.http.problems import failure_of
from api.problems.problem import ProblemCode, unavailable
from api.services.made import Made, Making
from api.services.services import Services
from api.services.works import Work, WorkState
from models.vocabulary.procedure import Id

PREFIX: Final = "/api/v1/works"
_CHUNK: Final = 256 * 1024
_LOOK_AGAIN_SECONDS: Final = 2
_RETRY_SECONDS: Final = 30

Prefer = Annotated[
    str | None,
    Header(
        max_length=200,
        description="`respond-async`: answer 202 at once; the file is made meanwhile and fetched from "
        "`Location`. Without it the answer waits for its turn.",
        examples=["respond-async"],
    ),
]


class WorkView(BaseModel):
    """A file that is being made for the caller. It is kept for a quarter of an hour, and fetched once."""

    id: Id
    state: WorkState
    ahead: int = Field(description="How many files are made before it.")
    href: str = Field(description="Where to look again.", examples=["/api/v1/works/0d5ae2a3"])
    file: str | None = Field(description="Where the file is, once it is made.")


WORK_RESPONSE: Final[dict[int | str, dict[str, object]]] = {
    HTTPStatus.ACCEPTED.value: {
        "description": "It is being made (`Prefer: respond-async`); `Location` is where to look.",
        "model": WorkView,
    }
}


async def answered(services: Services, account: Id, making: Making, prefer: str | None) -> Response:
    """The file itself, or where to look for it. Raises what making raises, TooMany; Failed (503)."""
    place = services.limits.works.place(f"account/{account}", "all/works")
    if prefer is not None and "respond-async" in prefer.lower():
        return _told(await services.works.begin(account, _or_failed(making), place))
    try:
        return sent(await services.turns.made(making, place))
    except TimeoutError:
        raise unavailable(ProblemCode.UNAVAILABLE, _RETRY_SECONDS) from None


def _or_failed(making: Making) -> Making:
    """What goes wrong is kept as what it means to whoever asked."""

    async def made() -> Made:
        try:
            return await making()
        except Exception as error:
            raise failure_of(error) from error

    return made


def view_of(work: Work) -> WorkView:
    """How a work stands."""
    href = f"{PREFIX}/{work.id}"
    file = f"{href}/file" if work.state is WorkState.READY else None
    return WorkView(id=work.id, state=work.state, ahead=work.ahead, href=href, file=file)


def _told(work: Work) -> Response:
    view = view_of(work)
    headers = {
        "Location": view.href,
        "Retry-After": str(_LOOK_AGAIN_SECONDS),
        "Preference-Applied": "respond-async",
        "Cache-Control": "no-store",
    }
    return JSONResponse(view.model_dump(mode="json"), HTTPStatus.ACCEPTED, headers)


def sent(made: Made) -> Response:
    """The file as an attachment; closed when it was sent."""
    headers = {
        "Content-Disposition": content_disposition(made.name),
        "Content-Length": str(made.size),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(
        _chunks(made.file),
        media_type=made.media_type,
        headers=headers,
        background=BackgroundTask(made.file.close),
    )


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk

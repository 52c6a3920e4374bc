"""What people send: parsed strictly. Unknown fields are refused at every depth, dates are bounded."""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Request
from fastapi._compat import ModelField
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import Cookie, Header, Path
from fastapi.routing import APIRoute
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from models.report.content import Title
from models.vocabulary.actors import Authority
from models.vocabulary.texts import LongText, ShortText, clean, kept, says_something, visible

KEY_HEADER = "Idempotency-Key"
_BODIES: Final[dict[Callable[..., Any], TypeAdapter[object] | None]] = {}
_WORDS: Final[dict[Callable[..., Any], frozenset[str]]] = {}
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


def _bounded(day: date) -> date:
    """Working days are counted day by day: a date in the year 9999 would keep a worker busy for minutes."""
    if not EARLIEST <= day <= LATEST:
        raise PydanticCustomError(
            "date_bounds",
            "a date between {earliest} and {latest}",
            {"earliest": EARLIEST.isoformat(), "latest": LATEST.isoformat()},
        )
    return day


def _stated(text: str) -> str:
    if not visible(text):
        raise PydanticCustomError("text_blank", "this text must not be blank")
    if not says_something(text):
        raise PydanticCustomError("text_says_nothing", "this text must have a letter or a figure")
    return text


def _given(title: Title) -> Title:
    if not title.given():
        raise PydanticCustomError("title_missing", "a title is given in at least one language")
    return title


Day = Annotated[date, AfterValidator(_bounded), Field(examples=["2026-11-23"])]
Text = Annotated[LongText, Field(min_length=1, examples=["Қосымша деректер қажет."]), AfterValidator(_stated)]
Line = Annotated[ShortText, Field(min_length=1, examples=["№ 12-ө"]), AfterValidator(_stated)]
GivenTitle = Annotated[Title, AfterValidator(_given)]
SearchText = Annotated[str, Field(max_length=200), BeforeValidator(clean)]


def cut_to(length: int) -> BeforeValidator:
    """For what stands in a page's address: what is longer was copied wrongly, and is answered as that."""
    return BeforeValidator(lambda given: given[:length] if isinstance(given, str) else given)


class RequestBody(BaseModel):
    """The base of every request body."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CommandBody(RequestBody):
    """A command's body. `on_behalf` says for whom and by which act somebody speaks for another body."""

    on_behalf: Authority | None = Field(
        default=None,
        description="For whom the caller acts and by which act, e.g. recording a reply that came on paper.",
        examples=[{"organisation": "akimat-sary", "act": "letter 03-12/418", "dated": "2026-11-20"}],
    )


def _unkept(sent: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where texts stand that cannot be kept."""
    if isinstance(sent, str):
        if not kept(unicodedata.normalize("NFC", sent.replace("\r\n", "\n"))):
            yield place
    elif isinstance(sent, dict):
        for name, value in sent.items():
            yield from _unkept(value, (*place, name))
    elif isinstance(sent, list):
        for index, value in enumerate(sent):
            yield from _unkept(value, (*place, index))


async def known_fields_only(request: Request) -> None:
    """A dependency of every route: a field that no model knows is refused, not dropped, at any depth, and a
    word of the address that the route does not know: a list would be shown whole that was to be narrowed.
    So is a text with what cannot be kept (`models.vocabulary.texts.kept`).

    The models of the procedure ignore unknown fields so that old journals can be read; people's typing
    mistakes are another matter.
    """
    route = request.scope.get("route")
    if isinstance(route, APIRoute) and request.query_params:
        _refuse_unknown_words(route, request.query_params)
    body = _body_of(route) if isinstance(route, APIRoute) else None
    if body is None or not request.headers.get("content-type", "").startswith("application/json"):
        return
    try:
        sent = json.loads(await request.body())
        wrong = [{"type": "text_controls", "loc": ("body", *place)} for place in _unkept(sent)]
    except (ValueError, RecursionError):
        return  # FastAPI has answered or will answer that it is not JSON
    if wrong:
        raise RequestValidationError(wrong)
    try:
        body.validate_python(sent, extra="forbid")
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        unknown = [{**e, "loc": ("body", *e["loc"])} for e in found if e["type"] == "extra_forbidden"]
        if unknown:
            raise RequestValidationError(unknown) from None


def _refuse_unknown_words(route: APIRoute, given: Mapping[str, str]) -> None:
    """Raises RequestValidationError with each word of the address that the route does not know."""
    if route.endpoint not in _WORDS:
        asked = get_flat_params(route.dependant)  # a field of a model of words is no `Query` itself
        elsewhere = Path, Header, Cookie
        _WORDS[route.endpoint] = frozenset(f.alias for f in asked if not isinstance(f.field_info, elsewhere))
    unknown = [name for name in given if name not in _WORDS[route.endpoint]]
    if unknown:
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown]
        )


def _body_of(route: APIRoute) -> TypeAdapter[object] | None:
    """What a route reads. To make that costs more than to use it, so it is made once."""
    if route.endpoint not in _BODIES:
        _BODIES[route.endpoint] = _whole(route.body_field)
    return _BODIES[route.endpoint]


def _whole(field: ModelField | None) -> TypeAdapter[object] | None:
    """With the discriminator, where there is one."""
    if field is None or field.field_info.annotation is None:
        return None
    whole = Annotated[field.field_info.annotation, field.field_info]  # type: ignore[name-defined]
    return TypeAdapter[object](whole)

"""How exceptions become problems: one renderer, sentences of the catalogues, nothing personal in the log."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, IntegrityError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from activities.observing.codes import LogCode
from activities.observing.logs import Log, place_of
from activities.registries.not_ready import RegistryNotReady
from api.http.languages import language_of
from api.http.refused_names import names_in
from api.problems.away import AWAY
from api.problems.fields import field_fault, worded_fault
from api.problems.problem import (
    MEDIA_TYPE,
    TYPE_PREFIX,
    Failed,
    Pointer,
    Problem,
    ProblemCode,
    Reason,
    too_many,
    unavailable,
)
from api.problems.wording import NOTHING_NAMED, worded
from api.services.limits import TooMany
from api.services.services import services
from locales.catalogue import has_text, text
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refusal, Refused

LOG = Log("api")
RETRY_SECONDS = 3


def sentence(language: Language, refusal: Refusal, names: Mapping[str, str] = NOTHING_NAMED) -> str:
    """A refusal in words: the API's own (`problem.<code>`), a rule's (`refused.<code>`), or a plain one."""
    for key in (f"problem.{refusal.code}", f"refused.{refusal.code}"):
        if has_text(language, key):
            return worded(language, key, refusal.params, names)
    return text(language, "problem.refused", code=refusal.code)


def reasons_of(
    refusals: Iterable[Refusal], language: Language, names: Mapping[str, str] = NOTHING_NAMED
) -> tuple[Reason, ...]:
    """Refusals, or warnings of the same form, each with its sentence."""
    return tuple(
        Reason(code=r.code, rule=r.rule, detail=sentence(language, r, names), params=r.params)
        for r in refusals
    )


def problem_of(failed: Failed, language: Language, names: Mapping[str, str] = NOTHING_NAMED) -> Problem:
    """The body of a problem."""
    first, *_ = failed.refusals
    reasons = reasons_of(failed.refusals, language, names)
    faults = tuple(Pointer(pointer=f.pointer, detail=worded_fault(language, f, names)) for f in failed.faults)
    return Problem(
        type=f"{TYPE_PREFIX}{first.code}",
        title=text(language, f"problem.title.{failed.status.value}"),
        status=failed.status.value,
        code=first.code,
        rule=first.rule,
        detail=reasons[0].detail,
        problems=reasons if len(reasons) > 1 else (),
        errors=faults,
        instance=failed.instance,
    )


def render(failed: Failed, language: Language, names: Mapping[str, str] = NOTHING_NAMED) -> Response:
    """The response of a problem."""
    plain = problem_of(failed, language, names).model_dump(mode="json", exclude_none=True)
    # What was sent may hold lone surrogates; an answer about it must still be UTF-8.
    body = json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace")
    headers = {"Content-Language": language.value, "Cache-Control": "no-store", **failed.headers}
    return Response(body, failed.status.value, headers, MEDIA_TYPE)


def failure_of(error: Exception) -> Failed:
    """What an exception means to the caller; anything unforeseen is logged under an id and becomes a 500."""
    match error:
        case Failed():
            return error
        case Refused() | RegistryNotReady() | TooMany():
            return _of_procedure(error)
        case RequestValidationError():
            return _invalid_fields(error.errors())
        case HTTPException():
            return _http(error)
    return _of_database(error) or _unforeseen(error)


def _of_procedure(error: Refused | RegistryNotReady | TooMany) -> Failed:
    """A rule that refuses what was sent, a registry that has nothing for rules to rest on, a limit."""
    if isinstance(error, TooMany):
        return too_many(error.retry_after)
    if isinstance(error, Refused):
        return Failed(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, refusals=error.refusals)
    params = {"registry": error.registry}
    return Failed(HTTPStatus.CONFLICT, ProblemCode.REGISTRY_NOT_READY, params=params)


def _of_database(error: Exception) -> Failed | None:
    """What was sent does not fit, contradicts what is there, or the database is away."""
    match error:
        case DataError():
            return Failed(HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.INVALID)
        case IntegrityError():
            return Failed(HTTPStatus.CONFLICT, ProblemCode.CONFLICTING_RECORD)
    if isinstance(error, AWAY):
        LOG.warning(LogCode.DATABASE_AWAY, fault=type(error).__name__)
        return unavailable(ProblemCode.UNAVAILABLE, RETRY_SECONDS)
    return None


def install(app: FastAPI) -> None:
    """Register the renderer for every exception FastAPI would answer in its own way."""

    async def answer(request: Request, error: Exception) -> Response:
        failed, language = failure_of(error), language_of(request)
        return render(failed, language, await names_in(services(request), failed.refusals, language))

    for kind in (Failed, TooMany, Refused, RegistryNotReady, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)


def _invalid_fields(errors: Sequence[dict[str, object]]) -> Failed:
    if any(error["type"] == "json_invalid" for error in errors):
        return Failed(HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.MALFORMED)
    faults = tuple(field_fault(error) for error in errors)
    return Failed(HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.INVALID, faults=faults)


def _http(error: HTTPException) -> Failed:
    """What FastAPI and Starlette raise; a failure while the body was read is told as what it was."""
    if isinstance(error.__cause__, Failed | TooMany):
        return failure_of(error.__cause__)
    codes = {
        404: ProblemCode.NOT_FOUND,
        405: ProblemCode.METHOD_NOT_ALLOWED,
        413: ProblemCode.TOO_LARGE,
    }
    code = codes.get(error.status_code, ProblemCode.MALFORMED)
    return Failed(HTTPStatus(error.status_code), code, headers=error.headers)


def _unforeseen(error: Exception) -> Failed:
    """The message of an exception may quote what people typed, so the log gets its type and place only."""
    instance = uuid4().hex
    LOG.error(LogCode.INTERNAL_ERROR, instance=instance, fault=type(error).__name__, place=place_of(error))
    return Failed(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        ProblemCode.INTERNAL,
        instance=f"urn:uuid:{instance}",
        params={"id": instance},
    )

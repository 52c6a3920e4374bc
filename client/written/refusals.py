"""What the API says no with, as exceptions: an answer of RFC 9457, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import httpx

MEDIA_TYPE: Final = "application/problem+json"
LATER: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


@dataclass(frozen=True)
class Reason:
    """One of several reasons for a refusal."""

    code: str
    rule: str
    detail: str
    params: Mapping[str, str]


@dataclass(frozen=True)
class WrongField:
    """A JSON pointer into what was sent, or the name of a parameter; and what is wrong with it."""

    pointer: str
    detail: str


class ApiProblem(Exception):
    """The API answered with a problem. `code` is for programs, `detail` for people, `rule` the paragraph."""

    def __init__(self, response: httpx.Response) -> None:
        told = response.json()
        self.status = response.status_code
        self.code: str = told["code"]
        self.rule: str = told.get("rule", "")
        self.title: str = told["title"]
        self.detail: str = told["detail"]
        self.reasons = tuple(
            Reason(each["code"], each.get("rule", ""), each["detail"], each.get("params", {}))
            for each in told.get("problems", ())
        )
        self.fields = tuple(WrongField(each["pointer"], each["detail"]) for each in told.get("errors", ()))
        self.request_id: str | None = response.headers.get("X-Request-ID")
        """By which an operator finds in the logs what became of the request."""
        self.idempotency_key: str | None = response.request.headers.get("Idempotency-Key")
        """The key it was sent with: under it the same request may be sent again later."""
        super().__init__(f"{self.status} {self.code}{self.rule and f' (rule {self.rule})'}: {self.detail}")


class Refused(ApiProblem):
    """What was asked may not be done, cannot be done as things stand, or was asked wrongly (4xx)."""


class NotNow(ApiProblem):
    """Nothing is half done: the same request is to be sent again later (429, 503). Patience has ended."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response)
        self.retry_after: str | None = response.headers.get("Retry-After")


def raise_problem(response: httpx.Response) -> None:
    """Raise what the answer refuses with, if it does. As a hook of httpx, before anybody reads the answer."""
    if _is_problem(response):
        response.read()
        raise _problem(response)


async def raise_problem_async(response: httpx.Response) -> None:
    """The same of an answer that is awaited."""
    if _is_problem(response):
        await response.aread()
        raise _problem(response)


def _is_problem(response: httpx.Response) -> bool:
    kind: str = response.headers.get("Content-Type", "")
    return response.is_error and kind.partition(";")[0].strip() == MEDIA_TYPE


def _problem(response: httpx.Response) -> ApiProblem:
    if response.status_code in LATER:
        return NotNow(response)
    return Refused(response) if response.is_client_error else ApiProblem(response)

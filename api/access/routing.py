"""The few words every route file is written with."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from api.access.policy import Access, AccountPolicy, MonitoringPolicy, PublicPolicy
from api.http.deps import each_by_itself
from api.problems.problem import documented
from models.vocabulary.access import Action

COMMAND = documented(409, 503)
"""What a command may be answered with besides the usual."""

EDIT = documented(409, 412, 428)
"""What an edit of content may be answered with besides the usual."""

CREATED = HTTPStatus.CREATED


def permit(*actions: Action) -> Any:
    """Only for callers who may do one of these with the monitoring in the path."""
    return Depends(MonitoringPolicy(*actions))


def edits() -> Any:
    """Only for callers who may write content of the monitoring in the path: by one statement each time."""
    policy = MonitoringPolicy(Action.WRITE_CONTENT)

    async def editor(
        _: Annotated[None, Depends(each_by_itself)], access: Annotated[Access, Depends(policy)]
    ) -> Access:
        return access

    return Depends(editor)


def permit_account(action: Action) -> Any:
    """Only for accounts whose role may do this, whatever the monitoring."""
    return Depends(AccountPolicy(action))


def public() -> Any:
    """For everybody."""
    return Depends(PublicPolicy())


def monitoring_router(tag: str) -> APIRouter:
    """A group of routes about one monitoring."""
    return APIRouter(prefix="/monitorings/{number}", tags=[tag], responses=documented(401, 403, 404, 422))


def account_router(
    tag: str, prefix: str = "", more: dict[int | str, dict[str, object]] | None = None
) -> APIRouter:
    """A group of routes that need an account and concern no one monitoring."""
    return APIRouter(prefix=prefix, tags=[tag], responses=documented(401, 403, 422) | (more or {}))

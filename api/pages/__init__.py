"""Pages for people: what a letter's link opens, and what everybody may read.

Server-rendered, without a script; the one exception is `/docs`.
"""

from fastapi import APIRouter

from api.pages import (
    assets,
    calendar,
    checking,
    consolidation,
    desk,
    docs,
    history,
    keys,
    letters,
    membership,
    papers,
    public,
    sign_in,
    workplace,
)

router = APIRouter(include_in_schema=False)
for part in (
    letters,
    membership,
    papers,
    public,
    checking,
    calendar,
    keys,
    sign_in,
    history,
    desk,
    consolidation,
    workplace,
    docs,
    assets,
):
    router.include_router(part.router)

__all__ = ["router"]

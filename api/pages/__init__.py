"""Pages for people: what a letter's link opens, and what everybody may read. Server-rendered, no script."""

from fastapi import APIRouter

from api.pages import assets, checking, history, letters, membership, papers, public, sign_in, workplace

router = APIRouter(include_in_schema=False)
for part in (letters, membership, papers, public, checking, sign_in, history, workplace, assets):
    router.include_router(part.router)

__all__ = ["router"]

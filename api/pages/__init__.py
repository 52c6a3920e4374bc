"""Pages for people: what a letter's link opens, and what everybody may read.

Server-rendered, without a script; the one exception is `/docs`.
"""

from fastapi import APIRouter

from api.pages import desk
from api.pages import workplace as work
from api.pages.history import routes as history
from api.pages.links import membership, papers
from api.pages.links import pages as letters
from api.pages.public import bulk, calendar, checking, feeds, figures, keys, rules
from api.pages.public import reports as public
from api.pages.register import page as consolidation
from api.pages.registries import routes as registries
from api.pages.sign_in import by_link, by_provider, entering
from api.pages.site import assets, docs
from api.pages.staff import workplace

router = APIRouter(include_in_schema=False)
for part in (
    letters,
    membership,
    papers,
    feeds,
    figures,
    bulk,
    public,
    checking,
    calendar,
    keys,
    rules,
    entering,
    by_link,
    by_provider,
    history,
    desk,
    work,
    consolidation,
    registries,
    workplace,
    docs,
    assets,
):
    router.include_router(part.router)

__all__ = ["router"]

"""Pages for people: what a letter's link opens, and what everybody may read.

Server-rendered, without a script; the one exception is `/docs`.
"""

from typing import Final

from fastapi import FastAPI

from api.http.branches import Branch
from api.pages import desk
from api.pages import workplace as work
from api.pages.history import routes as history
from api.pages.links import membership, papers, reply_paper
from api.pages.links import pages as letters
from api.pages.links.long_reply import pages as long_replies
from api.pages.public import alerts, bulk, calendar, checking, feeds, figures, keys, rules
from api.pages.public import reports as public
from api.pages.register import page as consolidation
from api.pages.registries import routes as registries
from api.pages.sign_in import by_link, by_provider, entering
from api.pages.site import assets, docs
from api.pages.staff import workplace

ROUTERS: Final[tuple[Branch, ...]] = (
    letters.router,
    long_replies.router,
    membership.router,
    papers.router,
    reply_paper.router,
    feeds.router,
    figures.router,
    bulk.router,
    alerts.router,  # before the page of any number
    public.router,
    checking.router,
    calendar.router,
    keys.router,
    rules.router,
    entering.router,
    by_link.router,
    by_provider.router,
    history.router,
    *desk.ROUTERS,
    *work.ROUTERS,
    consolidation.router,
    *registries.ROUTERS,
    workplace.router,
    docs.router,
    assets.router,
)


def open_on(app: FastAPI) -> None:
    """All pages, side by side: whoever asks for something else passes them by in one look."""
    whole = Branch()
    for router in ROUTERS:
        whole.include_router(router)
    app.include_router(whole, include_in_schema=False)


__all__ = ["ROUTERS", "open_on"]

"""What is published, that which changed last first, for programs that look again: Atom and JSON Feed."""

from datetime import datetime, time
from typing import Final

from fastapi import Request, Response
from pydantic import BaseModel

from activities.published.listed import ListedReport
from api.access.routing import public
from api.http.conditional import conditional
from api.http.deps import Now, Session, Today
from api.pages.public.published import newest_changes
from api.pages.site.rendering import html
from api.pages.site.routing import Reads, page_router, readers_language
from api.services.services import AnyServices
from api.views.lists import last_change
from locales.catalogue import text
from locales.terms import term
from models.calendar.country import COUNTRY
from models.vocabulary.procedure import Language
from models.vocabulary.texts import writable

router = page_router()
_JSON_FEED: Final = "https://jsonfeed.org/version/1.1"


class Author(BaseModel):
    """Whoever conducted it."""

    name: str


class FeedItem(BaseModel):
    """One published report (JSON Feed 1.1, Items)."""

    id: str
    url: str
    title: str
    content_text: str
    date_published: datetime
    date_modified: datetime
    authors: tuple[Author, ...]
    language: Language


class Feed(BaseModel):
    """The feed as JSON Feed 1.1 has it."""

    version: str = _JSON_FEED
    title: str
    home_page_url: str
    feed_url: str
    language: Language
    items: tuple[FeedItem, ...]


@router.api_route("/public/feed.atom", methods=Reads, dependencies=[public()])
async def atom_feed(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """As Atom (RFC 4287)."""
    language = readers_language(request)
    reports = await newest_changes(session, language, today)
    atom = html(
        "public/feed.xml",
        language,
        base=services.settings.public_url.rstrip("/"),
        reports=reports,
        updated=reports[0].changed_at if reports else now,
    )
    sent = Response(writable(atom), media_type="application/atom+xml")
    return conditional(request, sent, await last_change(session), now)


@router.api_route("/public/feed.json", methods=Reads, dependencies=[public()])
async def json_feed(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """The same rows as a JSON feed."""
    language = readers_language(request)
    base = services.settings.public_url.rstrip("/")
    feed = Feed(
        title=text(language, "page.list.title"),
        home_page_url=f"{base}/public?lang={language.value}",
        feed_url=f"{base}/public/feed.json?lang={language.value}",
        language=language,
        items=tuple(
            _item(report, base, language) for report in await newest_changes(session, language, today)
        ),
    )
    sent = Response(feed.model_dump_json(), media_type="application/feed+json")
    return conditional(request, sent, await last_change(session), now)


def _item(report: ListedReport, base: str, language: Language) -> FeedItem:
    address = f"{base}/public/{report.number}"
    conductors = ", ".join(report.conductors)
    return FeedItem(
        id=address,
        url=f"{address}?lang={language.value}",
        title=report.title,
        content_text=f"№ {report.number} · {term(language, report.kind)} · {conductors}",
        date_published=datetime.combine(report.published_on, time(), COUNTRY),
        date_modified=report.changed_at,
        authors=tuple(Author(name=name) for name in report.conductors),
        language=language,
    )

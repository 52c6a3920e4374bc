"""The Rules for whoever reads them: each paragraph, what is enforced for it, how the edition is set."""

from datetime import date
from typing import Annotated

from fastapi import Path, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.editions import editions_known
from api.access.routing import public
from api.http.conditional import conditional
from api.http.deps import Now, Session, Today
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from locales.catalogue import text
from locales.terms_of_editions import reading_said
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition, edition_on
from models.vocabulary.paragraphs import ANNEX, PARAGRAPHS, Paragraph
from models.vocabulary.procedure import Language

router = page_router()
_NAMES = tuple(each.name for each in PARAGRAPHS)


class SwitchSaid(Model):
    """How an edition settles one thing that the text leaves open."""

    name: str
    value: str


class ParagraphSaid(Model):
    """A paragraph in the reader's language; `official` is the order's own Kazakh text."""

    name: str
    title: str
    chapter: int | None
    text: str
    official: str
    enforced: str
    switches: tuple[SwitchSaid, ...]


@router.api_route("/rules", methods=Reads, dependencies=[public()])
async def show_rules(request: Request, session: Session, today: Today, now: Now) -> Response:
    """All paragraphs, and which edition is in force."""
    language = readers_language(request)
    edition = await _edition(session, today)
    shown = page(
        "public/rules.html",
        language,
        here="/rules",
        paragraphs=tuple(_said(each, edition, language) for each in PARAGRAPHS),
        edition=edition,
    )
    return conditional(request, shown, None, now)


@router.api_route("/rules/{paragraph}", methods=Reads, dependencies=[public()])
async def show_paragraph(
    paragraph: Annotated[str, Path(max_length=10)],
    request: Request,
    session: Session,
    today: Today,
    now: Now,
) -> Response:
    """One paragraph, as it is cited by refusals and timelines: 1 to 21, or `annex`."""
    if paragraph not in _NAMES:
        raise Stopped(StopKind.NOT_FOUND)
    language, at = readers_language(request), _NAMES.index(paragraph)
    edition = await _edition(session, today)
    shown = page(
        "public/paragraph.html",
        language,
        here=f"/rules/{paragraph}",
        said=_said(PARAGRAPHS[at], edition, language),
        edition=edition,
        before=_NAMES[at - 1] if at else None,
        after=_NAMES[at + 1] if at + 1 < len(_NAMES) else None,
    )
    return conditional(request, shown, None, now)


async def _edition(session: AsyncSession, today: date) -> Edition | None:
    return edition_on(await editions_known(session), today)


def _said(paragraph: Paragraph, edition: Edition | None, language: Language) -> ParagraphSaid:
    name = paragraph.name
    title = (
        text(language, "rules.annex") if name == ANNEX else text(language, "rules.paragraph", paragraph=name)
    )
    return ParagraphSaid(
        name=name,
        title=title,
        chapter=paragraph.chapter,
        text=text(language, f"rules.text.{name}"),
        official=text(Language.KK, f"rules.text.{name}"),
        enforced=text(language, f"rules.enforced.{name}"),
        switches=_switches(paragraph, edition, language) if edition else (),
    )


def _switches(paragraph: Paragraph, edition: Edition, language: Language) -> tuple[SwitchSaid, ...]:
    settled = edition.switches
    return tuple(
        SwitchSaid(
            name=text(language, f"rules.switch.{each}"), value=reading_said(language, getattr(settled, each))
        )
        for each in paragraph.switches
    )

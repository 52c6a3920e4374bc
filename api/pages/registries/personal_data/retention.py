"""What of people is kept how long and why, what is due for erasure, and what was erased by which order."""

from typing import Final

from fastapi import Response
from sqlmodel import col, select

from activities.keepers.erasing import due_for_erasure
from api.pages.registries.lists import Cell, Table
from api.pages.registries.personal_data.home import PERSONAL_DATA, Overseeing
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from locales.catalogue import text
from locales.dates import say_date, say_instant
from locales.terms import term
from models.tables.erasures import ErasureRow
from models.vocabulary.procedure import Language
from models.vocabulary.retention import RETENTION, Held, Retention

router = page_router()
KEPT: Final = f"{PERSONAL_DATA}/retention"
_SHOWN: Final = ("held", "ending", "why", "due")
_ERASED: Final = ("at", "held", "count", "order")
_MOST: Final = 100


@router.api_route(KEPT, methods=Reads)
async def show_retention(sitting: Overseeing) -> Response:
    """All of it; of the log the newest."""
    language, session = sitting.language, sitting.session
    due = await due_for_erasure(session, sitting.now)
    log = await session.exec(select(ErasureRow).order_by(col(ErasureRow.id).desc()).limit(_MOST))
    return page(
        "personal_data/retention.html",
        language,
        here=KEPT,
        menu=sitting.menu,
        back=f"{PERSONAL_DATA}?lang={language.value}",
        kept=Table(columns=_SHOWN, rows=tuple(_row(each, due.get(each), language) for each in Held)),
        erased=Table(columns=_ERASED, rows=tuple(_told(each, language) for each in log)),
    )


def _row(held: Held, due: int | None, language: Language) -> tuple[Cell, ...]:
    return (
        Cell(said=term(language, held)),
        Cell(said=_ending(RETENTION[held], language)),
        Cell(said=text(language, f"page.personal_data.why.{held.value}")),
        Cell(said="—" if due is None else str(due)),
    )


def _ending(retention: Retention, language: Language) -> str:
    said = term(language, retention.ending)
    if retention.days is None:
        return said
    return text(language, "page.personal_data.retention.days", ending=said, days=retention.days)


def _told(row: ErasureRow, language: Language) -> tuple[Cell, ...]:
    known = set(Held)
    order = text(language, "page.personal_data.act", act=row.act, day=say_date(language, row.dated))
    return (
        Cell(said=say_instant(language, row.at)),
        Cell(said=term(language, Held(row.held)) if row.held in known else row.held),
        Cell(said=str(row.count)),
        Cell(said=order),
    )

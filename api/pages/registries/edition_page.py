"""Editions of the Rules: which is in force, since when, and by what each differs from the one before."""

from datetime import date

from fastapi import Response

from api.pages.forms.form import Line
from api.pages.registries.edition_form import difference_lines
from api.pages.registries.edition_questions import GROUPS
from api.pages.registries.lists import Cell, Reading, listed
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.routes.settings import list_editions
from locales.catalogue import plural, text
from locales.dates import say_date
from locales.terms_of_editions import term_named, term_said
from models.vocabulary.edition_terms import BETWEEN, LADDERS, SWITCHES, TIMES, differences, terms_of
from models.vocabulary.editions import Edition, edition_on
from models.vocabulary.procedure import Language

router = page_router()


@router.api_route("/staff/editions", methods=Reads)
async def editions(sitting: Reading) -> Response:
    """A monitoring keeps the one it was started under (rule 1); the newest first."""
    language = sitting.language
    known = await list_editions(sitting.caller, sitting.session)
    current = edition_on(known, sitting.today)
    rows = tuple(
        (
            Cell(said=each.id, address=f"/staff/editions/{each.id}"),
            Cell(said=f"№ {each.order_number}, {say_date(language, each.order_date)}"),
            Cell(said=say_date(language, each.in_force_from)),
            Cell(said=say_date(language, each.in_force_until) if each.in_force_until else "—"),
            Cell(said=_standing(language, each, current, sitting.today)),
            Cell(said=_differs(language, before, each)),
        )
        for before, each in reversed(tuple(zip((None, *known), known, strict=False)))
    )
    columns = ("edition", "order", "since", "until", "standing", "differs")
    return listed(sitting, "editions", columns, rows, "/staff/editions", ("edition",))


@router.api_route("/staff/editions/{about}", methods=Reads)
async def edition(sitting: Reading) -> Response:
    """All of its terms in words."""
    language = sitting.language
    known = await list_editions(sitting.caller, sitting.session)
    at = next((index for index, each in enumerate(known) if each.id == sitting.about), None)
    if at is None:
        raise Stopped(StopKind.NOT_FOUND)
    shown = known[at]
    current = edition_on(known, sitting.today)
    parts = [
        (text(language, f"page.registries.edition.group.{group}"), _terms(language, shown, group))
        for group in GROUPS
        if group in {SWITCHES, TIMES, LADDERS}
    ]
    if at:
        lines = difference_lines(language, known[at - 1], shown)
        parts.insert(0, (lines[0].heading, lines))
    return page(
        "registries/edition.html",
        language,
        here=f"/staff/editions/{sitting.about}",
        menu=sitting.menu,
        back=f"/staff/editions?lang={language.value}",
        edition=shown,
        in_force=current is not None and current.id == shown.id,
        parts=parts,
    )


def _standing(language: Language, each: Edition, current: Edition | None, today: date) -> str:
    if current is not None and each.id == current.id:
        key = "in_force"
    else:
        key = "to_come" if each.in_force_from > today else "former"
    return text(language, f"page.registries.edition.{key}")


def _differs(language: Language, before: Edition | None, each: Edition) -> str:
    if before is None:
        return "—"
    return plural(language, "page.registries.edition.differences", len(differences(before, each)))


def _terms(language: Language, shown: Edition, group: str) -> tuple[Line, ...]:
    return tuple(
        Line(label=term_named(language, name), value=term_said(language, name, value))
        for name, value in terms_of(shown).items()
        if name.partition(BETWEEN)[0] == group
    )

"""Registers as files on a schedule: the list, and of each how it stands, its log and its files."""

from typing import Annotated, Final

from fastapi import Path, Response

from api.access.reads import note_read
from api.pages.forms.form import Line as Said
from api.pages.registries.lists import Cell, Reading, Table, listed
from api.pages.registries.registry_form import RegistrySitting, row_about
from api.pages.registries.webhooks import accounts_said
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.problems.problem import Failed
from api.register.kept.schedules import fetches, kept_file, sees
from api.routes.file_schedules import (
    FileMaking,
    FileSchedule,
    file_sent,
    list_file_makings,
    list_file_schedules,
    view_of,
)
from locales.catalogue import text
from locales.dates import say_instant, say_size
from locales.terms import term
from models.tables.file_schedules import FileScheduleRow
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.procedure import Language

router = page_router()
HERE: Final = "/staff/file-schedules"
_SHOWN: Final = 50
_KEY: Final = "page.registries.file_schedule_page"


@router.api_route(HERE, methods=Reads)
async def file_schedules(sitting: Reading) -> Response:
    """By their labels: all of them for whoever keeps or audits, one's own for others."""
    rows = tuple(
        (
            Cell(said=each.label, address=f"{HERE}/{each.id}"),
            Cell(said=f"{term(sitting.language, each.subject)}, {term(sitting.language, each.format)}"),
            Cell(said=_rhythm(sitting.language, each)),
            Cell(said=_next(sitting.language, each)),
        )
        for each in await list_file_schedules(sitting.caller, sitting.session, sitting.now)
    )
    columns = ("schedule_label", "subject", "rhythm", "next_at")
    return listed(sitting, "file_schedules", columns, rows, HERE, ("new_file_schedule",))


@router.api_route(f"{HERE}/{{about}}", methods=Reads)
async def file_schedule(sitting: Reading) -> Response:
    """What is made, for whom, when next; and what came of the last makings."""
    language, row = sitting.language, await row_about(sitting, FileScheduleRow)
    if not sees(sitting.caller, row):
        raise Stopped(StopKind.NOT_FOUND)
    known = await view_of(sitting.session, row, sitting.now)
    log = await list_file_makings(row.id, sitting.caller, sitting.session, limit=_SHOWN)
    readers = await accounts_said(sitting, {row.reads_as})
    said = {
        "subject": term(language, known.subject),
        "format": term(language, known.format),
        "file_language": term(language, known.language),
        "rhythm": _rhythm(language, known),
        "keep": str(known.keep),
        "made_for": readers.get(row.reads_as, row.reads_as),
        "next_at": _next(language, known),
        "file_address": f"{sitting.services.settings.public_url.rstrip('/')}/api/v1/scheduled-files/{row.id}",
    }
    return page(
        "registries/file_schedule.html",
        language,
        here=f"{HERE}/{row.id}",
        menu=sitting.menu,
        back=f"{HERE}?lang={language.value}",
        title=row.label,
        lines=[
            Said(label=text(language, f"page.registries.field.{name}"), value=each)
            for name, each in said.items()
        ],
        change=f"{HERE}/{row.id}/change" if _keeps(sitting) else "",
        table=Table(
            columns=("planned_for", "made_at", "file_outcome", "kept_file"),
            rows=tuple(_told(sitting, row.id, each) for each in log.items),
        ),
        further=log.next_cursor is not None,
    )


@router.api_route(f"{HERE}/{{about}}/files/{{making}}", methods=Reads)
async def fetch_file(sitting: Reading, making: Annotated[int, Path(ge=1, le=2**62)]) -> Response:
    """The file of one making. Raises Stopped (404)."""
    try:
        row = await kept_file(sitting.session, sitting.caller, sitting.about, making, sitting.now)
    except Failed:
        raise Stopped(StopKind.NOT_FOUND) from None
    note_read(sitting.session, sitting.request, sitting.caller, None, sitting.now)
    return file_sent(sitting.request, row)


def _told(sitting: RegistrySitting, schedule: str, each: FileMaking) -> tuple[Cell, ...]:
    language = sitting.language
    file = f"{each.name} ({say_size(language, each.size)})" if each.name and each.size else "—"
    return (
        Cell(said=say_instant(language, each.planned_for)),
        Cell(said=say_instant(language, each.at)),
        Cell(said=term(language, each.outcome)),
        Cell(
            said=file,
            address=f"{HERE}/{schedule}/files/{each.id}"
            if each.there and fetches(sitting.caller, each.made_for)
            else "",
        ),
    )


def _rhythm(language: Language, each: FileSchedule) -> str:
    return text(language, f"{_KEY}.at", rhythm=term(language, each.rhythm), hour=f"{each.hour:02}:00")


def _next(language: Language, each: FileSchedule) -> str:
    return say_instant(language, each.next_at) if each.next_at else text(language, f"{_KEY}.stopped")


def _keeps(sitting: RegistrySitting) -> bool:
    return may(sitting.caller.role, Action.WRITE_REGISTRIES, Relation.NONE)

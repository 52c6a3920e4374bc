"""Incidents with personal data: what was reported of each, every version of it, and whose data it was."""

from collections.abc import Iterator
from typing import Final

from fastapi import Response

from activities.registries.local_day import local_day
from api.history.names import people_named
from api.http.making import answered
from api.pages.forms.form import Line
from api.pages.registries.lists import Cell, Table
from api.pages.registries.personal_data.home import PERSONAL_DATA, Overseeing
from api.pages.registries.personal_data.sheets import SheetKind, sheet
from api.pages.registries.registry_form import RegistrySitting
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.just_done import just_done
from api.pages.workplace.turning import turned
from api.problems.problem import Failed
from api.routes.incidents import IncidentReport, IncidentView, Told, list_incidents, read_incident
from api.services.made import Made
from api.sheets import table as sheets
from api.views.affected import persons_affected
from locales.catalogue import text
from locales.dates import say_date, say_instant
from locales.terms import term
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.personal_data import PersonalData
from models.vocabulary.procedure import Language

router = page_router()
INCIDENTS: Final = f"{PERSONAL_DATA}/incidents"
_SHOWN: Final = ("noticed", "happened", "data", "told")
_IN_FILE: Final = ("person", "email", "number", "data")
_SHORT: Final = 120


class Version(Model):
    """One version as it is read: its lines, who wrote it when, and why it was corrected."""

    heading: str
    lines: tuple[Line, ...]


@router.api_route(INCIDENTS, methods=Reads)
async def show_incidents(sitting: Overseeing) -> Response:
    """What was noticed last comes first."""
    language = sitting.language
    found = await list_incidents(sitting.caller, sitting.session)
    part = turned(found, sitting.request.query_params)
    done = just_done(sitting.request, sitting.now)
    return page(
        "personal_data/incidents.html",
        language,
        here=INCIDENTS,
        menu=sitting.menu,
        back=f"{PERSONAL_DATA}?lang={language.value}",
        done=done if done in {"new_incident", "incident_correction"} else "",
        writes=_writes(sitting),
        part=part,
        table=Table(columns=_SHOWN, rows=tuple(_row(each, language) for each in part.rows)),
    )


@router.api_route(f"{INCIDENTS}/{{about}}", methods=Reads)
async def show_incident(sitting: Overseeing) -> Response:
    """Every version, the newest first, to be printed."""
    language = sitting.language
    versions = await _known(sitting)
    names = await people_named(sitting.session, {each.account for each in versions})
    newest = versions[0]
    return page(
        "personal_data/incident.html",
        language,
        here=f"{INCIDENTS}/{sitting.about}",
        menu=sitting.menu,
        back=f"{INCIDENTS}?lang={language.value}",
        title=say_instant(language, newest.report.noticed_at),
        late=_late(newest),
        told=newest.report.authority is not None,
        tell_by=say_date(language, newest.tell_by),
        writes=_writes(sitting),
        derived=newest.report.account is not None,
        reads=_reads_of(newest.report, language),
        versions=[_version(each, names.get(each.account, each.account), language) for each in versions],
    )


@router.api_route(f"{INCIDENTS}/{{about}}/persons.{{kind}}", methods=Reads)
async def download_affected(kind: SheetKind, sitting: Overseeing) -> Response:
    """Whose data the account read in the days of the incident, as far as the log and the tables tell it."""
    report = (await _known(sitting))[0].report
    if report.account is None:
        raise Stopped(StopKind.NOT_FOUND)
    found = await persons_affected(
        sitting.session, sitting.caller, report.account, report.since, report.until
    )
    language = sitting.language
    known = {each.value: term(language, each) for each in PersonalData}
    table = sheets.Table(
        name=text(language, "page.personal_data.affected.sheet"),
        headings=tuple(text(language, f"page.personal_data.column.{name}") for name in _IN_FILE),
        lines=[
            (each.name, each.email, each.number or "", ", ".join(known.get(k, k) for k in each.kinds))
            for each in found
        ],
    )
    await sitting.session.commit()  # whoever waits for a turn holds no connection

    async def made() -> Made:
        return await sheet(table, kind, f"persons-affected-{sitting.about}", sitting)

    return await answered(sitting.services, sitting.caller.account, made, None)


async def _known(sitting: RegistrySitting) -> tuple[IncidentView, ...]:
    """Raises Stopped (404)."""
    try:
        return await read_incident(sitting.about, sitting.caller, sitting.session)
    except Failed:
        raise Stopped(StopKind.NOT_FOUND) from None


def _writes(sitting: RegistrySitting) -> bool:
    return may(sitting.caller.role, Action.WRITE_REGISTRIES, Relation.NONE)


def _late(view: IncidentView) -> bool:
    """Whether the authorized body was told after the last day for it."""
    told = view.report.authority
    return told is not None and local_day(told.at) > view.tell_by


def _row(view: IncidentView, language: Language) -> tuple[Cell, ...]:
    report = view.report
    said = report.happened if len(report.happened) <= _SHORT else f"{report.happened[:_SHORT]}…"
    until = text(language, "page.personal_data.incident.tell_by", day=say_date(language, view.tell_by))
    return (
        Cell(said=say_instant(language, report.noticed_at), address=f"{INCIDENTS}/{view.incident}"),
        Cell(said=said),
        Cell(said=_kinds(report, language)),
        Cell(said=_told(report.authority, language) or until),
    )


def _kinds(report: IncidentReport, language: Language) -> str:
    return ", ".join(term(language, kind) for kind in PersonalData if kind in report.kinds)


def _told(told: Told | None, language: Language) -> str:
    return f"{told.whom}, {say_instant(language, told.at)}" if told else ""


def _version(view: IncidentView, name: str, language: Language) -> Version:
    heading = text(
        language,
        "page.personal_data.incident.version",
        version=view.version,
        at=say_instant(language, view.at),
        name=name,
    )
    lines = tuple(
        Line(label=text(language, f"page.registries.field.{label}"), value=value)
        for label, value in _lines(view, language)
        if value
    )
    return Version(heading=heading, lines=lines)


def _lines(view: IncidentView, language: Language) -> Iterator[tuple[str, str]]:
    report = view.report
    yield "reason", view.reason
    yield "happened", report.happened
    yield "noticed_at", say_instant(language, report.noticed_at)
    yield "kinds", _kinds(report, language)
    yield "persons", report.persons
    yield "count", str(report.count) if report.count is not None else ""
    yield "consequences", report.consequences
    yield "measures", report.measures
    yield "responsible", report.responsible
    yield "authority", _told(report.authority, language)
    yield "persons_told", _told(report.persons_told, language)
    yield "read_by", report.account or ""
    yield "data_since", say_date(language, report.since) if report.since else ""
    yield "data_until", say_date(language, report.until) if report.until else ""


def _reads_of(report: IncidentReport, language: Language) -> str:
    """Where the log of reads tells of the account in those days."""
    days = {"since": report.since, "until": report.until}
    asked = "".join(f"&{name}={day.isoformat()}" for name, day in days.items() if day)
    return f"{PERSONAL_DATA}/reads?lang={language.value}&account={report.account or ''}{asked}"

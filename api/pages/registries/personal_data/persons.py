"""The list of persons with access to personal data, as it was when a day ended: on a page, and as a file."""

from datetime import date
from typing import Final

from fastapi import Response

from api.history.names import people_named
from api.http.making import answered
from api.pages.desk.naming import bodies_named
from api.pages.registries.lists import Cell, Table
from api.pages.registries.personal_data.home import PERSONAL_DATA, Overseeing
from api.pages.registries.personal_data.sheets import SHEETS, SheetKind, sheet
from api.pages.registries.registry_form import RegistrySitting
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.looking_back import ON
from api.pages.workplace.turning import AT_ONCE, turned
from api.services.made import Made
from api.sheets import table as sheets
from api.views.persons import PersonWithAccess, persons_with_access
from locales.catalogue import text
from locales.dates import say_date, say_instant
from locales.terms import term
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.personal_data import AccessWay
from models.vocabulary.procedure import Id, Language
from models.words.order import by_name

router = page_router()
PERSONS: Final = f"{PERSONAL_DATA}/persons"
_SHOWN: Final = ("person", "body", "role", "data", "period", "ground", "last")
_IN_FILES: Final = (
    *("person", "post", "body", "role", "way", "data", "since", "until", "ground", "granted_by"),
    *("last", "account"),
)


class Said(Model):
    """A person in words, cell by cell."""

    person: str
    post: str
    body: str
    role: str
    way: str
    data: str
    since: str
    until: str
    ground: str
    granted_by: str
    last: str
    account: Id


@router.api_route(PERSONS, methods=Reads)
async def show_persons(sitting: Overseeing) -> Response:
    """A part at a time; a printed page has all of them (`?all=1`)."""
    language, on = sitting.language, day_asked(sitting)
    found = await _said(sitting, on or sitting.today)
    asked = f"&on={on.isoformat()}" if on else ""
    keeps = may(sitting.caller.role, Action.WRITE_REGISTRIES, Relation.NONE)
    whole = sitting.request.query_params.get("all") == "1"
    part = turned(found, sitting.request.query_params, len(found) + 1 if whole else AT_ONCE)
    return page(
        "personal_data/persons.html",
        language,
        here=PERSONS,
        menu=sitting.menu,
        back=f"{PERSONAL_DATA}?lang={language.value}",
        switch={each.value: f"{PERSONS}?lang={each.value}{asked}" for each in Language},
        on_said=say_date(language, on or sitting.today),
        on=asked,
        day=(on or sitting.today).isoformat(),
        count=len(found),
        files=SHEETS,
        part=part,
        table=Table(columns=_SHOWN, rows=tuple(_row(each, keeps) for each in part.rows)),
    )


@router.api_route(f"{PERSONS}.{{kind}}", methods=Reads)
async def download_persons(kind: SheetKind, sitting: Overseeing) -> Response:
    """All of them, with a column for each particular."""
    on = day_asked(sitting) or sitting.today
    found = await _said(sitting, on)
    table = sheets.Table(
        name=text(sitting.language, "page.personal_data.persons.sheet"),
        headings=tuple(text(sitting.language, f"page.personal_data.column.{name}") for name in _IN_FILES),
        lines=(tuple(getattr(each, name) for name in _IN_FILES) for each in found),
        wide=frozenset({2, 5, 8}),
    )
    await sitting.session.commit()  # whoever waits for a turn holds no connection

    async def made() -> Made:
        return await sheet(table, kind, f"persons-with-access-{on.isoformat()}", sitting)

    return await answered(sitting.services, sitting.caller.account, made, None)


def day_asked(sitting: RegistrySitting) -> date | None:
    """The local day in `?on=`; none for today. Raises Stopped for one that is none, or is to come."""
    asked = sitting.request.query_params.get(ON, "").strip()
    if not asked:
        return None
    here = f"{sitting.request.url.path}?lang={sitting.language.value}"
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Stopped(StopKind.NO_DAY, back=here) from None
    if day > sitting.today:
        said = {"day": say_date(sitting.language, day)}
        raise Stopped(StopKind.DAY_AHEAD, back=here, said=said)
    return None if day == sitting.today else day


async def _said(sitting: RegistrySitting, on: date) -> list[Said]:
    session, language = sitting.session, sitting.language
    found = await persons_with_access(session, sitting.caller, on)
    bodies = await bodies_named(session, language, on, {each.organisation for each in found})
    accounts = {each.granted_by for each in found} | {each.about for each in found}
    names = await people_named(session, accounts)
    place = {known: at for at, (known, _) in enumerate(by_name(bodies, language))}
    ordered = sorted(found, key=lambda each: place[each.organisation])  # by their names within a body
    return [_in_words(each, language, bodies, names) for each in ordered]


def _in_words(
    each: PersonWithAccess, language: Language, bodies: dict[Id, str], names: dict[Id, str]
) -> Said:
    about = names.get(each.about, each.about)
    last = say_instant(language, each.last_sign_in) if each.last_sign_in else ""
    if each.way is AccessWay.TOKEN:
        last = say_date(language, each.last_used_on) if each.last_used_on else ""
    return Said(
        person=each.name,
        post=each.post,
        body=bodies[each.organisation],
        role=term(language, each.role),
        way=text(language, f"page.personal_data.way.{each.way.value}", about=about or "—"),
        data=", ".join(term(language, kind) for kind in each.kinds),
        since=say_date(language, each.since) if each.since else "",
        until=say_date(language, each.until) if each.until else "",
        ground=_ground(each, language),
        granted_by=names.get(each.granted_by, each.granted_by),
        last=last,
        account=each.account,
    )


def _ground(each: PersonWithAccess, language: Language) -> str:
    """The act where there is one, else why the registry was changed."""
    if each.act and each.act_dated:
        return text(language, "page.personal_data.act", act=each.act, day=say_date(language, each.act_dated))
    return each.act or each.reason


def _row(said: Said, keeps: bool) -> tuple[Cell, ...]:
    """Whoever keeps accounts comes to theirs."""
    ground = "; ".join(filter(None, (said.ground, said.granted_by)))
    return (
        Cell(
            said=f"{said.person} ({said.post})" if said.post else said.person,
            address=f"/staff/accounts/{said.account}" if keeps else "",
        ),
        Cell(said=said.body),
        Cell(said=f"{said.role}; {said.way}"),
        Cell(said=said.data),
        Cell(said=f"{said.since or '…'} – {said.until or '…'}"),
        Cell(said=ground or "—"),
        Cell(said=said.last or "—"),
    )

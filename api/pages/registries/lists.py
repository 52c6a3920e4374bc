"""What the registries hold, as tables: the newest state of each, and the ways to change it."""

from typing import Annotated, Final

from fastapi import Depends, Response
from sqlmodel import col, select

from activities.registries.bodies import name_of, versions_on
from api.pages.desk.body_asked import bodies_found
from api.pages.desk.naming import bodies_named, people_named
from api.pages.forms.form import Line
from api.pages.registries.bodies import open_lines as open_at
from api.pages.registries.forms import FORMS
from api.pages.registries.registry_form import REGISTRIES, RegistryPolicy, RegistrySitting
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.pages.workplace.turning import turned
from api.registries.changes import versions_of
from api.routes.accounts import list_accounts
from api.routes.calendar import list_calendar_editions
from api.routes.registries import Council, Sphere, list_councils, list_people, list_spheres
from api.routes.settings import list_editions
from locales.catalogue import text
from locales.dates import say_date, say_instant
from locales.terms import term
from models.report.content import Wording
from models.tables.bodies import OrganisationRow
from models.tables.people import PersonRow
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, OrganisationKind
from models.words.order import by_name

router = page_router()
Reading = Annotated[RegistrySitting, Depends(RegistryPolicy(Action.READ_REGISTRIES))]
Keeping = Annotated[RegistrySitting, Depends(RegistryPolicy())]
_DONE: Final = frozenset(form.key for form in FORMS)


class Cell(Model):
    """What stands in a table's cell, and where it leads."""

    said: str
    address: str = ""


class Table(Model):
    """`columns` are `page.registries.column.<name>`; the first cell of each row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Way(Model):
    """A form, by its texts and its address."""

    key: str
    address: str


@router.api_route(REGISTRIES, methods=Reads)
async def registries(sitting: Reading) -> Response:
    """What there is, one link each."""
    kept = ("bodies", "people", "councils", "spheres")
    ways = [Way(key=each, address=f"{REGISTRIES}/{each}") for each in kept]
    if _keeps(sitting):
        ways.append(Way(key="accounts", address="/staff/accounts"))
    ways += [Way(key=each, address=f"/staff/{each}") for each in ("calendar", "editions")]
    return page(
        "registries/home.html",
        sitting.language,
        here=REGISTRIES,
        menu=sitting.menu,
        back=f"/staff?lang={sitting.language.value}",
        ways=ways,
    )


@router.api_route(f"{REGISTRIES}/bodies", methods=Reads)
async def bodies(sitting: Reading) -> Response:
    """The bodies of today by their names; what is sought by name or code."""
    session, language = sitting.session, sitting.language
    sought = sitting.request.query_params.get("q", "").replace("\x00", "").strip()
    found = await bodies_found(session, sitting.today, sought) if sought else None
    versions = await versions_on(session, sitting.today)
    names = {
        known: name_of(row).best(language)
        for known, row in versions.items()
        if found is None or known in found.bodies
    }
    codes = dict((await session.exec(select(OrganisationRow.id, OrganisationRow.code))).all())
    rows = tuple(
        (
            Cell(said=name, address=f"{REGISTRIES}/bodies/{known}"),
            Cell(said=codes[known]),
            Cell(said=term(language, OrganisationKind(versions[known].kind))),
            Cell(said=say_date(language, versions[known].valid_from)),
        )
        for known, name in by_name(names, language)
    )
    columns = ("name", "code", "kind", "since")
    return _listed(sitting, "bodies", columns, rows, f"{REGISTRIES}/bodies", ("new_body",), sought=sought)


@router.api_route(f"{REGISTRIES}/bodies/{{about}}", methods=Reads)
async def body(sitting: Reading) -> Response:
    """Everything that was ever known of a body, and what is open at it."""
    session, language, about = sitting.session, sitting.language, sitting.about
    versions = await versions_of(session, about)
    if not versions:
        raise Stopped(StopKind.NOT_FOUND)
    above = await bodies_named(
        session, language, sitting.today, {each.superior for each in versions if each.superior}
    )
    who = await people_named(session, {each.account for each in versions if each.account})
    rows = tuple(
        (
            Cell(said=say_date(language, each.valid_from)),
            Cell(said=say_date(language, each.valid_until) if each.valid_until else "—"),
            Cell(said=name_of(each).best(language)),
            Cell(said=term(language, OrganisationKind(each.kind))),
            Cell(said=above.get(each.superior or "", "—")),
            Cell(said=each.reason or "—"),
            Cell(said=who.get(each.account or "", "—")),
        )
        for each in reversed(versions)
    )
    gone = versions[-1].valid_until is not None and versions[-1].valid_until < sitting.today
    keys = ("succession",) if gone else ("body_version", "abolition")
    columns = ("since", "until", "name", "kind", "superior", "reason", "account")
    here = f"{REGISTRIES}/bodies/{about}"
    return _listed(
        sitting,
        "body",
        columns,
        rows,
        here,
        keys,
        title=name_of(versions[-1]).best(language),
        back=f"{REGISTRIES}/bodies",
        open_lines=await open_at(sitting) if _keeps(sitting) else (),
    )


@router.api_route(f"{REGISTRIES}/people", methods=Reads)
async def people(sitting: Reading) -> Response:
    found = await list_people(sitting.caller, sitting.session, sitting.today, sitting.language)
    of = await _bodies(sitting, {each.organisation for each in found if each.organisation})
    rows = tuple(
        (
            _changed(sitting, each.name, f"people/{each.id}/change"),
            Cell(said=each.post or "—"),
            Cell(said=of.get(each.organisation or "", "—")),
            Cell(said=each.email or "—"),
        )
        for each in found
    )
    columns = ("person", "post", "body", "email")
    return _listed(sitting, "people", columns, rows, f"{REGISTRIES}/people", ("new_person",))


@router.api_route(f"{REGISTRIES}/councils", methods=Reads)
async def councils(sitting: Reading) -> Response:
    found = await list_councils(sitting.caller, sitting.session, sitting.language)
    of = await _bodies(sitting, {each.organisation for each in found})
    rows = tuple(
        (
            _changed(sitting, _called(each, sitting), f"councils/{each.id}/change"),
            Cell(said=of[each.organisation]),
            Cell(said=each.kind),
        )
        for each in found
    )
    return _listed(
        sitting, "councils", ("name", "body", "kind"), rows, f"{REGISTRIES}/councils", ("new_council",)
    )


@router.api_route(f"{REGISTRIES}/spheres", methods=Reads)
async def spheres(sitting: Reading) -> Response:
    found = await list_spheres(sitting.caller, sitting.session, sitting.language)
    rows = tuple(
        (
            _changed(sitting, _called(each, sitting), f"spheres/{each.id}/change"),
            Cell(said=each.id),
        )
        for each in found
    )
    return _listed(sitting, "spheres", ("name", "id"), rows, f"{REGISTRIES}/spheres", ("new_sphere",))


@router.api_route("/staff/accounts", methods=Reads)
async def accounts(sitting: Keeping) -> Response:
    """By the names of their people; an account that has ended says so."""
    language = sitting.language
    found = await list_accounts(sitting.caller, sitting.session, language)
    of = await _bodies(sitting, {each.organisation for each in found})
    who = await sitting.session.exec(
        select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_({each.person for each in found}))
    )
    names: dict[Id, str] = dict(who.all())
    rows = tuple(
        (
            Cell(said=names.get(each.person, each.person), address=f"/staff/accounts/{each.id}"),
            Cell(said=of[each.organisation]),
            Cell(said=term(language, each.role)),
            Cell(said=text(language, f"page.registries.active.{'yes' if each.active else 'no'}")),
        )
        for each in found
    )
    columns = ("person", "body", "role", "active")
    return _listed(sitting, "accounts", columns, rows, "/staff/accounts", ("new_account",))


@router.api_route("/staff/calendar", methods=Reads)
async def calendar(sitting: Reading) -> Response:
    """Every edition of the working calendar, the newest first."""
    language = sitting.language
    rows = tuple(
        (
            Cell(said=each.edition, address="/calendar"),
            Cell(said=say_date(language, each.announced_through)),
            Cell(said=str(each.days)),
            Cell(said=each.reason or "—"),
            Cell(said=say_instant(language, each.at)),
        )
        for each in await list_calendar_editions(sitting.caller, sitting.session)
    )
    columns = ("edition", "announced_through", "days", "reason", "at")
    return _listed(sitting, "calendar", columns, rows, "/staff/calendar", ("calendar_days",))


@router.api_route("/staff/editions", methods=Reads)
async def editions(sitting: Reading) -> Response:
    """Editions of the Rules: a monitoring keeps the one it was started under (rule 1)."""
    language = sitting.language
    rows = tuple(
        (
            Cell(said=each.id),
            Cell(said=f"№ {each.order_number}, {say_date(language, each.order_date)}"),
            Cell(said=say_date(language, each.in_force_from)),
            Cell(said=say_date(language, each.in_force_until) if each.in_force_until else "—"),
        )
        for each in reversed(await list_editions(sitting.caller, sitting.session))
    )
    return _listed(sitting, "editions", ("edition", "order", "since", "until"), rows, "/staff/editions", ())


def _listed(
    sitting: RegistrySitting,
    key: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    here: str,
    forms: tuple[str, ...],
    title: str = "",
    back: str = REGISTRIES,
    sought: str | None = None,
    open_lines: tuple[Line, ...] = (),
) -> Response:
    """A part of the table, the forms that whoever keeps it may open, and what was done just now."""
    done = sitting.request.query_params.get("done", "")
    part = turned(rows, sitting.request.query_params)
    by_key = {form.key: form for form in FORMS}
    addresses = ((each, f"{by_key[each].under}/{by_key[each].path}") for each in forms)
    ways = [Way(key=each, address=at.replace("{about}", sitting.about)) for each, at in addresses]
    return page(
        "registries/list.html",
        sitting.language,
        here=here,
        menu=sitting.menu,
        back=f"{back}?lang={sitting.language.value}",
        key=f"page.registries.{key}",
        title=title,
        table=Table(columns=columns, rows=part.rows),
        part=part,
        ways=ways if _keeps(sitting) else (),
        done=done if done in _DONE else "",
        sought=sought,
        open_lines=open_lines,
    )


def _called(row: Council | Sphere, sitting: RegistrySitting) -> str:
    return Wording(kk=row.name_kk, ru=row.name_ru, en=row.name_en).best(sitting.language)


def _changed(sitting: RegistrySitting, name: str, path: str) -> Cell:
    return Cell(said=name, address=f"{REGISTRIES}/{path}" if _keeps(sitting) else "")


def _keeps(sitting: RegistrySitting) -> bool:
    return may(sitting.caller.role, Action.WRITE_REGISTRIES, Relation.NONE)


async def _bodies(sitting: RegistrySitting, wanted: set[Id]) -> dict[Id, str]:
    return await bodies_named(sitting.session, sitting.language, sitting.today, wanted)

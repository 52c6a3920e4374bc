"""What the registries hold, as tables: the newest state of each, and the ways to change it."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import Depends, Response
from sqlmodel import col, select

from activities.database.among import rows_among
from activities.registries.bodies import name_of, versions_on
from api.pages.desk.body_asked import bodies_found
from api.pages.desk.naming import bodies_named
from api.pages.forms.form import Line
from api.pages.registries.forms import FORMS
from api.pages.registries.registry_form import REGISTRIES, RegistryPolicy, RegistrySitting
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.staff.just_done import just_done
from api.pages.workplace.turning import turned
from api.routes.accounts import Account, list_accounts
from api.routes.calendar import list_calendar_editions
from api.routes.registries import Council, Sphere, list_councils, list_people, list_spheres
from api.views.tokens import Held, tokens_held
from locales.catalogue import has_text, plural, text
from locales.dates import say_date, say_instant
from locales.terms import term
from models.report.content import Wording
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.people import PersonRow
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, OrganisationKind
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
    if keeps(sitting):
        ways += [Way(key=each, address=f"/staff/{each}") for each in ("accounts", "webhooks", "operation")]
    ways.append(Way(key="file_schedules", address="/staff/file-schedules"))
    if may(sitting.caller.role, Action.READ_COMMANDS, Relation.NONE):
        ways.append(Way(key="personal_data", address="/staff/personal-data"))
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
    versions |= await _to_come(sitting, versions)
    names |= {
        known: name_of(row).best(language)
        for known, row in versions.items()
        if row.valid_from > sitting.today and (not sought or sought.casefold() in _called_of(known, row))
    }
    codes = dict((await session.exec(select(OrganisationRow.id, OrganisationRow.code))).all())
    rows = tuple(
        (
            Cell(said=name, address=f"{REGISTRIES}/bodies/{known}"),
            Cell(said=codes[known]),
            Cell(said=term(language, OrganisationKind(versions[known].kind))),
            Cell(said=_since(sitting, versions[known])),
        )
        for known, name in by_name(names, language)
    )
    columns = ("name", "code", "kind", "since")
    return listed(sitting, "bodies", columns, rows, f"{REGISTRIES}/bodies", ("new_body",), sought=sought)


@router.api_route(f"{REGISTRIES}/people", methods=Reads)
async def people(sitting: Reading) -> Response:
    found = await list_people(sitting.caller, sitting.session, sitting.today, sitting.language)
    of = await _bodies(sitting, {each.organisation for each in found if each.organisation})
    rows = tuple(
        (
            _changed(sitting, each.name, f"people/{each.id}/change"),
            Cell(said=each.post or "—"),
            Cell(said=of.get(each.organisation or "", "—")),
            *((Cell(said=each.email or "—"),) if keeps(sitting) else ()),
        )
        for each in found
    )
    columns = ("person", "post", "body", *(("email",) if keeps(sitting) else ()))
    return listed(sitting, "people", columns, rows, f"{REGISTRIES}/people", ("new_person",))


@router.api_route(f"{REGISTRIES}/councils", methods=Reads)
async def councils(sitting: Reading) -> Response:
    found = await list_councils(sitting.caller, sitting.session, sitting.language)
    of = await _bodies(sitting, {each.organisation for each in found})
    rows = tuple(
        (
            _changed(sitting, _called(each, sitting), f"councils/{each.id}/change"),
            Cell(said=of[each.organisation]),
            Cell(said=_council_kind(sitting, each.kind)),
        )
        for each in found
    )
    return listed(
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
    return listed(sitting, "spheres", ("name", "id"), rows, f"{REGISTRIES}/spheres", ("new_sphere",))


@router.api_route("/staff/accounts", methods=Reads)
async def accounts(sitting: Keeping) -> Response:
    """By the names of their people; an account that has ended says so."""
    language = sitting.language
    found = await list_accounts(sitting.caller, sitting.session, language)
    of = await _bodies(sitting, {each.organisation for each in found})
    called = select(PersonRow.id, PersonRow.name)
    people = (each.person for each in found)
    names = dict(await rows_among(sitting.session, called, col(PersonRow.id), people))
    there = frozenset(
        await versions_on(sitting.session, sitting.today, {each.organisation for each in found})
    )
    held = await tokens_held(sitting.session, sitting.now)
    rows = tuple(
        (
            Cell(said=names.get(each.person, each.person), address=f"/staff/accounts/{each.id}"),
            Cell(said=of[each.organisation]),
            Cell(said=term(language, each.role)),
            Cell(said=text(language, f"page.registries.active.{_standing(each, there)}")),
            _tokens(language, each.id, held.get(each.id)),
        )
        for each in found
    )
    columns = ("person", "body", "role", "active", "tokens")
    return listed(sitting, "accounts", columns, rows, "/staff/accounts", ("new_account",))


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
    return listed(sitting, "calendar", columns, rows, "/staff/calendar", ("calendar_days",))


def listed(
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
    ends: tuple[Line, ...] = (),
) -> Response:
    """A part of the table, the forms that whoever keeps it may open, and what was done just now."""
    done = just_done(sitting.request, sitting.now)
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
        ways=ways if keeps(sitting) else (),
        done=done if done in _DONE else "",
        sought=sought,
        open_lines=open_lines,
        ends=ends,
    )


async def _to_come(
    sitting: RegistrySitting, there: Mapping[Id, OrganisationVersionRow]
) -> dict[Id, OrganisationVersionRow]:
    """Bodies whose first day is still to come."""
    rows = await sitting.session.exec(
        select(OrganisationVersionRow)
        .where(col(OrganisationVersionRow.valid_from) > sitting.today)
        .order_by(col(OrganisationVersionRow.valid_from).desc())
    )
    found = {row.organisation: row for row in rows if row.organisation not in there}
    body = col(OrganisationVersionRow.organisation)
    before = select(body).where(col(OrganisationVersionRow.valid_from) <= sitting.today)
    gone = set(await rows_among(sitting.session, before, body, found))
    return {known: row for known, row in found.items() if known not in gone}


def _called_of(body: Id, row: OrganisationVersionRow) -> str:
    return " ".join((body, row.name_kk, row.name_ru, row.name_en)).casefold()


def _since(sitting: RegistrySitting, row: OrganisationVersionRow) -> str:
    since = say_date(sitting.language, row.valid_from)
    if row.valid_from <= sitting.today:
        return since
    return text(sitting.language, "page.registries.to_come", date=since)


def _tokens(language: Language, account: Id, held: Held | None) -> Cell:
    """How many are in force, and the page where they are issued and withdrawn."""
    if held is None:
        return Cell(said="—")
    said = plural(language, "page.registries.tokens.valid_count", held.valid)
    if held.soon:
        said = text(language, "page.registries.tokens.valid_of_which", valid=said, soon=held.soon)
    return Cell(said=said, address=f"/staff/accounts/{account}/tokens")


def _standing(account: Account, there: frozenset[Id]) -> str:
    """Whether it opens anything; that of a body that is no more opens nothing, whatever stands beside it."""
    if not account.active:
        return "no"
    return "yes" if account.organisation in there else "gone"


def _council_kind(sitting: RegistrySitting, kind: str) -> str:
    """Those of rule 21 in words; any other as it was written: the kind is data."""
    key = f"page.registries.council_kind.{kind}"
    return text(sitting.language, key) if has_text(sitting.language, key) else kind


def _called(row: Council | Sphere, sitting: RegistrySitting) -> str:
    return Wording(kk=row.name_kk, ru=row.name_ru, en=row.name_en).best(sitting.language)


def _changed(sitting: RegistrySitting, name: str, path: str) -> Cell:
    return Cell(said=name, address=f"{REGISTRIES}/{path}" if keeps(sitting) else "")


def keeps(sitting: RegistrySitting) -> bool:
    return may(sitting.caller.role, Action.WRITE_REGISTRIES, Relation.NONE)


async def _bodies(sitting: RegistrySitting, wanted: set[Id]) -> dict[Id, str]:
    return await bodies_named(sitting.session, sitting.language, sitting.today, wanted)

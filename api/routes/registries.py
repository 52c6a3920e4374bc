"""People, councils and spheres. Every change is logged with who made it, when and why."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from fastapi import Path
from pydantic import Field
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import name_of
from activities.registries.words import sphere_words
from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.contacts import Email
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.requests import Line, RequestBody
from api.problems.problem import documented
from api.registries.named import organisation_in_registry
from api.registries.people import address_changes, person_in_registry, sees_all_people
from models.tables.councils import CouncilRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Role
from models.vocabulary.texts import ShortText
from models.words.order import by_name

router = account_router("registries", "/registry")
R = TypeVar("R", PersonRow, CouncilRow, SphereRow)
IdInPath = Annotated[Id, Path(alias="id")]


class Person(Model):
    """Somebody letters go to: a working-group member, a head, a secretary."""

    id: Id
    name: ShortText
    post: ShortText = ""
    organisation: Id | None = None
    email: str
    language: Language = Language.KK


class PersonView(Model):
    """A person as far as the caller may know of one."""

    id: Id
    name: ShortText
    post: ShortText
    organisation: Id | None
    language: Language
    email: str | None = Field(description="For administrators only: they keep the registry.")


class Council(Model):
    """A public council or another consultative body (rule 21). Its kind is data: the law on them changes."""

    id: Id
    kind: ShortText
    name_kk: ShortText
    name_ru: ShortText
    name_en: ShortText = ""
    organisation: Id
    secretary: Id


class Sphere(Model):
    id: Id
    name_kk: ShortText
    name_ru: ShortText
    name_en: ShortText = ""


class PersonBody(RequestBody):
    name: Line
    post: ShortText = ""
    organisation: Id | None = None
    email: Email
    language: Language = Language.KK
    reason: Line = Field(description="Why the registry changes.")


class CouncilBody(RequestBody):
    kind: Line = Field(examples=["public_council"])
    name_kk: Line
    name_ru: Line
    name_en: ShortText = ""
    organisation: Id
    secretary: Id
    reason: Line


class SphereBody(RequestBody):
    name_kk: Line
    name_ru: Line
    name_en: ShortText = ""
    reason: Line


async def keep_person(session: AsyncSession, person: Id, body: PersonBody) -> Person:
    """Write what is known of a person; flushed."""
    known = Person(id=person, **body.model_dump(include=set(PersonBody.model_fields) - {"reason"}))
    await session.merge(PersonRow(**known.model_dump(mode="json")))
    await session.flush()
    return known


async def keep_sphere(session: AsyncSession, sphere: Id, body: SphereBody) -> Sphere:
    """Write the names of a sphere; flushed."""
    known = Sphere(id=sphere, **body.model_dump(include=set(SphereBody.model_fields) - {"reason"}))
    row = await session.merge(SphereRow(**known.model_dump(mode="json")))
    await session.flush()
    await session.exec(sphere_words(row))
    return known


@router.get("/people")
async def list_people(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> tuple[PersonView, ...]:
    """People of the caller's organisation; of all for those who form working groups or keep the registry.

    By their names.
    """
    found = select(PersonRow)
    if not await sees_all_people(session, caller, today):
        found = found.where(PersonRow.organisation == caller.organisation)
    known = {row.id: row for row in await session.exec(found)}
    keeps = caller.role is Role.ADMIN
    return tuple(
        PersonView(
            id=row.id,
            name=row.name,
            post=row.post,
            organisation=row.organisation,
            language=Language(row.language),
            email=row.email if keeps else None,
        )
        for row in _by_name(known, {each: row.name for each, row in known.items()}, language)
    )


@router.put("/people/{id}", responses=documented(409))
async def register_person(
    person: IdInPath,
    body: PersonBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> Person:
    """Record a person, or change what is known of one. Letters go to the address that is on file then.

    Accounts of the person are entered by that address. What was opened by a former one ends here, and the
    former one is told.
    """

    async def change() -> Person:
        await _organisation_known(session, body.organisation)
        await address_changes(session, person, body.email, now)
        return await keep_person(session, person, body)

    return await registered_once(session, key, caller, "register_person", now, Person, change)


@router.get("/councils")
async def list_councils(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    language: ReadersLanguage,
) -> tuple[Council, ...]:
    """All councils of the registry, by their names in the reader's language."""
    known = {row.id: row for row in await session.exec(select(CouncilRow))}
    names = {each: name_of(row).best(language) for each, row in known.items()}
    rows = _by_name(known, names, language)
    return tuple(Council.model_validate(row, from_attributes=True) for row in rows)


@router.put("/councils/{id}", responses=documented(409))
async def register_council(
    council: IdInPath,
    body: CouncilBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> Council:
    """Record a council, or change what is known of one."""

    async def change() -> Council:
        await _organisation_known(session, body.organisation)
        await person_in_registry(session, body.secretary, "/secretary")
        known = Council(id=council, **body.model_dump(exclude={"reason"}))
        await session.merge(CouncilRow(**known.model_dump(mode="json")))
        await session.flush()
        return known

    return await registered_once(session, key, caller, "register_council", now, Council, change)


@router.get("/spheres")
async def list_spheres(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    language: ReadersLanguage,
) -> tuple[Sphere, ...]:
    """All spheres of the registry, by their names in the reader's language."""
    known = {row.id: row for row in await session.exec(select(SphereRow))}
    names = {each: name_of(row).best(language) for each, row in known.items()}
    rows = _by_name(known, names, language)
    return tuple(Sphere.model_validate(row, from_attributes=True) for row in rows)


@router.put("/spheres/{id}", responses=documented(409))
async def register_sphere(
    sphere: IdInPath,
    body: SphereBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> Sphere:
    """Record a sphere, or change its names. Approved reports keep the names they were frozen with."""

    async def change() -> Sphere:
        return await keep_sphere(session, sphere, body)

    return await registered_once(session, key, caller, "register_sphere", now, Sphere, change)


def _by_name(rows: Mapping[Id, R], names: Mapping[Id, str], language: Language) -> tuple[R, ...]:
    return tuple(rows[known] for known, _ in by_name(names, language))


async def _organisation_known(session: Session, organisation: Id | None) -> None:
    if organisation is not None:
        await organisation_in_registry(session, organisation, "/organisation")

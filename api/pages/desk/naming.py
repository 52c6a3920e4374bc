"""Names for the desk's pages: of bodies, as the register names them, and of people with an account."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.registries.bodies import names_of
from activities.registries.editions import current_edition
from activities.registries.names_today import names_today
from activities.registries.spheres import sphere_names
from api.register.choices import Choice
from locales.catalogue import text
from models.tables.bodies import OrganisationVersionRow
from models.vocabulary.procedure import Id, Language, OrganisationKind
from models.words.order import by_name


async def bodies_named(
    session: AsyncSession, language: Language, today: date, bodies: Iterable[Id]
) -> dict[Id, str]:
    """Bodies by their names; a natural person is not named where the edition says so (A11)."""
    wanted = set(bodies)
    names = {known: said.best(language) for known, said in (await names_of(session, today, wanted)).items()}
    if (await current_edition(session, today)).switches.mask_natural_person:
        hidden = text(language, "register.natural_person")
        names |= dict.fromkeys(await _persons(session, wanted), hidden)
    return {known: names.get(known) or known for known in wanted}


async def _persons(session: AsyncSession, bodies: set[Id]) -> set[Id]:
    kind = OrganisationKind.NATURAL_PERSON.value
    persons = select(OrganisationVersionRow.organisation).where(OrganisationVersionRow.kind == kind)
    return set(await rows_among(session, persons, col(OrganisationVersionRow.organisation), bodies))


async def body_choices(session: AsyncSession, language: Language, today: date) -> tuple[Choice, ...]:
    """All bodies that are there or were, by their names; whoever came after one stands beside it."""
    begun = select(OrganisationVersionRow.organisation).where(OrganisationVersionRow.valid_from <= today)
    names = await names_today(session, today, set(await session.exec(begun)))
    return _by_name({known: name.best(language) for known, name in names.items()}, language)


async def sphere_choices(session: AsyncSession, language: Language) -> tuple[Choice, ...]:
    names = await sphere_names(session)
    return _by_name({known: name.best(language) for known, name in names.items()}, language)


def _by_name(names: dict[Id, str], language: Language) -> tuple[Choice, ...]:
    return tuple(Choice(value=known, name=name or known) for known, name in by_name(names, language))

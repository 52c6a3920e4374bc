"""Who came after whom, by the registry of bodies, and who stands today for a body that is no more."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on, organisation_on
from activities.registries.not_ready import RegistryNotReady
from activities.registries.remembered import remembered
from models.tables.bodies import OrganisationVersionRow
from models.tables.registries import RegistriesRow
from models.tables.successions import SuccessionRow
from models.vocabulary.existence import Span, Spans, successions_on
from models.vocabulary.procedure import Id, OrganisationKind
from models.vocabulary.succession import Succession, stands_for


async def known_successions(session: AsyncSession, day: date) -> dict[Id, Succession]:
    """What has passed on by a local date, by the body it passed from; nothing before there is a registry.

    It is to be read only: it may be remembered.
    """
    return await remembered(session, ("successions", day), partial(_known_successions, session, day))


async def _known_successions(session: AsyncSession, day: date) -> dict[Id, Succession]:
    """Of one moment, although several statements read it: that a body goes and who comes after it are entered
    together, and whoever reads the one without the other would say that nobody does."""
    version = select(RegistriesRow.version)
    before = (await session.exec(version)).one()
    while True:
        known = await _as_entered(session, day)
        now = (await session.exec(version)).one()
        if now == before:
            return known
        before = now


async def _as_entered(session: AsyncSession, day: date) -> dict[Id, Succession]:
    try:
        authorized_body = await authorized_body_on(session, day)
    except RegistryNotReady:
        return {}
    acts = await session.exec(select(SuccessionRow).order_by(col(SuccessionRow.id)))
    named = [
        Succession(
            body=act.body, successor=act.successor, since=act.since, whole=act.whole, reason=act.sha256
        )
        for act in acts
    ]
    return successions_on(day, await spans_of(session), named, authorized_body)


async def spans_of(session: AsyncSession, bodies: Iterable[Id] | None = None) -> dict[Id, Spans]:
    """The kinds of bodies in the order of time; of all when none are named."""
    versions = select(OrganisationVersionRow).order_by(col(OrganisationVersionRow.valid_from))
    if bodies is not None:
        versions = versions.where(col(OrganisationVersionRow.organisation).in_(set(bodies)))
    found: dict[Id, list[Span]] = {}
    for row in await session.exec(versions):
        span = Span(kind=OrganisationKind(row.kind), valid_from=row.valid_from, valid_until=row.valid_until)
        found.setdefault(row.organisation, []).append(span)
    return dict(found)


async def standing_on(session: AsyncSession, organisation: Id, day: date) -> OrganisationVersionRow | None:
    """What the registry says of a body on a local date, or of whoever stands for it; None for nobody."""
    row = await organisation_on(session, organisation, day)
    if row is not None:
        return row
    heir = stands_for(await known_successions(session, day), organisation)
    return await organisation_on(session, heir, day) if heir else None

"""What the register is computed from, as it lies in the database: reports, contents, places, names."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import name_of
from activities.registries.editions import current_edition
from activities.registries.received_reports import received_reports
from activities.registries.spheres import sphere_names
from models.register import FiledReport, Place
from models.report.content import ReportContent, Wording
from models.report.received import ReceivedReport
from models.tables.bodies import OrganisationVersionRow
from models.tables.content import SnapshotRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, OrganisationKind, Sha256


class OnFile(Model):
    """Everything the register rests on. `left_out` are reports whose frozen content is missing or altered."""

    filed: tuple[FiledReport, ...]
    left_out: tuple[ReceivedReport, ...]
    places: dict[Id, Place]
    organisations: dict[Id, Wording]
    spheres: dict[Id, Wording]
    persons: frozenset[Id]  # natural persons, who are not named where the edition says so (A11)


class Frozen(Model):
    """What the database gave, before it is read: reading it takes time that the loop does not have."""

    received: tuple[ReceivedReport, ...]
    bodies: dict[Sha256, str]
    places: dict[Id, Place]
    organisations: dict[Id, Wording]
    spheres: dict[Id, Wording]
    persons: frozenset[Id]
    mask: bool


async def fetch(session: AsyncSession, today: date, report: Id | None = None) -> Frozen:
    """All that is needed, of all reports or of one; `today` is the local date of names and regions."""
    received = await received_reports(session, report=report)
    rows = await _organisations(session, today)
    switches = (await current_edition(session, today)).switches
    return Frozen(
        received=received,
        bodies=await _contents(session, {report.content for report in received}),
        places={known: Place(region=row.region, superior=row.superior) for known, row in rows.items()},
        organisations={known: name_of(row) for known, row in rows.items()},
        spheres=await sphere_names(session),
        persons=frozenset(o for o, row in rows.items() if row.kind == OrganisationKind.NATURAL_PERSON),
        mask=switches.mask_natural_person,
    )


def read(frozen: Frozen) -> OnFile:
    """Read the contents; a report whose content is not what its hash says is left out and named."""
    filed: list[FiledReport] = []
    left_out: list[ReceivedReport] = []
    for report in frozen.received:
        content = _content(report.content, frozen.bodies.get(report.content))
        if content is None:
            left_out.append(report)
        else:
            filed.append(FiledReport(received=report, content=content))
    contents = [each.content for each in filed]
    return OnFile(
        filed=tuple(filed),
        left_out=tuple(left_out),
        places=frozen.places,
        organisations=_names_in(contents) | frozen.organisations,
        spheres={named.id: named.name for content in contents for named in content.spheres} | frozen.spheres,
        persons=frozen.persons | _persons_in(contents) if frozen.mask else frozenset(),
    )


def _content(sha256: Sha256, body: str | None) -> ReportContent | None:
    if body is None or hashlib.sha256(body.encode()).hexdigest() != sha256:
        return None
    try:
        return ReportContent.model_validate_json(body)
    except ValidationError:
        return None


def _names_in(contents: Iterable[ReportContent]) -> dict[Id, Wording]:
    """Names as they were frozen, for bodies that the registry does not know."""
    names: dict[Id, Wording] = {}
    for content in contents:
        names |= {named.id: named.name for named in (*content.objects, *content.bodies)}
        names |= {conductor.organisation: conductor.name for conductor in content.draft.conductors}
    return names


def _persons_in(contents: Iterable[ReportContent]) -> frozenset[Id]:
    return frozenset(
        c.organisation for content in contents for c in content.draft.conductors if c.natural_person
    )


async def _contents(session: AsyncSession, hashes: set[Sha256]) -> dict[Sha256, str]:
    rows = await session.exec(
        select(SnapshotRow.sha256, SnapshotRow.body).where(col(SnapshotRow.sha256).in_(hashes))
    )
    return dict(rows.all())


async def _organisations(session: AsyncSession, day: date) -> Mapping[Id, OrganisationVersionRow]:
    """The last that is known of every body, also of those that no longer exist."""
    found = select(OrganisationVersionRow).where(col(OrganisationVersionRow.valid_from) <= day)
    rows = await session.exec(found.order_by(col(OrganisationVersionRow.valid_from)))
    return {row.organisation: row for row in rows}

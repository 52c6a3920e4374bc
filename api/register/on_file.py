"""What the register is computed from, as it lies in the database: reports, contents, places, names."""

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import name_of, regions_named
from activities.registries.editions import current_edition
from activities.registries.places import last_known, places_of
from activities.registries.received_reports import received_reports
from activities.registries.spheres import sphere_names
from models.register import FiledReport, Place
from models.report.content import ReportContent, Wording
from models.report.received import ReceivedReport
from models.tables.bodies import OrganisationVersionRow
from models.tables.content import SnapshotRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, OrganisationKind, Sha256

AT_A_TIME: Final = 100
"""Contents that are read from the database at once."""


class OnFile(Model):
    """Everything the register rests on. `left_out` are reports whose frozen content is missing or altered."""

    filed: tuple[FiledReport, ...]
    left_out: tuple[ReceivedReport, ...]
    places: dict[Id, Place]
    organisations: dict[Id, Wording]
    spheres: dict[Id, Wording]
    regions: dict[str, Wording]  # by the names under which bodies have them
    persons: frozenset[Id]  # natural persons, who are not named where the edition says so (A11)


async def read_on_file(session: AsyncSession, today: date, report: Id | None = None) -> OnFile:
    """What all reports rest on, or one; `today` is the local date whose names and regions are used.

    Contents are read a page at a time, in a thread: no connection is held meanwhile, and none of them is kept
    as it was written. One that is not what its hash says is left out and named.
    """
    received = await received_reports(session, report=report)
    bodies = await last_known(session, today)
    mask = (await current_edition(session, today)).switches.mask_natural_person
    spheres = await sphere_names(session)
    known: dict[Id, ReportContent] = {}
    for start in range(0, len(received), AT_A_TIME):
        page = received[start : start + AT_A_TIME]
        written = await _contents(session, {each.content for each in page})
        await session.commit()  # whoever reads holds no connection
        known |= await asyncio.to_thread(_read, page, written)
    return await asyncio.to_thread(_on_file, received, known, bodies, spheres, mask)


def _read(page: Sequence[ReceivedReport], written: Mapping[Sha256, str]) -> dict[Id, ReportContent]:
    """The contents that are what their hashes say, by their reports."""
    read = ((each.id, _content(each.content, written.get(each.content))) for each in page)
    return {report: content for report, content in read if content is not None}


def _on_file(
    received: Sequence[ReceivedReport],
    known: Mapping[Id, ReportContent],
    bodies: Mapping[Id, OrganisationVersionRow],
    spheres: Mapping[Id, Wording],
    mask: bool,
) -> OnFile:
    contents = tuple(known.values())
    persons = frozenset(body for body, row in bodies.items() if row.kind == OrganisationKind.NATURAL_PERSON)
    frozen = {named.id: named.name for content in contents for named in content.spheres}
    return OnFile(
        filed=tuple(
            FiledReport(received=each, content=known[each.id]) for each in received if each.id in known
        ),
        left_out=tuple(each for each in received if each.id not in known),
        places=places_of(bodies),
        organisations=_names_in(contents) | {body: name_of(row) for body, row in bodies.items()},
        spheres={**frozen, **spheres},
        regions=regions_named(bodies.values()),
        persons=persons | _persons_in(contents) if mask else frozenset(),
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

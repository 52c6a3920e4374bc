"""Published reports as the public reads them: permanent numbers, all versions; of replies a standing each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Tuple, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import Lookup
from activities.registries.names_today import names_today
from api.content.corrections import correction_reasons
from api.http.pagination import Part, Turned, part_of
from api.pages.links.opened import contact_of, said
from api.pages.links.report import Printed, Report, printed, report_of
from api.pages.public.asked import Sort
from api.pages.public.items import ItemSaid, items_said
from api.pages.site.stopping import Contact
from api.views.lists import ever_published
from models.monitoring.state import MonitoringState, Version
from models.proof.chain import Head
from models.report.content import Wording
from models.report.rendition import Rendition
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Kind, Language, Number, Sha256

MOST = 50


class ListedReport(Model):
    """One line of the list; dates are local."""

    number: Number
    title: str
    kind: Kind
    conductors: tuple[str, ...]
    published_on: date
    corrected: bool
    changed_at: datetime  # UTC, of the journal, whose head the page shows


@dataclass(frozen=True)
class PublishedVersion:
    """One version that was published, newest first; `reason` is why it took the place of the one before."""

    number: int
    published_on: date
    address: str
    content_sha256: Sha256
    files: tuple[Printed, ...]
    reason: str = ""


@dataclass(frozen=True)
class PublishedReport:
    """The permanent page of a number."""

    number: Number
    title: str
    kind: Kind
    head: Head
    contact: Contact
    report: Report | None
    versions: tuple[PublishedVersion, ...]
    correcting: bool
    items: tuple[ItemSaid, ...]
    changed_at: datetime  # UTC


_PUBLISHED_ON: Final = col(MonitoringRow.published_on)
_NUMBER: Final = col(MonitoringRow.number)
_CHANGED_AT: Final = col(MonitoringRow.changed_at)


async def published_list(
    session: AsyncSession,
    conditions: list[ColumnElement[bool]],
    sort: Sort,
    language: Language,
    today: date,
    turned: Turned,
) -> Part[ListedReport]:
    """A part of the list, in the order that is asked for."""
    key = _CHANGED_AT if sort is Sort.CHANGED else _PUBLISHED_ON
    rises = (sort is Sort.OLDEST) is (turned.before is None)
    found = select(MonitoringRow).where(*conditions)
    beyond = _beyond(sort, turned.before or turned.after)
    if beyond is not None:
        place = tuple_(key, _NUMBER)
        found = found.where(place > beyond if rises else place < beyond)
    order = (key, _NUMBER) if rises else (key.desc(), _NUMBER.desc())
    rows = list(await session.exec(found.order_by(*order).limit(MOST + 1)))
    if turned.before is not None:
        rows.reverse()
    said = await _said(session, rows, language, today)
    return part_of(said, _changed_place if sort is Sort.CHANGED else _place, turned, MOST)


def _beyond(sort: Sort, place: tuple[str, ...] | None) -> Tuple | None:
    """The row a page begins after; None at the beginning, and for a place of a list in another order."""
    if place is None:
        return None
    by, number = place
    try:
        if sort is not Sort.CHANGED:
            return tuple_(date.fromisoformat(by), number)
        moment = datetime.fromisoformat(by)
    except ValueError:
        return None
    return tuple_(moment, number) if moment.tzinfo else None


async def newest_changes(session: AsyncSession, language: Language, today: date) -> tuple[ListedReport, ...]:
    """The published reports whose journal changed last: what the feed tells of."""
    found = select(MonitoringRow).where(ever_published())
    ordered = found.order_by(col(MonitoringRow.changed_at).desc(), col(MonitoringRow.number).desc())
    return await _said(session, list(await session.exec(ordered.limit(MOST))), language, today)


def _place(report: ListedReport) -> tuple[str, ...]:
    return report.published_on.isoformat(), report.number


def _changed_place(report: ListedReport) -> tuple[str, ...]:
    return report.changed_at.isoformat(), report.number


async def _said(
    session: AsyncSession, rows: Sequence[MonitoringRow], language: Language, today: date
) -> tuple[ListedReport, ...]:
    states = {row.number: MonitoringState.model_validate(row.state) for row in rows}
    bodies = {body.organisation for state in states.values() for body in state.conductors}
    names = await names_today(session, today, bodies)
    return tuple(_listed(row, states[row.number], names, language) for row in rows)


def _listed(
    row: MonitoringRow, state: MonitoringState, names: dict[str, Wording], language: Language
) -> ListedReport:
    title = Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en)
    return ListedReport(
        number=state.number,
        title=title.best(language) or state.number,
        kind=state.kind,
        conductors=tuple(
            names[body.organisation].best(language) if body.organisation in names else body.organisation
            for body in state.conductors
        ),
        published_on=state.publications[-1].published_on,
        corrected=len({publication.version for publication in state.publications}) > 1,
        changed_at=row.changed_at,
    )


async def published_report(
    session: AsyncSession, number: Number, language: Language, today: date
) -> PublishedReport | None:
    """The public page's data; None for a number under which nothing is published."""
    row = await session.get(MonitoringRow, number)
    state = MonitoringState.model_validate(row.state) if row else None
    if row is None or state is None or not state.publications:
        return None
    lookup = Lookup(session, language, today)
    shown = version_by_number(state, state.publications[-1].version)
    report = await report_of(session, shown, Rendition.PUBLIC, language) if shown else None
    return PublishedReport(
        number=number,
        title=await said(lookup, state.title) or number,
        kind=state.kind,
        head=Head(seq=row.seq, hash=row.head_hash),
        contact=await contact_of(lookup, state),
        report=report,
        versions=await _versions(session, state, lookup),
        correcting=state.correcting,
        items=await items_said(session, language, state, report.content if report else None, today),
        changed_at=row.changed_at,
    )


def version_by_number(state: MonitoringState, number: int) -> Version | None:
    return next((version for version in state.versions if version.number == number), None)


async def _versions(
    session: AsyncSession, state: MonitoringState, lookup: Lookup
) -> tuple[PublishedVersion, ...]:
    """Each version once, as it was published last: a second address mends the first and corrects nothing."""
    reasons = await correction_reasons(session, state.number)
    latest = {publication.version: publication for publication in state.publications}
    found: list[PublishedVersion] = []
    for publication in latest.values():
        version = version_by_number(state, publication.version)
        if version is None:
            continue
        reason = reasons.get(version.number) if found else None
        found.append(
            PublishedVersion(
                number=version.number,
                published_on=publication.published_on,
                address=publication.address,
                content_sha256=version.content.sha256,
                files=printed(version, Rendition.PUBLIC, lookup.language),
                reason=await said(lookup, reason) if reason else "",
            )
        )
    return tuple(reversed(found))

"""Published reports as the public reads them: permanent numbers, all versions; of replies a standing each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Tuple, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.listed import LINES, ListedReport, ever_published, listed
from activities.registries.lookup import Lookup
from activities.registries.remembered import see
from api.content.corrections import correction_reasons
from api.history.as_it_was import Stood
from api.http.pagination import Part, Turned, part_of
from api.pages.links.opened import contact_of, said
from api.pages.links.report import Printed, Report, printed, report_of
from api.pages.public.items import ItemSaid, items_said
from api.pages.site.stopping import Contact
from models.monitoring.published_search import Sort
from models.monitoring.state import MonitoringState, Version
from models.proof.chain import Head
from models.report.rendition import Rendition
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Kind, Language, Number, Sha256

MOST = 50


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
    versions: tuple[PublishedVersion, ...]  # the newest first
    shown: PublishedVersion
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
    found = select(MonitoringRow).options(LINES).where(*conditions)
    beyond = _beyond(sort, turned.before or turned.after)
    if beyond is not None:
        place = tuple_(key, _NUMBER)
        found = found.where(place > beyond if rises else place < beyond)
    order = (key, _NUMBER) if rises else (key.desc(), _NUMBER.desc())
    rows = list(await session.exec(found.order_by(*order).limit(MOST + 1)))
    if turned.before is not None:
        rows.reverse()
    said = await listed(session, rows, language, today)
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
    await see(session)
    found = select(MonitoringRow).options(LINES).where(ever_published())
    ordered = found.order_by(col(MonitoringRow.changed_at).desc(), col(MonitoringRow.number).desc())
    return await listed(session, list(await session.exec(ordered.limit(MOST))), language, today)


def _place(report: ListedReport) -> tuple[str, ...]:
    return report.published_on.isoformat(), report.number


def _changed_place(report: ListedReport) -> tuple[str, ...]:
    return report.changed_at.isoformat(), report.number


async def published_report(
    session: AsyncSession,
    number: Number,
    language: Language,
    today: date,
    stood: Stood | None = None,
    version: int | None = None,
) -> PublishedReport | None:
    """The public page's data, of today or as it `stood`; None where nothing is, or was, published.

    The version that was published last, or another one that was.
    """
    row = await session.get(MonitoringRow, number)
    state = MonitoringState.model_validate(row.state) if row else None
    if row is not None and stood is not None:
        assert isinstance(stood.state, MonitoringState)
        state, today = stood.state, stood.on
    if row is None or state is None or not state.publications:
        return None
    lookup = Lookup(session, language, today)
    versions = await _versions(session, state, lookup)
    wanted = version or state.publications[-1].version
    about = next((each for each in versions if each.number == wanted), None)
    if about is None:
        return None
    shown = version_by_number(state, wanted)
    report = await report_of(session, shown, Rendition.PUBLIC, language) if shown else None
    return PublishedReport(
        number=number,
        title=await said(lookup, state.title) or number,
        kind=state.kind,
        head=stood.head if stood else Head(seq=row.seq, hash=row.head_hash),
        contact=await contact_of(lookup, state),
        report=report,
        versions=versions,
        shown=about,
        correcting=state.correcting,
        items=await items_said(session, language, state, report.content if report else None, today)
        if about is versions[0]
        else (),
        changed_at=stood.changed_at if stood else row.changed_at,
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

"""Published reports as the public reads them: permanent numbers, all versions; of replies one word each."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import Lookup
from api.content.corrections import correction_reasons
from api.pages.links.opened import contact_of, said
from api.pages.links.report import Printed, Report, printed, report_of
from api.pages.public.items import ItemSaid, items_said
from api.pages.site.stopping import Contact
from api.registries.names_today import names_today
from api.views.lists import ever_published
from models.monitoring.state import MonitoringState, Version
from models.proof.chain import Head
from models.report.content import Wording
from models.report.rendition import Rendition
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Kind, Language, Number, Sha256

MOST = 50


class Filters(Model):
    """What the list shows; all of it stands in the address, so that a view can be passed on."""

    kind: Kind | None = None
    year: int | None = None
    q: str = ""
    page: int = 1


class ListedReport(Model):
    """One line of the list; dates are local."""

    number: Number
    title: str
    kind: Kind
    conductors: tuple[str, ...]
    published_on: date
    corrected: bool


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


_PUBLICATIONS = col(MonitoringRow.state)["publications"]


async def published_list(
    session: AsyncSession, filters: Filters, language: Language, today: date
) -> tuple[tuple[ListedReport, ...], bool]:
    """A page of the list, the newest publication first, and whether there is another page."""
    found = select(MonitoringRow).where(ever_published())
    if filters.kind is not None:
        found = found.where(MonitoringRow.kind == filters.kind.value)
    if filters.year is not None:
        found = found.where(MonitoringRow.year == filters.year)
    if filters.q:
        words = func.plainto_tsquery("simple", filters.q).op("||")(func.plainto_tsquery("russian", filters.q))
        found = found.where(col(MonitoringRow.search).op("@@")(words))
    newest = _PUBLICATIONS[-1]["published_on"].astext
    found = found.order_by(newest.desc(), col(MonitoringRow.number).desc())
    rows = (await session.exec(found.offset((filters.page - 1) * MOST).limit(MOST + 1))).all()
    states = [MonitoringState.model_validate(row.state) for row in rows[:MOST]]
    bodies = {body.organisation for state in states for body in state.conductors}
    names = await names_today(session, today, bodies)
    titles = {row.number: Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en) for row in rows}
    listed = tuple(_listed(state, titles[state.number], names, language) for state in states)
    return listed, len(rows) > MOST


def _listed(
    state: MonitoringState, title: Wording, names: dict[str, Wording], language: Language
) -> ListedReport:
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
    return PublishedReport(
        number=number,
        title=await said(lookup, state.title) or number,
        kind=state.kind,
        head=Head(seq=row.seq, hash=row.head_hash),
        contact=await contact_of(lookup, state),
        report=await report_of(session, shown, Rendition.PUBLIC, language) if shown else None,
        versions=await _versions(session, state, lookup),
        correcting=state.correcting,
        items=items_said(language, state),
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

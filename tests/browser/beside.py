"""What is there beside the proceedings: ways in, alerts by mail, a missed moment, another system, files."""

from datetime import timedelta
from typing import Final

from sqlmodel import select

from activities.correspondence.alerts.links import AlertLink, alert_token
from activities.correspondence.alerts.subscriptions import ask
from activities.sign_in.links import Opening, give_out
from local.samples import load_country
from models.monitoring.published_search import Filters
from models.proceeding.missed import MissedFault
from models.tables.alerts import AlertSubscriptionRow
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.file_schedules import FileMakingRow, FileScheduleRow
from models.tables.incidents import IncidentReportRow
from models.tables.missed import MissedMomentRow
from models.tables.webhooks import WebhookDeliveryRow, WebhookRow
from models.vocabulary.file_schedules import FileFormat, FileOutcome, Rhythm, ScheduledRegister
from models.vocabulary.procedure import Language
from models.vocabulary.sign_in import WayIn
from models.vocabulary.webhooks import Reception, WebhookState
from tests.browser.site import Site
from tests.pages.story import NOW, SECRET

SCHEDULE: Final = "weekly"
"""A register that is made as a file each week."""
WEBHOOK: Final = "records"
"""Another system that events are delivered to."""
GONE: Final = "gone"
"""A body that is abolished, and has no successor."""
INCIDENT: Final = "incident-1"
"""An incident with personal data."""


async def way_in(site: Site) -> str:
    """The link of somebody who asked for one a moment ago."""
    account = load_country().account("a-sary-analyst")
    address = load_country().person(account.person).email
    opening = Opening(way=WayIn.LINK, address=address, accounts=(account.id,), way_on="/staff")
    async with site.sessions() as session, session.begin():
        return await give_out(session, opening, NOW)


async def alerts(site: Site) -> dict[str, str]:
    """The links of somebody who wants to be told what a search finds."""
    async with site.sessions.begin() as session:
        await ask(session, "reader@example.kz", Filters(q="сатып"), Language.KK, NOW)
        (row,) = await session.exec(select(AlertSubscriptionRow))
        return {link.value: alert_token((SECRET,), link, row.id) for link in AlertLink}


async def a_moment_is_missed(site: Site) -> None:
    async with site.sessions() as session, session.begin():
        session.add(
            MissedMomentRow(
                workflow_id="duty/td-koko/comprehensive",
                mark="13.1-KOKO",
                fault=MissedFault.SILENT.value,
                due_at=NOW,
                noticed_at=NOW,
                seen_at=NOW,
            )
        )


async def a_body_is_gone(site: Site) -> None:
    """Nobody came after it, which can be named late."""
    names = {
        "name_kk": "Таратылған мекеме",
        "name_ru": "Упразднённое учреждение",
        "name_en": "Abolished office",
    }
    async with site.sessions() as session, session.begin():
        last = select(OrganisationVersionRow).where(OrganisationVersionRow.organisation == "td-koko")
        known = (await session.exec(last)).first()
        assert known is not None
        session.add(OrganisationRow(id=GONE, code="GONE"))
        await session.flush()
        row = {**known.model_dump(), **names, "organisation": GONE, "valid_until": NOW.date()}
        session.add(OrganisationVersionRow(**row))


async def an_incident(site: Site) -> None:
    """Corrected once; the authorized body is not told yet."""
    body = {
        "happened": "Хат басқа адамға жіберілген.",
        "noticed_at": (NOW - timedelta(hours=5)).isoformat(),
        "kinds": ["contacts", "letters"],
        "persons": "Жұмыс тобының екі мүшесі",
        "count": 2,
        "consequences": "Мекенжай бөгде адамға белгілі болды.",
        "measures": "Мекенжай түзетілді.",
        "responsible": "Деректерге жауапты адам, dpo@example.kz",
        "account": "a-sary-analyst",
        "since": NOW.date().isoformat(),
    }
    async with site.sessions() as session, session.begin():
        for version, reason in ((1, ""), (2, "Адамдар саны анықталды")):
            row = IncidentReportRow(
                incident=INCIDENT,
                version=version,
                body=body,
                reason=reason,
                account="a-uo-admin",
                organisation="uo",
                at=NOW,
            )
            session.add(row)


async def another_system(site: Site) -> None:
    """One delivery was taken, one was not."""
    at = NOW - timedelta(hours=1)
    hook = WebhookRow(
        id=WEBHOOK,
        label="Құжат айналымы жүйесі",
        url="https://records.example.kz/hooks/monitoring",
        types=["monitoring.report_approved"],
        reads_as="a-uo-auditor",
        state=WebhookState.ACTIVE.value,
        secret="sealed",
        position=0,
        registered_by="a-uo-admin",
        registered_at=at,
        changed_at=at,
    )
    tries = [(1, Reception.UNREACHABLE, None), (2, Reception.TAKEN, 204)]
    async with site.sessions() as session, session.begin():
        session.add(hook)
        await session.flush()
        for attempt, reception, status in tries:
            row = WebhookDeliveryRow(
                webhook=WEBHOOK,
                message="msg_1",
                position=1,
                type="monitoring.report_approved",
                event="monitoring/x/1",
                attempt=attempt,
                reception=reception.value,
                status=status,
                milliseconds=120,
                at=at + timedelta(minutes=attempt),
            )
            session.add(row)


async def files_on_a_schedule(site: Site) -> None:
    """One was made and is there, one was like it, one could not be made."""
    at = NOW - timedelta(days=21)
    schedule = FileScheduleRow(
        id=SCHEDULE,
        label="Апталық тізілім",
        subject=ScheduledRegister.CONSOLIDATED.value,
        format=FileFormat.XLSX.value,
        language=Language.KK.value,
        rhythm=Rhythm.WEEKS.value,
        hour=7,
        keep=12,
        reads_as="a-uo-analyst",
        active=True,
        through=NOW,
        registered_by="a-uo-admin",
        registered_at=at,
        changed_at=at,
    )
    async with site.sessions() as session, session.begin():
        session.add(schedule)
        await session.flush()
        for week, outcome in enumerate((FileOutcome.KEPT, FileOutcome.UNCHANGED, FileOutcome.NOT_PERMITTED)):
            row = FileMakingRow(
                schedule=SCHEDULE,
                made_for="a-uo-analyst",
                planned_for=at + timedelta(weeks=week),
                at=at + timedelta(weeks=week),
                outcome=outcome.value,
            )
            if outcome is FileOutcome.KEPT:
                row.name, row.media_type, row.content, row.size = "register.xlsx", "application/zip", b"PK", 2
            session.add(row)

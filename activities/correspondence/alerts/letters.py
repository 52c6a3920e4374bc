"""What letters of alerts say: whether they are wanted; what was published, and the way out of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.correspondence.alerts.failures import failed
from activities.correspondence.alerts.links import AlertLink, alert_token
from activities.correspondence.alerts.subscriptions import CONFIRM_HOURS, search_of, waiting_or_begun
from activities.published.listed import ListedReport, ever_published, listed
from activities.published.narrowing import regions_today
from activities.published.said import SearchWords
from activities.registries.local_day import local_day
from activities.service_letters.letter import Passage, ServiceLetter, ServiceWords
from activities.service_letters.post import Became
from locales.catalogue import plural, text
from locales.dates import say_day
from locales.terms import term
from models.settings.environment import Settings
from models.tables.alerts import AlertSubscriptionRow
from models.tables.monitorings import MonitoringRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Language
from models.vocabulary.service_letters import ServiceLetterKind, ServiceLetterOutcome

PATH: Final = "/public/alerts"
MOST_ASKED: Final = 3
"""Letters a day to one address that ask whether alerts are wanted: nobody's mailbox is filled."""
MOST_TOLD: Final = 50
"""Reports that one letter names; the others are found by its button."""
_DAY: Final = timedelta(days=1)


class AlertLetters:
    """Writes both kinds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def letter(
        self, session: AsyncSession, row: ServiceLetterRow, now: datetime
    ) -> ServiceLetter | ServiceLetterOutcome:
        """The letter as of now, or why there is none to be sent any more."""
        subscription = await waiting_or_begun(session, row.about, now)
        if subscription is None:
            return ServiceLetterOutcome.NOBODY
        if row.kind == ServiceLetterKind.ALERTS_ASKED.value:
            if await self._often_asked(session, row, subscription):
                return ServiceLetterOutcome.WITHHELD
            return await self._asked(session, row, subscription, now)
        return await self._published(session, row, subscription, now)

    async def settled(
        self, session: AsyncSession, row: ServiceLetterRow, became: Became, now: datetime
    ) -> None:
        """An address that takes no letters is forgotten in the end."""
        if became.outcome is ServiceLetterOutcome.REFUSED:
            await failed(session, row.about)

    async def _often_asked(
        self, session: AsyncSession, row: ServiceLetterRow, subscription: AlertSubscriptionRow
    ) -> bool:
        same = (
            select(func.count())
            .select_from(ServiceLetterRow)
            .join(AlertSubscriptionRow, col(AlertSubscriptionRow.id) == col(ServiceLetterRow.about))
            .where(col(AlertSubscriptionRow.address_sha256) == subscription.address_sha256)
            .where(col(ServiceLetterRow.kind) == ServiceLetterKind.ALERTS_ASKED.value)
            .where(col(ServiceLetterRow.outcome) == ServiceLetterOutcome.SENT.value)
            .where(col(ServiceLetterRow.made_at) > row.made_at - _DAY)
        )
        return (await session.exec(same)).one() >= MOST_ASKED

    async def _asked(
        self,
        session: AsyncSession,
        row: ServiceLetterRow,
        subscription: AlertSubscriptionRow,
        now: datetime,
    ) -> ServiceLetter:
        language = Language(row.listed[0])

        def say(key: str, **params: object) -> str:
            return text(language, f"alerts.asked.{key}", **params)

        words = ServiceWords(
            language=language,
            subject=say("subject"),
            writes=text(language, "alerts.writes"),
            ask=say("ask"),
            lines=await self._search(session, subscription, language, now),
            when=say("when", hours=CONFIRM_HOURS),
            button=say("button"),
            link=self._address(AlertLink.CONFIRM, subscription, language),
            if_not=say("if_not"),
            automatic=text(language, "alerts.automatic"),
        )
        return ServiceLetter(address=subscription.address, words=words)

    async def _published(
        self,
        session: AsyncSession,
        row: ServiceLetterRow,
        subscription: AlertSubscriptionRow,
        now: datetime,
    ) -> ServiceLetter | ServiceLetterOutcome:
        language, search = Language(subscription.language), search_of(subscription)
        numbers = tuple(dict.fromkeys(each.partition("/")[0] for each in row.listed))
        named = select(MonitoringRow).where(col(MonitoringRow.number).in_(numbers), ever_published())
        rows = {each.number: each for each in await session.exec(named)}
        there = [rows[number] for number in numbers if number in rows]
        if not there:
            return ServiceLetterOutcome.NOBODY
        reports = await listed(session, there[:MOST_TOLD], language, local_day(now))
        ends_at = self._address(AlertLink.END, subscription, language)
        words = ServiceWords(
            language=language,
            subject=plural(language, "alerts.published.subject", len(there)),
            writes=text(language, "alerts.writes"),
            ask=text(language, "alerts.published.ask"),
            lines=await self._search(session, subscription, language, now),
            passages=self._passages(reports, language),
            button=text(language, "alerts.published.button"),
            link=f"{self._site}{search.address(language.value)}",
            ends=text(language, "alerts.published.ends"),
            ends_at=ends_at,
            automatic=text(language, "alerts.automatic"),
        )
        return ServiceLetter(address=subscription.address, words=words, one_press=ends_at)

    def _passages(self, reports: Sequence[ListedReport], language: Language) -> tuple[Passage, ...]:
        return tuple(
            Passage(
                title=report.title,
                link=f"{self._site}/public/{report.number}?lang={language.value}",
                lines=self._lines(report, language),
            )
            for report in reports
        )

    def _lines(self, report: ListedReport, language: Language) -> tuple[str, ...]:
        published = text(language, "page.list.published", date=say_day(language, report.published_on))
        corrected = text(language, "page.list.corrected") if report.corrected else ""
        first = " · ".join(
            filter(None, (f"№ {report.number}", term(language, report.kind), published, corrected))
        )
        bodies = {"conductors": report.conductors, "objects": report.objects}
        named = (
            text(language, f"alerts.published.{who}", bodies=", ".join(of))
            for who, of in bodies.items()
            if of
        )
        return (first, *named)

    async def _search(
        self, session: AsyncSession, subscription: AlertSubscriptionRow, language: Language, now: datetime
    ) -> tuple[str, ...]:
        search = search_of(subscription)
        today = local_day(now)
        regions = await regions_today(session, today)
        words = await SearchWords.of(session, language, today, [search.body], regions)
        crumbs = words.crumbs(search)
        if not crumbs:
            return (text(language, "alerts.everything"),)
        return tuple(f"{each.label}: {each.said}" for each in crumbs)

    def _address(self, link: AlertLink, subscription: AlertSubscriptionRow, language: Language) -> str:
        token = alert_token(self._settings.link_secrets(), link, subscription.id)
        return f"{self._site}{PATH}/{link.value}/{token}?lang={language.value}"

    @property
    def _site(self) -> str:
        return self._settings.public_url.rstrip("/")

"""What was gathered, in one letter: each matter with what is told of it and the way to its page.

Each letter goes along whole, as the message that it would be by itself: so each monitoring has the proof of
its own, and nobody who reads of one reads of the others.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.data import read_letter
from activities.letters.deliveries import Attempt, keep_attempt
from activities.letters.matters import Matters
from activities.letters.message import mail, message_id
from activities.letters.text import letter_text
from activities.record.remembered import Remembered
from activities.registries.local_day import local_day
from activities.registries.recipients import Recipient, resolve, usable
from activities.service_letters.letter import Enclosed, Passage, ServiceLetter, ServiceWords
from activities.service_letters.post import Became
from locales.catalogue import plural, text
from models.letters.apart import LetterApart
from models.letters.kept_copy import kept_copy
from models.letters.post import DeliveryOutcome, LetterOrder, UndeliveredReason
from models.monitoring.state import MonitoringState
from models.settings.environment import Settings
from models.tables.letter_preferences import GatheredLetterRow
from models.tables.monitorings import MonitoringRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id, Language
from models.vocabulary.service_letters import ServiceLetterOutcome


class DigestLetters:
    """Writes what was gathered for an account."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._matters = Matters(Remembered())

    async def letter(
        self, session: AsyncSession, row: ServiceLetterRow, now: datetime
    ) -> ServiceLetter | ServiceLetterOutcome:
        """Of the letters that are still due; to where each of them would go by itself."""
        orders = await _due(session, row.id)
        if not orders:
            return ServiceLetterOutcome.NOBODY
        recipient = await resolve(session, orders[0].letter, local_day(now))
        if recipient is None:
            return ServiceLetterOutcome.NOBODY
        language = recipient.language
        address = usable(recipient.address)
        if isinstance(address, UndeliveredReason):
            return ServiceLetterOutcome.NOBODY
        told = [await self._told(session, order, recipient, address, now) for order in orders]
        words = ServiceWords(
            language=language,
            subject=plural(language, "digest.subject", len(orders)),
            writes=text(language, "digest.writes", name=recipient.name),
            ask=text(language, "digest.ask"),
            passages=tuple(passage for passage, _ in told),
            button=text(language, "digest.button"),
            link=f"{self._site}/staff?lang={language.value}",
            ends=text(language, "digest.settings"),
            ends_at=f"{self._site}/staff/settings?lang={language.value}",
            automatic=text(language, "digest.automatic"),
        )
        enclosed = tuple(each for _, each in told)
        return ServiceLetter(address=recipient.address, words=words, enclosed=enclosed)

    async def settled(
        self, session: AsyncSession, row: ServiceLetterRow, became: Became, now: datetime
    ) -> None:
        """Each letter is proved by this one; or leaves by itself, where this one did not."""
        mine = col(GatheredLetterRow.digest) == row.id
        if became.outcome is not ServiceLetterOutcome.SENT or became.letter is None:
            await session.exec(update(GatheredLetterRow).where(mine).values(digest=None, alone=True))
            return
        for each in became.letter.enclosed:
            attempt, copy = self._proof(each, became, became.letter.words.language)
            await keep_attempt(session, attempt, now, copy)
        await session.exec(delete(GatheredLetterRow).where(mine))

    def _proof(self, enclosed: Enclosed, became: Became, language: Language) -> tuple[Attempt, LetterApart]:
        copy = kept_copy(enclosed.message)
        attempt = Attempt(
            order=enclosed.order,
            message_id=message_id(enclosed.order, self._settings),
            address=became.address,
            language=language,
            subject=enclosed.subject,
            outcome=DeliveryOutcome.ACCEPTED,
            smtp_code=became.smtp_code,
            smtp_reply=became.reply,
            eml_sha256=hashlib.sha256(enclosed.message).hexdigest(),
            kept_sha256=hashlib.sha256(copy).hexdigest(),
        )
        return attempt, LetterApart(written=copy)

    async def _told(
        self, session: AsyncSession, order: LetterOrder, recipient: Recipient, address: str, now: datetime
    ) -> tuple[Passage, Enclosed]:
        data = await read_letter(self._matters, session, order, recipient, self._settings, now)
        words = letter_text(data)
        letter = mail(data, words, address, self._settings, now, {})
        told = (f"{fact.label}: {fact.value}" for fact in data.facts)
        passage = Passage(
            title=words.subject,
            link=data.link,
            lines=(data.title, *(line for each in told for line in each.splitlines())),
        )
        return passage, Enclosed(order=order, subject=words.subject, message=letter.whole({}))

    @property
    def _site(self) -> str:
        return self._settings.public_url.rstrip("/")


async def _due(session: AsyncSession, digest: Id) -> Sequence[LetterOrder]:
    """What the letter tells: nothing that was taken back meanwhile."""
    gathered = (
        select(GatheredLetterRow.ordered, MonitoringRow.state)
        .join(MonitoringRow, col(MonitoringRow.number) == col(GatheredLetterRow.number))
        .where(GatheredLetterRow.digest == digest)
        .order_by(col(GatheredLetterRow.number), col(GatheredLetterRow.letter))
    )
    found = [
        (LetterOrder.model_validate(ordered), MonitoringState.model_validate(state))
        for ordered, state in await session.exec(gathered)
    ]
    return [order for order, state in found if _is_due(order, state)]


def _is_due(order: LetterOrder, state: MonitoringState) -> bool:
    known = state.letters.get(order.letter.id)
    return known is not None and known.status is LetterStatus.DUE and known.attempt == order.letter.attempt

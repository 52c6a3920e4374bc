"""Mail is kept whole before its server is told so; an answer becomes a draft behind the letter's link, with
the files it brought."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.correspondence.alerts.failures import returned
from activities.database.sessions import Sessions
from activities.mail.enclosed import ATTACHED, brought_by
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.observing.metrics import MAIL_RECEIVED
from models.letters.purposes import LINKS, MAIN_FORM
from models.mail.keys import SentLetter, names_in
from models.mail.mailboxes import same_mailbox
from models.mail.returned_names import letter_returned_to
from models.mail.sorting import sort_mail
from models.mail.sorts import Envelope, Sort, SortedMail
from models.monitoring.state import MonitoringState
from models.tables.deliveries import DeliveryRow
from models.tables.drafts import DraftRow
from models.tables.monitorings import MonitoringRow
from models.tables.received_mail import ReceivedMailRow

log = Log("mail")
MOST_A_DAY: Final = 100
"""Messages about one letter: more are a loop, and wait at their server until it is cut."""
MOST_BYTES: Final = 20 * 1024 * 1024
"""Of a file that is taken into an answer."""
_DAY: Final = timedelta(days=1)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ReceivedMail:
    """Where mail that comes back is kept. Nothing else of a procedure changes by it."""

    def __init__(
        self,
        sessions: Sessions,
        secrets: tuple[str, ...],
        clock: Callable[[], datetime] = _utc_now,
        most_a_day: int = MOST_A_DAY,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._sessions = sessions
        self._secrets = secrets
        self._clock = clock
        self._most_a_day = most_a_day
        self._most_bytes = most_bytes

    async def is_too_much(self, recipient: str) -> bool:
        """Whether so much came about the letter of this address that it can only be a loop."""
        for name in names_in(self._secrets, recipient):
            about = (
                select(func.count())
                .where(col(ReceivedMailRow.number) == name.letter.number)
                .where(col(ReceivedMailRow.letter) == name.letter.letter)
                .where(col(ReceivedMailRow.at) > self._clock() - _DAY)
            )
            async with self._sessions() as session:
                return (await session.exec(about)).one() >= self._most_a_day
        return False

    async def keep(self, message: bytes, sender: str, recipients: tuple[str, ...]) -> None:
        """Sort it and keep it, at every address it came to, or at none. Raises what the database raises."""
        recipients = await self._without_returned(message, sender, recipients)
        envelopes = [Envelope(sender=sender, recipient=each) for each in recipients]
        # Taking a large message apart takes a while, and the door goes on listening.
        seen = [await asyncio.to_thread(sort_mail, message, each, self._secrets) for each in envelopes]
        async with self._sessions.begin() as session:
            kept = [
                mail
                for envelope, mail in zip(envelopes, seen, strict=True)
                if await self._kept(session, message, envelope, mail)
            ]
            for mail in kept:
                if mail.sort is Sort.ANSWER:
                    await self._drafted(session, mail, message)
        for mail in kept:
            MAIL_RECEIVED.labels(mail.sort.value).inc()
            log.info(LogCode.MAIL_KEPT, outcome=mail.sort.value)

    async def _without_returned(
        self, message: bytes, sender: str, recipients: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Reports about letters of no proceeding are counted and not kept: they quote somebody's address."""
        of_letters = {each: letter_returned_to(self._secrets, each) for each in recipients}
        for recipient, letter in of_letters.items():
            if letter is None:
                continue
            envelope = Envelope(sender=sender, recipient=recipient)
            seen = await asyncio.to_thread(sort_mail, message, envelope, self._secrets)
            if seen.sort is Sort.BOUNCE:
                async with self._sessions.begin() as session:
                    await returned(session, letter)
        return tuple(each for each, letter in of_letters.items() if letter is None)

    async def _kept(
        self, session: AsyncSession, message: bytes, envelope: Envelope, mail: SortedMail
    ) -> bool:
        """Whether it is new."""
        letter = mail.letter
        row = insert(ReceivedMailRow).values(
            sha256=hashlib.sha256(message).hexdigest(),
            recipient=envelope.recipient,
            sender=envelope.sender,
            content=message,
            sort=mail.sort.value,
            number=letter.number if letter else None,
            letter=letter.letter if letter else None,
            attempt=letter.attempt if letter else None,
            from_recipient=letter is not None and await _writes(session, letter, mail.writer),
            seen=mail.model_dump(mode="json"),
            at=self._clock(),
        )
        kept = await session.exec(row.on_conflict_do_nothing().returning(col(ReceivedMailRow.id)))
        return kept.first() is not None

    async def _drafted(self, session: AsyncSession, mail: SortedMail, message: bytes) -> None:
        """What was answered stands in the letter's form, unless somebody has begun to fill it in.

        A file that may be attached to an answer is chosen there; any other stays with the message alone.
        """
        letter = mail.letter
        field = await _field_for(session, letter) if letter else None
        if letter is None or field is None:
            return
        brought = await asyncio.to_thread(brought_by, message, mail.files, self._most_bytes)
        if not mail.words and not brought:
            return
        holder = f"{letter.number}/{letter.letter}"
        lock = func.pg_advisory_xact_lock(func.hashtextextended(f"draft {holder} {MAIN_FORM}", 0))
        await session.exec(select(lock))
        begun = select(DraftRow.id).where(DraftRow.holder == holder, DraftRow.form == MAIN_FORM)
        if (await session.exec(begun.limit(1))).first() is not None:
            return
        chosen = [each.beside(holder, self._clock()) for each in brought]
        fields: dict[str, object] = {field: [mail.words], ATTACHED: [row.id for row in chosen]}
        session.add(DraftRow(holder=holder, form=MAIN_FORM, fields=fields, at=self._clock()))
        for row in chosen:
            await session.merge(row)


async def _writes(session: AsyncSession, letter: SentLetter, writer: str) -> bool:
    """Whether this mailbox is one the letter was sent to, however it is spelt."""
    sent = (
        select(DeliveryRow.address)
        .where(col(DeliveryRow.number) == letter.number)
        .where(col(DeliveryRow.letter) == letter.letter)
    )
    return any(same_mailbox(address, writer) for address in await session.exec(sent))


async def _field_for(session: AsyncSession, letter: SentLetter) -> str | None:
    """The field of the letter's form that takes words; None where its form asks for more than words."""
    found = select(MonitoringRow.state).where(col(MonitoringRow.number) == letter.number)
    recorded = (await session.exec(found)).first()
    if recorded is None:
        return None
    known = MonitoringState.model_validate(recorded).letters.get(letter.letter)
    return LINKS[known.purpose].takes_words if known and known.purpose else None

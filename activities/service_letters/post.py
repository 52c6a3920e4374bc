"""Sending letters of no proceeding, one at a time beside those of the procedure, at the pace of them all.

They need database and mail server only. A letter is a row before it leaves, and its outcome is written once
the mail server has answered; whatever is sent again, after a crash between, has the same Message-ID.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import Sessions
from activities.letters.smtp import NotItsTurn, SmtpClient
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.recipients import usable
from activities.service_letters.letter import ServiceLetter, letter_mail, sender_of
from activities.service_letters.loop import LOOK_EVERY_SECONDS, keep_sending
from activities.service_letters.queue import put_off, take_up, write
from models.letters.post import DeliveryOutcome, UndeliveredReason
from models.settings.environment import Settings
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.base import Model
from models.vocabulary.service_letters import ServiceLetterKind, ServiceLetterOutcome

TURN_SECONDS: Final = 20.0
"""How long such a letter waits for others that are being handed over."""
WANTED: Final = timedelta(days=2)
"""How long it is tried: after that it is no news any more."""
_OUTCOMES: Final = {
    DeliveryOutcome.ACCEPTED: ServiceLetterOutcome.SENT,
    DeliveryOutcome.REJECTED: ServiceLetterOutcome.REFUSED,
}
_LOST: Final = frozenset({ServiceLetterOutcome.REFUSED, ServiceLetterOutcome.GIVEN_UP})
log = Log(__name__)


class Became(Model):
    """What became of a try; `letter` is what the mail server was given, and `reply` its word."""

    outcome: ServiceLetterOutcome
    code: str = ""
    address: str = Field(default="", repr=False)
    letter: ServiceLetter | None = Field(default=None, repr=False)
    smtp_code: int | None = None
    reply: str = Field(default="", repr=False)


class LetterWriter(Protocol):
    """Who knows of some kinds of letters whom they go to, what they say, and what follows from one."""

    async def letter(
        self, session: AsyncSession, row: ServiceLetterRow, now: datetime
    ) -> ServiceLetter | ServiceLetterOutcome:
        """The letter as of now, or why there is none to be sent any more."""

    async def settled(
        self, session: AsyncSession, row: ServiceLetterRow, became: Became, now: datetime
    ) -> None:
        """Do what follows, in the transaction in which the outcome is written."""


Writers = Mapping[ServiceLetterKind, LetterWriter]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ServicePost:
    """Sends what was written down. `clock` is a parameter so that tests need not wait."""

    def __init__(
        self,
        sessions: Sessions,
        settings: Settings,
        smtp: SmtpClient,
        writers: Writers,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._sessions = sessions
        self._settings = settings
        self._smtp = smtp
        self._writers = writers
        self._clock = clock

    async def keep_sending(self, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
        """Send what is due until cancelled; a database that is away is waited for."""
        await keep_sending(
            self.send_next, every_seconds, log, (LogCode.SERVICE_LETTERS_WAIT, LogCode.SERVICE_LETTER_FAILED)
        )

    async def send_next(self) -> bool:
        """Take up one letter that is due; False where there is none."""
        async with self._sessions() as session:
            row = await take_up(session, ServiceLetterRow, self._clock())
        if row is None:
            return False
        became = await self._tried(row)
        async with self._sessions() as session:
            if became.outcome is ServiceLetterOutcome.WAITS:
                await put_off(session, row, became.code, self._clock())
            else:
                await self._settle(session, row, became)
        say = log.warning if became.outcome in _LOST else log.info
        say(
            LogCode.SERVICE_LETTER_SETTLED,
            letter=row.id,
            outcome=became.outcome.value,
            answer=became.code or "–",
        )
        return True

    async def _settle(self, session: AsyncSession, row: ServiceLetterRow, became: Became) -> None:
        if await write(session, row, {"outcome": became.outcome.value, "code": became.code}):
            await self._writer(row).settled(session, row, became, self._clock())
        await session.commit()

    async def _tried(self, row: ServiceLetterRow) -> Became:
        """What became of it now, and the mail server's word; it waits on where that may change."""
        now = self._clock()
        async with self._sessions() as session:
            letter = await self._writer(row).letter(session, row, now)
        if isinstance(letter, ServiceLetterOutcome):
            return Became(outcome=letter, code=row.code)
        address = usable(letter.address)
        if isinstance(address, UndeliveredReason):
            return Became(outcome=ServiceLetterOutcome.REFUSED, code=address.value)
        if now - row.made_at >= WANTED:
            return Became(outcome=ServiceLetterOutcome.GIVEN_UP, code=row.code)
        message = letter_mail(letter, row.id, address, self._settings, now)
        try:
            async with self._smtp.turn(TURN_SECONDS) as connection:
                handover = await connection.send(sender_of(row.id, self._settings), address, message)
        except NotItsTurn:
            return Became(outcome=ServiceLetterOutcome.WAITS, code="busy")
        return Became(
            outcome=_OUTCOMES.get(handover.outcome, ServiceLetterOutcome.WAITS),
            code=str(handover.code or handover.reply),
            address=address,
            letter=letter,
            smtp_code=handover.code,
            reply=handover.reply,
        )

    def _writer(self, row: ServiceLetterRow) -> LetterWriter:
        return self._writers[ServiceLetterKind(row.kind)]

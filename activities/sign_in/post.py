"""Sending sign-in letters: a loop beside the worker of the mail that needs database and mail server only.

Signing in is to work while Temporal is away, so these letters are no workflow's. They say nothing of any
proceeding, and no proof of them is kept but who came in by one.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from activities.database.sessions import Sessions
from activities.letters.smtp import NotItsTurn, SmtpClient
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.local_day import local_day
from activities.registries.recipients import usable
from activities.service_letters.letter import ServiceWords
from activities.service_letters.loop import LOOK_EVERY_SECONDS, keep_sending
from activities.service_letters.queue import put_off, take_up
from activities.sign_in.accounts import AccountAt, accounts_at
from activities.sign_in.asked import settle, too_late
from activities.sign_in.letter import (
    change_words,
    disabled_words,
    expiry_words,
    letter_mail,
    letter_words,
)
from activities.sign_in.links import PATH, Opening, give_out, was_used
from models.letters.post import DeliveryOutcome, UndeliveredReason
from models.settings.environment import Settings
from models.tables.sign_ins import SignInLetterRow
from models.vocabulary.procedure import Language
from models.vocabulary.sign_in import SignInLetterKind, SignInLetterOutcome, WayIn

TURN_SECONDS: Final = 20.0
"""How long such a letter waits for others that are being handed over."""
_OUTCOMES: Final = {
    DeliveryOutcome.ACCEPTED: SignInLetterOutcome.SENT,
    DeliveryOutcome.REJECTED: SignInLetterOutcome.REFUSED,
}
_LOST: Final = frozenset({SignInLetterOutcome.REFUSED, SignInLetterOutcome.GIVEN_UP})
log = Log(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _told_words(row: SignInLetterRow) -> ServiceWords:
    """The words of a letter that brings no link."""
    language = Language(row.language)
    match SignInLetterKind(row.kind):
        case SignInLetterKind.TOKEN_EXPIRES:
            return expiry_words(language, row.facts)
        case SignInLetterKind.WEBHOOK_DISABLED:
            return disabled_words(language, row.facts, row.asked_at)
        case _:
            return change_words(language, row.asked_at)


class SignInPost:
    """Sends what was asked for. `clock` is a parameter so that tests need not wait."""

    def __init__(
        self,
        sessions: Sessions,
        settings: Settings,
        smtp: SmtpClient,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._sessions = sessions
        self._settings = settings
        self._smtp = smtp
        self._clock = clock

    async def keep_sending(self, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
        """Send what is due until cancelled; a database that is away is waited for."""
        await keep_sending(
            self.send_next, every_seconds, log, (LogCode.SIGN_IN_LETTERS_WAIT, LogCode.SIGN_IN_LETTER_FAILED)
        )

    async def send_next(self) -> bool:
        """Take up one letter that is due; False where there is none."""
        async with self._sessions() as session:
            row = await take_up(session, SignInLetterRow, self._clock())
        if row is None:
            return False
        await self._try(row)
        return True

    async def _try(self, row: SignInLetterRow) -> None:
        outcome, code = await self._outcome(row)
        async with self._sessions() as session:
            if outcome is SignInLetterOutcome.WAITS:
                await put_off(session, row, code, self._clock())
            else:
                await settle(session, row, outcome, code, self._clock())
        say = log.warning if outcome in _LOST else log.info
        say(LogCode.SIGN_IN_LETTER_SETTLED, letter=row.id, outcome=outcome.value, answer=code or "–")

    async def _outcome(self, row: SignInLetterRow) -> tuple[SignInLetterOutcome, str]:
        """What became of it now, and the mail server's word; it waits on where that may change."""
        now = self._clock()
        address = usable(row.address)
        async with self._sessions() as session:
            known = await accounts_at(session, row.address, local_day(now))
            arrived = await was_used(session, row.id)
        nobody = row.kind == SignInLetterKind.LINK and not known
        if nobody or isinstance(address, UndeliveredReason):
            return SignInLetterOutcome.NOBODY, ""
        if arrived:
            return SignInLetterOutcome.SENT, row.code
        if too_late(row, now):
            return SignInLetterOutcome.GIVEN_UP, row.code
        try:
            async with self._smtp.turn(TURN_SECONDS) as connection:
                message = letter_mail(await self._words(row, known), row.id, address, self._settings, now)
                handover = await connection.send(self._settings.mail_from, address, message)
        except NotItsTurn:
            return SignInLetterOutcome.WAITS, "busy"
        code = str(handover.code or handover.reply)
        return _OUTCOMES.get(handover.outcome, SignInLetterOutcome.WAITS), code

    async def _words(self, row: SignInLetterRow, known: tuple[AccountAt, ...]) -> ServiceWords:
        """Each try has a link of its own, that works from before the mail server is asked."""
        if row.kind != SignInLetterKind.LINK:
            return _told_words(row)
        opening = Opening(
            way=WayIn.LINK,
            letter=row.id,
            address=row.address,
            accounts=tuple(each.account for each in known),
            way_on=row.way_on,
        )
        async with self._sessions.begin() as session:
            words = await give_out(session, opening, self._clock())
        first = known[0]
        opens = f"{self._settings.public_url.rstrip('/')}{PATH}{words}?lang={first.language.value}"
        return letter_words(first.language, first.name, opens, row.asked_at)

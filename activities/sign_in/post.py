"""Sending sign-in letters: a loop beside the worker of the mail that needs database and mail server only.

Signing in is to work while Temporal is away, so these letters are no workflow's. They say nothing of any
proceeding, and no proof of them is kept but who came in by one.
"""

import asyncio
import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from activities.database.sessions import Sessions
from activities.letters.smtp import NotItsTurn, SmtpClient
from activities.registries.local_day import local_day
from activities.registries.recipients import usable
from activities.sign_in.accounts import AccountAt, accounts_at
from activities.sign_in.asked import put_off, settle, take_up, too_late
from activities.sign_in.letter import LetterWords, change_words, letter_mail, letter_words
from activities.sign_in.links import PATH, Opening, give_out, was_used
from models.letters.post import DeliveryOutcome, UndeliveredReason
from models.settings.environment import Settings
from models.tables.sign_ins import SignInLetterRow
from models.vocabulary.procedure import Language
from models.vocabulary.sign_in import SignInLetterKind, SignInLetterOutcome, WayIn

LOOK_EVERY_SECONDS: Final = 1.0
TURN_SECONDS: Final = 20.0
"""How long such a letter waits for others that are being handed over."""
_OUTCOMES: Final = {
    DeliveryOutcome.ACCEPTED: SignInLetterOutcome.SENT,
    DeliveryOutcome.REJECTED: SignInLetterOutcome.REFUSED,
}
_LOST: Final = frozenset({SignInLetterOutcome.REFUSED, SignInLetterOutcome.GIVEN_UP})
log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


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
        while True:
            try:
                while await self.send_next():
                    pass
            except (SQLAlchemyError, OSError) as fault:
                log.warning("sign-in letters wait: %s", type(fault).__name__)
            except Exception as fault:  # a fault of ours is told, and takes no other letter down
                # Its message may quote an address: its type and place are enough.
                place = "".join(traceback.format_tb(fault.__traceback__))
                log.error("a sign-in letter failed: %s\n%s", type(fault).__name__, place)
            await asyncio.sleep(every_seconds)

    async def send_next(self) -> bool:
        """Take up one letter that is due; False where there is none."""
        async with self._sessions() as session:
            row = await take_up(session, self._clock())
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
        say("sign-in letter %s %s: %s", row.id, outcome.value, code or "–")

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

    async def _words(self, row: SignInLetterRow, known: tuple[AccountAt, ...]) -> LetterWords:
        """Each try has a link of its own, that works from before the mail server is asked."""
        if row.kind == SignInLetterKind.ADDRESS_CHANGED:
            return change_words(Language(row.language), row.asked_at)
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

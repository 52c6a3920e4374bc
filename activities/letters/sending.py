"""Sending a letter: resolve, render, hand over, keep the proof. What Temporal sees are ids and codes only."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from opentelemetry.trace import SpanKind
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.database.sessions import Sessions, reads_of
from activities.letters.consolidation import read_consolidation_letter
from activities.letters.data import LetterData, read_letter
from activities.letters.deliveries import Attempt, keep_attempt, tries_before
from activities.letters.duty import read_duty_letter
from activities.letters.enclosures import EncodedDocument, EncodedDocuments
from activities.letters.gathering import waits_until
from activities.letters.matters import Matters
from activities.letters.message import mail, message_id
from activities.letters.minting import with_link
from activities.letters.names import names_of
from activities.letters.smtp import NotItsTurn, SmtpClient
from activities.letters.smtp_connection import SmtpConnection
from activities.letters.text import letter_text, subject_of
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.observing.metrics import LETTER_ATTEMPTS
from activities.observing.tracing import span
from activities.record.remembered import Remembered
from activities.registries.local_day import local_day
from activities.registries.recipients import Recipient, resolve, usable
from models.letters.apart import LetterApart
from models.letters.kept_copy import kept_copy
from models.letters.post import DeliveryOutcome, LetterOrder, LetterOutcome, LetterProof, UndeliveredReason
from models.letters.row import Family
from models.settings.environment import Settings
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Sha256

log = Log(__name__)
PAUSES: Final = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""How long a deferred letter waits for its next try; the last pause repeats."""

TURN_SECONDS: Final = 10.0
"""How long a letter waits for others that are being handed over, before it makes room and comes again."""
AGAIN_AFTER: Final = timedelta(seconds=2)

ReadLetter = Callable[[AsyncSession, LetterOrder, Recipient, Settings, datetime], Awaitable[LetterData]]
_UNKNOWN: Final = Recipient(name="", address="", language=Language.KK)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Letters:
    """The post office. `recorded` is what this process has recorded last.

    `pauses`, `clock` and `turn_seconds` are parameters so that tests need not wait.
    """

    def __init__(
        self,
        sessions: Sessions,
        settings: Settings,
        smtp: SmtpClient,
        pauses: Sequence[timedelta] = PAUSES,
        clock: Callable[[], datetime] = _utc_now,
        turn_seconds: float = TURN_SECONDS,
        recorded: Remembered | None = None,
    ) -> None:
        # Each statement by itself: no transaction is open while the server takes its time, and what has to
        # be true at once (a proof and its copy) is one of them.
        self._sessions = reads_of(sessions)
        self._settings = settings
        self._smtp = smtp
        self._pauses = pauses
        self._clock = clock
        self._turn_seconds = turn_seconds
        self._documents = EncodedDocuments()
        self._readers: Mapping[Family, ReadLetter] = {
            Family.MONITORING: partial(read_letter, Matters(recorded or Remembered())),
            Family.DUTY: read_duty_letter,
            Family.REVIEW: read_consolidation_letter,
        }

    @activity.defn
    async def send_letter(self, order: LetterOrder) -> LetterProof:
        """Send one attempt at a letter; SMTP can do no better than at least once, with one Message-ID.

        Returns SENT, or UNDELIVERABLE where the recipient's server refused for good or no address is known.
        Raises `letter_deferred` (try again after a pause that grows), `letter_waits` (others are being sent),
        `letter_informs` (its hour has not come, or it is told with others) and `letter_fault` (our own fault,
        try again after mending); none quotes an address, a text or a link.
        """
        try:
            async with self._smtp.turn(self._turn_seconds) as connection:
                proof = await self._send(order, connection)
        except ApplicationError:
            raise
        except NotItsTurn:
            raise _later("others are being sent", "letter_waits", AGAIN_AFTER) from None
        except Exception as fault:
            # Database and template errors quote what they worked on; a workflow history must not. The lines
            # of code they came by may be there, and are all there is to find the fault.
            quiet = ApplicationError(type(fault).__name__, type="letter_fault")
            raise quiet.with_traceback(fault.__traceback__) from None
        log.info(LogCode.LETTER_HANDLED, letter=order.letter.id, mark=order.number, answer=proof.code)
        return proof

    async def _send(self, order: LetterOrder, connection: SmtpConnection) -> LetterProof:
        now = self._clock()
        async with self._sessions() as session:
            tries = await tries_before(session, order)
            if tries.accepted is not None:
                return tries.accepted
            today = local_day(now)
            aside = await _stepped_aside(session, order)
            recipient = await resolve(session, order.letter, today, aside) or _UNKNOWN
            address = usable(recipient.address)
            if isinstance(address, UndeliveredReason):
                return await self._nowhere_to_send(session, order, recipient, address, now)
            asked_at = activity.info().current_attempt_scheduled_time
            again_at = await waits_until(session, order, asked_at)
            if again_at is not None:
                await session.commit()
                raise _later("it only informs", "letter_informs", again_at - asked_at)
            data = await self._readers[order.family](session, order, recipient, self._settings, now)
            data = await with_link(session, data, self._settings, now)
            documents = [await self._documents.read(session, each.sha256) for each in data.documents]
            await session.commit()
            attempt, copy = await self._hand_over(data, documents, address, now, connection)
            await keep_attempt(session, attempt, now, copy)
            await session.commit()
            LETTER_ATTEMPTS.labels(attempt.outcome.value).inc()
        return self._proof(attempt, tries.count + 1)

    async def _nowhere_to_send(
        self,
        session: AsyncSession,
        order: LetterOrder,
        recipient: Recipient,
        reason: UndeliveredReason,
        now: datetime,
    ) -> LetterProof:
        attempt = Attempt(
            order=order,
            message_id=message_id(order, self._settings),
            address=recipient.address,
            language=recipient.language,
            subject=subject_of(recipient.language, order.letter.kind, order.number),
            outcome=DeliveryOutcome.NO_ADDRESS,
            smtp_reply=reason.value,
        )
        await keep_attempt(session, attempt, now)
        await session.commit()
        LETTER_ATTEMPTS.labels(attempt.outcome.value).inc()
        return LetterProof(outcome=LetterOutcome.UNDELIVERABLE, code=reason.value)

    async def _hand_over(
        self,
        data: LetterData,
        documents: Sequence[EncodedDocument],
        address: str,
        now: datetime,
        connection: SmtpConnection,
    ) -> tuple[Attempt, LetterApart]:
        """What cannot be kept without its link does not leave."""
        names = names_of(data.order, self._settings)
        words = letter_text(data, answered_by_mail=bool(names.reply_to))
        known = {document.sha256: document for document in documents}
        bodies = {document.sha256: document.body for document in documents}
        letter = mail(data, words, address, self._settings, now, known)
        copy = letter.model_copy(update={"written": kept_copy(letter.written)})
        message = letter.whole(bodies)
        eml, kept = _sha256(message), _sha256(copy.whole(bodies))
        with span("hand over", SpanKind.CLIENT, letter=data.order.letter.id):
            handover = await connection.send(names.sender, address, message)
        attempt = Attempt(
            order=data.order,
            message_id=message_id(data.order, self._settings),
            address=address,
            language=data.language,
            subject=words.subject,
            outcome=handover.outcome,
            smtp_code=handover.code,
            smtp_reply=handover.reply,
            eml_sha256=eml,
            kept_sha256=kept,
        )
        return attempt, copy

    def _proof(self, attempt: Attempt, tried: int) -> LetterProof:
        """What the workflow learns. Raises `letter_deferred`."""
        code = str(attempt.smtp_code)
        match attempt.outcome:
            case DeliveryOutcome.ACCEPTED:
                return LetterProof(
                    outcome=LetterOutcome.SENT, code=code, eml=attempt.eml_sha256, kept=attempt.kept_sha256
                )
            case DeliveryOutcome.REJECTED:
                return LetterProof(outcome=LetterOutcome.UNDELIVERABLE, code=code)
            case _:
                # By how often the server was asked: a letter that only waited for others was not tried.
                pause = self._pauses[min(tried, len(self._pauses)) - 1]
                raise _later(f"deferred: {attempt.smtp_code or attempt.smtp_reply}", "letter_deferred", pause)


def _sha256(content: bytes) -> Sha256:
    return hashlib.sha256(content).hexdigest()


def _later(message: str, kind: str, pause: timedelta) -> ApplicationError:
    return ApplicationError(
        message, type=kind, next_retry_delay=pause, category=ApplicationErrorCategory.BENIGN
    )


async def _stepped_aside(session: AsyncSession, order: LetterOrder) -> tuple[Id, ...]:
    """Whoever has a conflict of interest in the monitoring that a letter to its head is of."""
    if order.letter.recipient_kind is not RecipientKind.HEAD:
        return ()
    aside = col(MonitoringRow.state)["stepped_aside"]
    found = select(aside).where(col(MonitoringRow.number) == order.number)
    return tuple((await session.exec(found)).first() or ())

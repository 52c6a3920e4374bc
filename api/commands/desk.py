"""From a request to a workflow and back: claim the key, keep the texts, send, remember the answer.

A command is two statements around one update, each by itself; no connection is held while it is under way.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, NoReturn

from fastapi import Depends
from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import plainly
from activities.observing.logs import note
from api.commands import repair
from api.commands.addressed import Addressed, R
from api.commands.counted import CommandFate, concluded, recorded, was_refused
from api.commands.foreseen import foreseen
from api.commands.idempotency import (
    Key,
    RequestKey,
    claim,
    claim_at_once,
    is_decided,
    may_speak,
    refused,
    status_of_refusal,
)
from api.commands.sending import Fate, Outcome, send_command
from api.content.notes import Note, Referred, keep_texts
from api.http.deps import Now, Session
from api.http.requests import KEY_HEADER
from api.problems.problem import Failed, ProblemCode, unavailable
from api.services.agreements import Store
from api.services.services import AnyServices, Services
from api.services.temporal import TemporalDown
from models.commands import command_name
from models.commands.command import Command
from models.report.content import ReportContent
from models.tables.commands import CommandRow
from models.vocabulary.actors import Actor
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refusal, Refused

RETRY_SECONDS = 2
_REFUSALS: TypeAdapter[tuple[Refusal, ...]] = TypeAdapter(tuple[Refusal, ...])


class CommandDesk:
    """Sends the one command of a request, to whichever proceeding it is addressed to."""

    def __init__(self, services: Services, session: AsyncSession, key: RequestKey, now: datetime) -> None:
        self._services = services
        self._session = session
        self._now = now
        self._begun = time.monotonic()
        self.key = key

    @property
    def id(self) -> Id:
        """The id of the command, and of its update."""
        return self.key.id

    async def send(
        self,
        to: Addressed[R],
        command: Command,
        *,
        notes: Sequence[Note] = (),
        content: ReportContent | None = None,
    ) -> R:
        """The receipt of a command that happened, now or when the same request came before.

        Raises Failed: 409 with every reason when refused (recorded with who, what and why), 503 when the
        outcome is not known in time; the same key may be sent again then.
        """
        await may_speak(self._session, command.actor, self._now)
        refusals = await foreseen(self._session, self._services.agreements, to, command, self._now)
        name, texts = command_name(type(command)), Referred(notes, content)
        of_it = (name, command.actor, to, self._now, texts, refusals)
        row, store = await claim_at_once(self._session, self.key, *of_it)
        await self._session.commit()
        note(command_id=self.id, workflow_id=to.workflow_id)
        if is_decided(row) and store is not None:  # new, and claimed as refused
            was_refused(row.name, row.code)
            raise _refused_before(row)
        if is_decided(row):
            return answered(row, to.receipt)
        if refusals:  # sent before, and nobody knows what became of it
            await self.refuse(row, refusals)
        return await self.conclude(row, to, await self._sent(to, command, store))

    async def claimed(self, command: type[Command], actor: Actor, about: Id | None) -> CommandRow:
        """The row of this command; `about` is what it is on record under, once that is known."""
        return await claim(self._session, self.key, command_name(command), actor, about, self._now)

    async def ask(self, row: CommandRow, to: Addressed[R], command: Command) -> None:
        """Ask the rules before anything is made for a claimed command. Raises Failed if they refuse."""
        try:
            to.ask(command, self._now)
        except Refused as error:
            await self.refuse(row, error.refusals)

    async def deliver(
        self,
        row: CommandRow,
        to: Addressed[R],
        command: Command,
        *,
        content: ReportContent,
    ) -> R:
        """Send a claimed command with the content it pins. Raises Failed as `send` does."""
        await keep_texts(self._session, to.mark, Referred(content=content), self._now)
        refusals = await foreseen(self._session, self._services.agreements, to, command, self._now)
        if refusals:
            await self.refuse(row, refusals)
        await self._session.commit()
        return await self.conclude(row, to, await self._sent(to, command))

    async def conclude(self, row: CommandRow, to: Addressed[R], outcome: Outcome) -> R:
        """Remember what became of a command, and answer."""
        await plainly(self._session)
        note(command_id=row.id, workflow_id=to.workflow_id)
        match outcome.fate:
            case Fate.DONE if isinstance(outcome.receipt, to.receipt):
                row.outcome = CommandOutcome.DONE.value
                row.answer = outcome.receipt.model_dump(mode="json")
                self._session.add(row)
                await self._session.commit()
                recorded(row.name, self._begun)
                return outcome.receipt
            case Fate.REFUSED:
                await self.refuse(row, outcome.refusals)
            case Fate.CLOSED:
                await self.refuse(row, (to.ended,))
            case Fate.TAKEN:
                row.number = None  # sent again it gets the next one
                self._session.add(row)
                await self._session.commit()
            case Fate.BROKEN:
                concluded(row.name, CommandFate.FAILED)
                raise RuntimeError(f"a handler of {to.workflow_id} failed otherwise than by refusing")
        concluded(row.name, CommandFate.PENDING)
        raise self._not_in_time(_PROBLEMS.get(outcome.fate, ProblemCode.COMMAND_UNKNOWN_OUTCOME))

    async def refuse(self, row: CommandRow, refusals: tuple[Refusal, ...]) -> NoReturn:
        """Temporal keeps no trace of refused updates: the table does. Raises the refusal."""
        row.sqlmodel_update(refused(refusals))
        self._session.add(row)
        await self._session.commit()
        note(command_id=row.id)
        was_refused(row.name, refusals[0].code)
        raise _refused_before(row)

    def _not_in_time(self, code: ProblemCode) -> Failed:
        """503 that tells the key to repeat the request with."""
        pause = repair.RETRY_SECONDS if code is ProblemCode.UNDER_REPAIR else RETRY_SECONDS
        failed = unavailable(code, pause)
        failed.headers[KEY_HEADER] = self.key.key
        return failed

    async def _sent(self, to: Addressed[R], command: Command, store: Store | None = None) -> Outcome:
        try:
            client = await self._services.temporal.client()
        except TemporalDown:
            return Outcome(fate=Fate.UNAVAILABLE)
        budget = self._services.settings.command_budget_seconds
        return await repair.sent_where_sound(
            self._services, to.workflow_id, store, lambda: send_command(client, to, command, budget)
        )


def answered(row: CommandRow, receipt: type[R]) -> R:
    """The answer that was given before. Raises the refusal if it was one."""
    concluded(row.name, CommandFate.REPEATED)
    if row.outcome == CommandOutcome.DONE:
        return receipt.model_validate(row.answer or {})
    raise _refused_before(row)


def _refused_before(row: CommandRow) -> Failed:
    refusals = _REFUSALS.validate_python((row.answer or {})["refusals"])
    return Failed(status_of_refusal(row.name), refusals[0].code, refusals=refusals)


_PROBLEMS = {
    Fate.BUSY: ProblemCode.BUSY,
    Fate.UNAVAILABLE: ProblemCode.UNAVAILABLE,
    Fate.UNDER_REPAIR: ProblemCode.UNDER_REPAIR,
    Fate.TAKEN: ProblemCode.UNDER_REPAIR,
}


async def command_desk(services: AnyServices, session: Session, key: Key, now: Now) -> CommandDesk:
    """The desk of the request."""
    return CommandDesk(services, session, key, now)


Desk = Annotated[CommandDesk, Depends(command_desk)]

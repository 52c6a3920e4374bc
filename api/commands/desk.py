"""From a route to the workflow and back: claim the key, keep the texts, send, remember the answer.

A command is two short transactions around one update; no connection is held while it is under way.
"""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends
from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from api.commands import repair
from api.commands.idempotency import KEY_HEADER, CommandOutcome, Key, RequestKey, claim, status_of_refusal
from api.commands.sending import Fate, Outcome, command_name, send_command
from api.content.notes import Note, keep_content, keep_notes
from api.http.deps import Now, Session
from api.problems.problem import Failed, ProblemCode, unavailable
from api.services.services import AnyServices, Services
from api.services.temporal import TemporalDown
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.report.content import ReportContent
from models.tables.commands import CommandRow
from models.vocabulary.procedure import Id, Number, monitoring_workflow_id
from models.vocabulary.refusal import Refusal

RETRY_SECONDS = 2
_REFUSALS: TypeAdapter[tuple[Refusal, ...]] = TypeAdapter(tuple[Refusal, ...])


class CommandDesk:
    """Sends the one command of a request. Pages build one for a letter's link, routes get one injected."""

    def __init__(self, services: Services, session: AsyncSession, key: RequestKey, now: datetime) -> None:
        self._services = services
        self._session = session
        self._now = now
        self.key = key

    @property
    def id(self) -> Id:
        """The id of the command, and of its update."""
        return self.key.id

    async def send(
        self,
        number: Number,
        command: Command,
        *,
        notes: Sequence[Note] = (),
        content: ReportContent | None = None,
    ) -> Receipt:
        """The receipt of a command that happened, now or when the same request came before.

        Raises Failed: 409 with every reason when refused (recorded with who, what and why), 503 when the
        outcome is not known in time; the same key may be sent again then.
        """
        name = command_name(type(command))
        row = await claim(self._session, self.key, name, command.actor, number, self._now)
        if row.outcome != CommandOutcome.PENDING:
            return answered(row)
        await keep_notes(self._session, number, notes, self._now)
        if content is not None:
            await keep_content(self._session, content, self._now)
        await self._session.commit()
        return await self.conclude(row, await self._sent(number, command))

    async def conclude(self, row: CommandRow, outcome: Outcome) -> Receipt:
        """Remember what became of a command, and answer."""
        match outcome.fate:
            case Fate.DONE if isinstance(outcome.receipt, Receipt):
                row.outcome = CommandOutcome.DONE.value
                row.answer = outcome.receipt.model_dump(mode="json")
                await self._session.commit()
                return outcome.receipt
            case Fate.REFUSED:
                await self.refuse(row, outcome.refusals)
            case Fate.CLOSED:
                await self.refuse(row, (Refusal(code=ProblemCode.MONITORING_ENDED.value),))
            case Fate.TAKEN:
                row.number = None  # sent again it gets the next one
                self._session.add(row)
                await self._session.commit()
            case Fate.BROKEN:
                raise RuntimeError("a handler of the monitoring failed otherwise than by refusing")
        raise self.not_in_time(PROBLEMS.get(outcome.fate, ProblemCode.COMMAND_UNKNOWN_OUTCOME))

    async def refuse(self, row: CommandRow, refusals: tuple[Refusal, ...]) -> None:
        """Temporal keeps no trace of refused updates: the table does. Raises the refusal."""
        row.outcome = CommandOutcome.REFUSED.value
        row.code, row.rule = refusals[0].code, refusals[0].rule
        row.answer = {"refusals": [refusal.model_dump(mode="json") for refusal in refusals]}
        self._session.add(row)
        await self._session.commit()
        answered(row)

    def not_in_time(self, code: ProblemCode) -> Failed:
        """503 that tells the key to repeat the request with."""
        pause = repair.RETRY_SECONDS if code is ProblemCode.UNDER_REPAIR else RETRY_SECONDS
        failed = unavailable(code, pause)
        failed.headers[KEY_HEADER] = self.key.key
        return failed

    async def _sent(self, number: Number, command: Command) -> Outcome:
        try:
            client = await self._services.temporal.client()
        except TemporalDown:
            return Outcome(fate=Fate.UNAVAILABLE)
        budget = self._services.settings.command_budget_seconds
        return await repair.sent_where_sound(
            self._services,
            monitoring_workflow_id(number),
            lambda: send_command(client, number, command, budget),
        )


def answered(row: CommandRow) -> Receipt:
    """The answer that was given before. Raises the refusal if it was one."""
    answer = row.answer or {}
    if row.outcome == CommandOutcome.DONE:
        return Receipt.model_validate(answer)
    refusals = _REFUSALS.validate_python(answer["refusals"])
    status = status_of_refusal(row.name)
    raise Failed(status, refusals[0].code, refusals=refusals)


PROBLEMS = {
    Fate.BUSY: ProblemCode.BUSY,
    Fate.UNAVAILABLE: ProblemCode.UNAVAILABLE,
    Fate.UNDER_REPAIR: ProblemCode.UNDER_REPAIR,
    Fate.TAKEN: ProblemCode.UNDER_REPAIR,
}
COMMAND_STATUSES = (HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE)


def command_desk(services: AnyServices, session: Session, key: Key, now: Now) -> CommandDesk:
    """The desk of the request."""
    return CommandDesk(services, session, key, now)


Desk = Annotated[CommandDesk, Depends(command_desk)]

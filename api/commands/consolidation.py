"""From a route to the consolidation's workflow and back, as `CommandDesk` does it for a monitoring."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.consolidation import ConsolidationAccess
from api.access.policy import actor_of
from api.commands.desk import PROBLEMS, CommandDesk, Desk, answered
from api.commands.idempotency import CommandOutcome, claim
from api.commands.repair import sent_where_sound
from api.commands.sending import Fate, Outcome, command_name, send_update
from api.content.notes import Note, keep_notes
from api.http.deps import Now, Session
from api.problems.problem import ProblemCode
from api.services.services import AnyServices, Services
from api.services.temporal import TemporalDown
from models.commands.command import Command
from models.consolidation.notices import ConsolidationReceipt
from models.consolidation.rules import decide_consolidation
from models.tables.commands import CommandRow
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refusal, Refused


class ConsolidationDesk:
    """Sends the one command of a request."""

    def __init__(self, desk: CommandDesk, services: Services, session: AsyncSession, now: datetime) -> None:
        self._desk = desk
        self._services = services
        self._session = session
        self._now = now

    @property
    def id(self) -> Id:
        """The id of the command, and of its update."""
        return self._desk.id

    def actor(self, access: ConsolidationAccess, on_behalf: Authority | None) -> Actor:
        return actor_of(access.caller, on_behalf)

    async def claimed(self, command: type[Command], actor: Actor, about: Id | None) -> CommandRow:
        """The row of this command; `about` is what it is on record under."""
        return await claim(self._session, self._desk.key, command_name(command), actor, about, self._now)

    async def send(
        self, access: ConsolidationAccess, command: Command, notes: Sequence[Note] = ()
    ) -> ConsolidationReceipt:
        """The receipt of a command that happened, now or when the same request came before."""
        mark = access.state.mark
        row = await self.claimed(type(command), command.actor, mark)
        if row.outcome != CommandOutcome.PENDING:
            return self.answer_before(row)
        await keep_notes(self._session, mark, notes, self._now)
        return await self.conclude(row, access, command)

    async def check(self, row: CommandRow, access: ConsolidationAccess, command: Command) -> None:
        """Ask the rules before anything is made for a command. Raises Failed (409) as the workflow would."""
        try:
            decide_consolidation(access.state, command, self._now)
        except Refused as refused:
            await self._desk.refuse(row, refused.refusals)

    async def conclude(
        self, row: CommandRow, access: ConsolidationAccess, command: Command
    ) -> ConsolidationReceipt:
        """Send a claimed command and remember what became of it.

        Raises Failed: 409 with every reason when refused, 503 when the outcome is not known in time.
        """
        await self._session.commit()
        outcome = await self._sent(access, command)
        match outcome.fate:
            case Fate.DONE if isinstance(outcome.receipt, ConsolidationReceipt):
                row.outcome = CommandOutcome.DONE.value
                row.answer = outcome.receipt.model_dump(mode="json")
                self._session.add(row)
                await self._session.commit()
                return outcome.receipt
            case Fate.REFUSED:
                await self._desk.refuse(row, outcome.refusals)
            case Fate.CLOSED:
                ended = Refusal(code="consolidation_ended", rule="18")
                await self._desk.refuse(row, (ended,))
            case Fate.BROKEN:
                raise RuntimeError("a handler of the consolidation failed otherwise than by refusing")
        raise self._desk.not_in_time(PROBLEMS.get(outcome.fate, ProblemCode.COMMAND_UNKNOWN_OUTCOME))

    def answer_before(self, row: CommandRow) -> ConsolidationReceipt:
        """The answer that was given before. Raises the refusal if it was one."""
        if row.outcome != CommandOutcome.DONE:
            answered(row)
        return ConsolidationReceipt.model_validate(row.answer or {})

    async def _sent(self, access: ConsolidationAccess, command: Command) -> Outcome:
        try:
            client = await self._services.temporal.client()
        except TemporalDown:
            return Outcome(fate=Fate.UNAVAILABLE)
        budget = self._services.settings.command_budget_seconds
        mine = access.state.workflow_id
        return await sent_where_sound(
            self._services, mine, lambda: send_update(client, mine, command, budget, ConsolidationReceipt)
        )


def consolidation_desk(desk: Desk, services: AnyServices, session: Session, now: Now) -> ConsolidationDesk:
    """The desk of the request."""
    return ConsolidationDesk(desk, services, session, now)


AnyConsolidationDesk = Annotated[ConsolidationDesk, Depends(consolidation_desk)]

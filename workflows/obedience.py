"""How a command is refused, obeyed and answered; the same for every one of them, in every workflow."""

from abc import abstractmethod
from datetime import date, datetime
from typing import Generic, TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from models.commands.command import Command
    from models.events import Event
    from models.vocabulary.base import Model
    from models.vocabulary.refusal import Refused
    from workflows.journal import P
    from workflows.proceeding import ProceedingWorkflow

R = TypeVar("R", bound=Model)


class Obedience(ProceedingWorkflow[P], Generic[P, R]):
    """Carries out what the rules decide. Knows no rule itself; `R` is what a command is answered with."""

    @abstractmethod
    def _decide(self, command: Command, now: datetime) -> tuple[Event, ...]:
        """What the command makes happen. Raises `Refused`."""

    @abstractmethod
    def _receipt(self, state: P) -> R:
        """The answer, once everything up to this state is recorded."""

    def _admit(self, command: Command, today: date) -> None:
        """What is refused of new commands only. Raises `Refused`; nothing, unless a workflow says so."""

    def _may(self, command: Command) -> None:
        """Refuse now what would be refused later.

        The events are tried on the state as well: an error in a rule or a fold then rejects one command
        instead of freezing the workflow for everybody.
        """
        if command.id in self._state.commands:
            return
        try:
            self._admit(command, self._state.calendar.local_date(workflow.now()))
            self._journal.tried(command.actor, *self._decide(command, workflow.now()))
        except Refused as refused:
            raise _refusal(refused) from None

    async def _obey(self, command: Command) -> R:
        """Let it happen once, and answer when it is recorded."""
        journal = self._journal
        if command.id not in journal.state.commands:
            try:
                events = self._decide(command, workflow.now())
            except Refused as refused:  # another command came first since the validator looked
                raise _refusal(refused) from None
            journal.happened(command.actor, *events, command=command.id)
        state = journal.state  # as of now: what others do while it is recorded is not this receipt's matter
        await journal.recorded(state.seq)
        return self._receipt(state)


def _refusal(refused: Refused) -> ApplicationError:
    """A refusal as the caller of the update gets it: the code as the type, every reason in the details."""
    reasons = [refusal.model_dump() for refusal in refused.refusals]
    return ApplicationError(str(refused), reasons, type=refused.code, non_retryable=True)

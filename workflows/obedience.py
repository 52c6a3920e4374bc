"""How a command is refused, obeyed and answered; the same for every one of them."""

from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from models.commands import Command
    from models.events import Event
    from models.receipt import Receipt
    from models.refusal import Refused
    from models.rules import decide
    from models.rules.admission import check_admission
    from models.state import MonitoringState
    from workflows.proceeding import ProceedingWorkflow


class Obedience(ProceedingWorkflow[MonitoringState]):
    """Carries out what the rules decide. Knows no rule itself."""

    def _decide(self, command: Command, now: datetime) -> tuple[Event, ...]:
        return decide(self._state, command, now)

    def _may(self, command: Command) -> None:
        """Refuse now what would be refused later.

        The events are tried on the state as well: an error in a rule or a fold then rejects one command
        instead of freezing the workflow for everybody.
        """
        if command.id in self._state.commands:
            return
        try:
            today = self._state.calendar.local_date(workflow.now())
            check_admission(self._state, command, today)
            self._journal.tried(command.actor, *self._decide(command, workflow.now()))
        except Refused as refused:
            raise _refusal(refused) from None

    async def _obey(self, command: Command) -> Receipt:
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
        return Receipt(number=state.number, seq=state.seq, stage=state.stage)


def _refusal(refused: Refused) -> ApplicationError:
    """A refusal as the caller of the update gets it: the code as the type, every reason in the details."""
    reasons = [refusal.model_dump() for refusal in refused.refusals]
    return ApplicationError(str(refused), reasons, type=refused.code, non_retryable=True)

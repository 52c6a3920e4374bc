"""How a monitoring decides on a command, and what it answers."""

from datetime import date, datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.commands.command import Command
    from models.commands.receipt import Receipt
    from models.events import Event
    from models.monitoring.rules import decide
    from models.monitoring.rules.admission import check_admission
    from models.monitoring.state import MonitoringState
    from workflows.obedience import Obedience


class MonitoringObedience(Obedience[MonitoringState, Receipt]):
    """The rules of a monitoring under the machinery of obedience."""

    def _decide(self, command: Command, now: datetime) -> tuple[Event, ...]:
        return decide(self._state, command, now)

    def _admit(self, command: Command, today: date) -> None:
        check_admission(self._state, command, today)

    def _receipt(self, state: MonitoringState) -> Receipt:
        return Receipt(number=state.number, seq=state.seq, stage=state.stage)

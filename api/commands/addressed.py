"""What a command is sent to: a running proceeding. What differs between proceedings is said here, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from models.commands.command import Command
from models.commands.receipt import Receipt
from models.consolidation.notices import ConsolidationReceipt
from models.consolidation.rules import decide_consolidation
from models.consolidation.state import ConsolidationState
from models.monitoring.rules import decide
from models.monitoring.rules.admission import check_admission
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Id, Number, monitoring_workflow_id
from models.vocabulary.refusal import Refusal

AnyReceipt = Receipt | ConsolidationReceipt
R = TypeVar("R", Receipt, ConsolidationReceipt)
_MONITORING_ENDED: Final = Refusal(code="monitoring_ended")
_CONSOLIDATION_ENDED: Final = Refusal(code="consolidation_ended", rule="18")


@dataclass(frozen=True)
class Addressed(Generic[R]):
    """A proceeding as commands are sent to it.

    `mark` is what a command and its texts are on record under, `receipt` what the workflow answers with,
    `ended` what is said when it answers no more. `ask` asks the rules beforehand; it raises Refused.
    """

    workflow_id: str
    mark: Id
    receipt: type[R]
    ended: Refusal
    ask: Callable[[Command, datetime], None]


def monitoring(state: MonitoringState) -> Addressed[Receipt]:
    """A monitoring as it stands."""

    def ask(command: Command, now: datetime) -> None:
        check_admission(state, command, state.calendar.local_date(now))
        decide(state, command, now)

    return _monitoring(state.number, ask)


def begun_monitoring(number: Number) -> Addressed[Receipt]:
    """A monitoring that is being started: whether it may has been asked with the start itself."""
    return _monitoring(number, lambda command, now: None)


def _monitoring(number: Number, ask: Callable[[Command, datetime], None]) -> Addressed[Receipt]:
    return Addressed(monitoring_workflow_id(number), number, Receipt, _MONITORING_ENDED, ask)


def consolidation(state: ConsolidationState) -> Addressed[ConsolidationReceipt]:
    """The authorized body's consolidation as it stands."""

    def ask(command: Command, now: datetime) -> None:
        decide_consolidation(state, command, now)

    return Addressed(state.workflow_id, state.mark, ConsolidationReceipt, _CONSOLIDATION_ENDED, ask)

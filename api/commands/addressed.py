"""What a command is sent to: a running proceeding. What differs between proceedings is said here, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from models.commands.command import Command
from models.commands.receipt import Receipt
from models.consolidation.admission import check_consolidation_admission
from models.consolidation.notices import ConsolidationReceipt
from models.consolidation.rules import decide_consolidation
from models.consolidation.state import ConsolidationState
from models.monitoring.rules import decide
from models.monitoring.rules.admission import check_admission
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.vocabulary.procedure import Id, Number, monitoring_workflow_id
from models.vocabulary.refusal import Refusal

AnyReceipt = Receipt | ConsolidationReceipt
R = TypeVar("R", Receipt, ConsolidationReceipt)
_MONITORING_ENDED: Final = Refusal(code="monitoring_ended")
_CONSOLIDATION_ENDED: Final = Refusal(code="consolidation_ended", rule="18")


@dataclass(frozen=True)
class Standing:
    """How a proceeding stands by its record, and how its rules are asked of a command. Raises Refused."""

    state: Proceeding
    ask: Callable[[Proceeding, Command, datetime], None]


@dataclass(frozen=True)
class Addressed(Generic[R]):
    """A proceeding as commands are sent to it.

    `mark` is what a command and its texts are on record under, `receipt` what the workflow answers with,
    `ended` what is said when it answers no more. One that is being started stands nowhere yet.
    """

    workflow_id: str
    mark: Id
    receipt: type[R]
    ended: Refusal
    standing: Standing | None = None

    def ask(self, command: Command, now: datetime) -> None:
        """Ask the rules beforehand. Raises Refused."""
        if self.standing is not None:
            self.standing.ask(self.standing.state, command, now)


def monitoring(state: MonitoringState) -> Addressed[Receipt]:
    """A monitoring as it stands."""
    return _monitoring(state.number, Standing(state, _ask_monitoring))


def begun_monitoring(number: Number) -> Addressed[Receipt]:
    """A monitoring that is being started: whether it may has been asked with the start itself."""
    return _monitoring(number, None)


def consolidation(state: ConsolidationState) -> Addressed[ConsolidationReceipt]:
    """The authorized body's consolidation as it stands."""
    standing = Standing(state, _ask_consolidation)
    return Addressed(state.workflow_id, state.mark, ConsolidationReceipt, _CONSOLIDATION_ENDED, standing)


def _monitoring(number: Number, standing: Standing | None) -> Addressed[Receipt]:
    return Addressed(monitoring_workflow_id(number), number, Receipt, _MONITORING_ENDED, standing)


def _ask_monitoring(state: Proceeding, command: Command, now: datetime) -> None:
    assert isinstance(state, MonitoringState)
    check_admission(state, command, state.calendar.local_date(now))
    decide(state, command, now)


def _ask_consolidation(state: Proceeding, command: Command, now: datetime) -> None:
    assert isinstance(state, ConsolidationState)
    check_consolidation_admission(command)
    decide_consolidation(state, command, now)

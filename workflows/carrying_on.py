"""How a proceeding goes on in a new run with its journal's state, as continue-as-new does it."""

from models.consolidation.notices import ConsolidationInput
from models.consolidation.state import ConsolidationState
from models.duty.notices import DutyInput
from models.duty.state import DutyState
from models.events import ProceedingReconciled
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.vocabulary.base import Model
from workflows.consolidation import ConsolidationWorkflow
from workflows.duty import DutyWorkflow
from workflows.monitoring import MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput


def carried_on(state: Proceeding, reconciled: ProceedingReconciled) -> tuple[str, Model]:
    """The workflow's name and its input. Raises TypeError for a state of no workflow."""
    match state:
        case MonitoringState():
            given = MonitoringInput(number=state.number, state=state, reconciled=reconciled)
            return MonitoringWorkflow.__name__, given
        case DutyState():
            duty = DutyInput(mark=state.mark, kind=state.kind, state=state, reconciled=reconciled)
            return DutyWorkflow.__name__, duty
        case ConsolidationState():
            consolidation = ConsolidationInput(mark=state.mark, state=state, reconciled=reconciled)
            return ConsolidationWorkflow.__name__, consolidation
    raise TypeError(type(state).__name__)

"""What a run of the monitoring's workflow begins with: a start, or the state of the run before it."""

from models.calendar.working import WorkingCalendar
from models.commands import StartMonitoring
from models.events import ProceedingReconciled
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Number, Stage


class MonitoringInput(Model):
    """`start` with the edition and the calendar pinned for it, or `state` after continue-as-new."""

    number: Number
    start: StartMonitoring | None = None
    edition: Edition | None = None
    calendar: WorkingCalendar | None = None
    state: MonitoringState | None = None
    reconciled: ProceedingReconciled | None = None  # the state is the journal's: the first thing it notes


class MonitoringEnd(Model):
    """How a monitoring ended: a business outcome, never a failed workflow."""

    number: Number
    stage: Stage
    entries: int

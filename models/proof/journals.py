"""The kinds of journals by the first word of a workflow's id: what each folds to, and how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from models.consolidation.fold import apply_consolidation
from models.consolidation.state import ConsolidationState
from models.duty.fold import apply_duty
from models.duty.state import DutyState
from models.events import Entry
from models.monitoring.fold import apply
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding

P = TypeVar("P", bound=Proceeding)


@dataclass(frozen=True)
class JournalKind:
    """`apply` raises as the fold of its kind does when an entry does not follow."""

    state: type[Proceeding]
    apply: Callable[[Proceeding | None, Entry], Proceeding]

    def fold(self, entries: Iterable[Entry], state: Proceeding | None = None) -> Proceeding | None:
        """The state after a run of entries."""
        for entry in entries:
            state = self.apply(state, entry)
        return state


def kind_of_journal(workflow_id: str) -> JournalKind:
    """By the first word of the workflow's id. Raises KeyError for a workflow that keeps no journal."""
    return JOURNALS[workflow_id.partition("/")[0]]


def _kind(state: type[P], folds: Callable[[P | None, Entry], P]) -> JournalKind:
    def applied(before: Proceeding | None, entry: Entry) -> Proceeding:
        assert before is None or isinstance(before, state)
        return folds(before, entry)

    return JournalKind(state, applied)


MONITORING: Final = _kind(MonitoringState, apply)
JOURNALS: Final = {
    "monitoring": MONITORING,
    "duty": _kind(DutyState, apply_duty),
    "consolidation": _kind(ConsolidationState, apply_consolidation),
}

"""Which store knows more, at any point of a life: every journal against every history, cut anywhere."""

from datetime import UTC, datetime

import pytest

from activities.proofs.bundle.histories import RunHistory
from activities.reconciliation.evidence import Evidence
from activities.reconciliation.findings import BeyondRepair, Finding, finding_of
from models.commands import CancelMonitoring
from models.events import Entry
from models.proceeding.disagreement import StoreFault
from models.proceeding.record import RecordOrder
from models.proof.archive import RunStatus
from models.vocabulary.stores import Store
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import HASH

MARK = "2026-SARY-0001"
WORKFLOW = f"monitoring/{MARK}"


def life() -> tuple[Entry, ...]:
    """A monitoring from its start on."""
    return tuple(Story().starts().has_approved_report().is_dispatched().entries)


LIFE = life()
LENGTHS = range(len(LIFE) + 1)


def evidence(
    recorded: int,
    remembered: int,
    *,
    unanswered: int = 0,
    status: RunStatus | None = RunStatus.RUNNING,
    acknowledged: tuple[str, ...] = (),
) -> Evidence:
    found = Evidence(WORKFLOW)
    found.journal = {entry.seq: entry for entry in LIFE[:recorded]}
    found.remembered = {entry.seq: entry for entry in LIFE[:remembered]}
    found.unanswered = set(range(remembered - unanswered + 1, remembered + 1))
    found.acknowledged = set(acknowledged)
    if remembered:
        found.orders = [
            RecordOrder(number="2026-SARY-0001", workflow_id=WORKFLOW, run_id="r", entries=LIFE[:1])
        ]
    if status is not None and remembered:
        found.run = RunHistory("r", status, "{}")
    return found


@pytest.mark.parametrize("recorded", LENGTHS)
@pytest.mark.parametrize("remembered", LENGTHS)
def test_the_shorter_one_is_behind(recorded: int, remembered: int) -> None:
    found = finding_of(evidence(recorded, remembered))
    if recorded == remembered:
        assert found is None
        return
    assert found is not None
    if remembered > recorded:
        assert (found.behind, found.from_seq, found.to_seq) == (Store.JOURNAL, recorded + 1, remembered)
    else:
        assert (found.behind, found.from_seq, found.to_seq) == (Store.WORKFLOW, remembered + 1, recorded)
    assert found.mark


@pytest.mark.parametrize("last", [n for n in LENGTHS if n])
def test_what_is_just_being_recorded_is_no_disagreement(last: int) -> None:
    assert finding_of(evidence(last - 1, last, unanswered=1)) is None


def test_what_waits_behind_a_gap_is_one() -> None:
    """The entry under way cannot be recorded: one that was answered is missing before it."""
    found = finding_of(evidence(1, 3, unanswered=1))
    assert found is not None
    assert (found.fault, found.from_seq, found.to_seq) == (StoreFault.JOURNAL_BEHIND, 2, 3)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_where_they_differ_the_journal_stands(at: int) -> None:
    apart = evidence(3, 3)
    other = LIFE[at - 1].model_copy(update={"at": datetime(2030, 1, 1, tzinfo=UTC), "command": "c-other"})
    apart.remembered[at] = other
    apart.acknowledged = {"c-other"}
    found = finding_of(apart)
    assert isinstance(found, Finding)
    assert (found.fault, found.behind) == (StoreFault.DIFFER, Store.WORKFLOW)
    assert (found.from_seq, found.to_seq) == (at, 3)
    assert found.lost == ("c-other",), "it was acknowledged once and is named"


def test_a_command_of_neither_store_is_named() -> None:
    found = finding_of(evidence(1, 3, acknowledged=("c-gone",)))
    assert found is not None
    assert found.lost == ("c-gone",)


@pytest.mark.parametrize("status", [None, RunStatus.TERMINATED, RunStatus.FAILED])
def test_without_a_run_that_goes_on_one_is_begun(status: RunStatus | None) -> None:
    found = finding_of(evidence(3, 3 if status else 0, status=status))
    assert found is not None
    assert found.behind is Store.WORKFLOW


def test_one_that_has_ended_and_whose_history_is_gone_is_begun_anew() -> None:
    """Forgotten by the server before it was archived: its end has no history any more."""
    story = Story().starts()
    story.does(CancelMonitoring, reason=HASH)
    over = tuple(story.entries)
    gone = Evidence(WORKFLOW)
    gone.journal = {entry.seq: entry for entry in over}
    found = finding_of(gone)
    assert found is not None
    assert (found.fault, found.from_seq, found.to_seq) == (StoreFault.WORKFLOW_BEHIND, 1, len(over))
    gone.run = RunHistory("r", RunStatus.COMPLETED, "{}")
    gone.carried = len(over)
    assert finding_of(gone) is None, "a history of its end is kept: nothing is to be done"


def test_a_line_that_was_changed_is_beyond_repair() -> None:
    changed = evidence(3, 3)
    changed.unreadable = 2
    with pytest.raises(BeyondRepair):
        finding_of(changed)


def test_histories_that_are_gone_are_beyond_repair() -> None:
    """The newest run carries a state on whose entries stand in no journal and in no history."""
    gone = evidence(1, 1)
    gone.carried = 3
    with pytest.raises(BeyondRepair):
        finding_of(gone)

"""Which store knows more of a proceeding, and hence what is to be done. Pure: it looks at evidence only."""

from activities.reconciliation.evidence import Evidence
from models.proceeding.disagreement import StoreFault
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark
from models.vocabulary.stores import Store


class Finding(Model):
    """The entries `from_seq` to `to_seq` are missing in the store that is behind."""

    workflow_id: str
    mark: Mark
    fault: StoreFault
    behind: Store
    from_seq: int
    to_seq: int
    lost: tuple[Id, ...] = ()


class BeyondRepair(Exception):
    """Reconciling is no remedy for this: an auditor must look."""


def finding_of(evidence: Evidence) -> Finding | None:
    """What is wrong; None where the two agree, or where something is just being recorded.

    Where they differ the journal stands: it is what was shown and printed in letters. A workflow's entries
    beyond it are brought to it; entries that took another way are not, and what was acknowledged of them is
    named. Raises `BeyondRepair`.
    """
    if evidence.unreadable is not None:
        raise BeyondRepair(f"line {evidence.unreadable} of the journal cannot be read: it was changed")
    recorded, remembered = evidence.last_recorded, evidence.last_remembered
    differing = evidence.first_differing
    if differing is not None:
        return _finding(evidence, StoreFault.DIFFER, differing, recorded)
    missing = set(range(recorded + 1, remembered + 1))
    if missing and not missing <= evidence.unanswered:
        if not missing <= evidence.remembered.keys():
            raise BeyondRepair(f"the histories of entries {recorded + 1}-{remembered} are in neither store")
        return _finding(evidence, StoreFault.JOURNAL_BEHIND, recorded + 1, remembered)
    if evidence.running and remembered < recorded:
        return _finding(evidence, StoreFault.WORKFLOW_BEHIND, remembered + 1, recorded)
    if not evidence.running and not _over(evidence):
        return _finding(evidence, StoreFault.WORKFLOW_BEHIND, min(remembered + 1, recorded), recorded)
    return None


def _over(evidence: Evidence) -> bool:
    """Whether nothing is left to be done by a run.

    One whose history nobody has any more is begun anew from its journal, so that one of its end is kept.
    """
    state = evidence.state
    return state is None or (state.ended and evidence.run is not None)


def _finding(evidence: Evidence, fault: StoreFault, from_seq: int, to_seq: int) -> Finding:
    behind = Store.JOURNAL if fault is StoreFault.JOURNAL_BEHIND else Store.WORKFLOW
    kept = {entry.command for entry in evidence.journal.values()}
    if behind is Store.JOURNAL:
        kept |= {entry.command for entry in evidence.remembered.values()}
    return Finding(
        workflow_id=evidence.workflow_id,
        mark=evidence.mark,
        fault=fault,
        behind=behind,
        from_seq=from_seq,
        to_seq=to_seq,
        lost=tuple(sorted(command for command in evidence.acknowledged if command not in kept)),
    )

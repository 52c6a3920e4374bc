"""The histories: they replay with the code, follow each other, and order to record what the journal holds."""

from collections.abc import Sequence
from typing import Final

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.proofs.code_version import code_version
from activities.proofs.verification.found import Wrong, must, readable
from activities.proofs.verification.opened import Opened
from activities.proofs.verification.replaying import replay
from models.events import Entry
from models.proof.archive import RunStatus
from models.proof.bundle import HISTORIES, JOURNAL, JournalLine, RunLine, Sheet
from models.proof.histories import (
    beginning_of,
    events_of,
    last_event_id,
    lost_with_their_histories,
    record_orders,
    run_before,
    told_by,
)
from models.vocabulary.version import CodeVersion

_LAST: Final = {
    RunStatus.COMPLETED: "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED",
    RunStatus.FAILED: "EVENT_TYPE_WORKFLOW_EXECUTION_FAILED",
    RunStatus.CANCELED: "EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED",
    RunStatus.TERMINATED: "EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED",
    RunStatus.CONTINUED_AS_NEW: "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
    RunStatus.TIMED_OUT: "EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT",
}


async def check_histories(bundle: Opened, lines: tuple[JournalLine, ...], workflows: Sequence[type]) -> None:
    """Raises `Wrong`."""
    sheet = bundle.sheet
    histories = [bundle.read(run.file).decode(errors="replace") for run in sheet.runs]
    must(bool(histories), bundle.sheet_name, "names no history")
    for name in bundle.under(HISTORIES):
        must(name in {run.file for run in sheet.runs}, name, "is the history of no run that is named")
    for run, history in zip(sheet.runs, histories, strict=True):
        with readable(run.file):
            _check_ends(run, history)
    with readable(HISTORIES):
        _check_succession(sheet.runs, histories)
    _check_records(bundle, sheet, lines, histories)
    for run, history in zip(sheet.runs, histories, strict=True):
        await check_replay(bundle, run, history, workflows)


async def check_replay(bundle: Opened, run: RunLine, history: str, workflows: Sequence[type]) -> None:
    """The code does what the history says was done. Raises `Wrong`; a foreign release is named."""
    failure = await replay_failure(bundle.manifest.workflow_id, history, workflows)
    if failure is None:
        return
    made, here = run.code or bundle.manifest.code, code_version()
    if made.fingerprint != here.fingerprint:
        raise Wrong(run.file, _other_release(made, here))
    raise Wrong(run.file, f"the code does not do what this history says was done: {failure}")


async def replay_failure(workflow_id: str, history: str, workflows: Sequence[type]) -> str | None:
    """Why a history does not replay; None when it does."""
    try:
        events_of(history)
        read = WorkflowHistory.from_json(workflow_id, history)
        failure = await replay(read, workflows, pydantic_data_converter)
    except Exception as error:  # whatever a damaged history makes the replayer raise
        return f"{type(error).__name__}: {str(error)[:300]}"
    return None if failure is None else str(failure)[:300]


def _other_release(made: CodeVersion, here: CodeVersion) -> str:
    return (
        f"does not replay with this code (release {here.version}, code {here.fingerprint[:12]}); "
        f"it was kept by release {made.version} (code {made.fingerprint[:12]}): verify it with that release"
    )


def _check_ends(run: RunLine, history: str) -> None:
    must(last_event_id(history) == run.events, run.file, "ends with another event than its sheet says")
    ids = [str(event["eventId"]) for event in events_of(history)]
    must(ids == [str(n) for n in range(1, len(ids) + 1)], run.file, "misses an event or has one twice")
    last = events_of(history)[-1]["eventType"]
    closed = last in _LAST.values()
    must(last == _LAST[run.status] if run.status in _LAST else not closed, run.file, "did not end as is said")


def _check_succession(runs: tuple[RunLine, ...], histories: list[str]) -> None:
    """Each run names the one before it; only the last one may be open or ended for good."""
    before = ""
    for run, history in zip(runs, histories, strict=True):
        first = events_of(history)[0]["workflowExecutionStartedEventAttributes"]
        assert isinstance(first, dict)
        must(first.get("originalExecutionRunId") == run.run_id, run.file, "is the history of another run")
        must(run_before(history) == before, run.file, "does not follow the run before it")
        before = run.run_id
    for run, following in zip(runs, histories[1:], strict=False):
        # After a restore a run may take the place of one that did not go on by itself.
        anew = beginning_of(following).reconciled is not None
        must(
            run.status is RunStatus.CONTINUED_AS_NEW or anew,
            run.file,
            "was not continued, though another run follows",
        )
    must(
        runs[-1].status is not RunStatus.CONTINUED_AS_NEW,
        runs[-1].file,
        "was continued, and that run is missing",
    )


def _check_records(
    bundle: Opened, sheet: Sheet, lines: tuple[JournalLine, ...], histories: list[str]
) -> None:
    """What the histories order to record is, entry by entry, what the journal holds."""
    for run, history in zip(sheet.runs, histories, strict=True):
        with readable(run.file):
            for order in record_orders(history):
                must(
                    order.workflow_id == bundle.manifest.workflow_id, run.file, "records for another workflow"
                )
    with readable(HISTORIES):
        told = told_by((run.run_id, history) for run, history in zip(sheet.runs, histories, strict=True))
    files = {run.run_id: run.file for run in sheet.runs}
    lost = lost_with_their_histories(line.entry for line in lines)
    ordered = _in_their_places(told, lost, len(lines))
    for line, found in zip(lines, ordered, strict=False):
        if found is None:
            continue
        run_id, entry = found
        where = f"{JOURNAL}, entry {line.entry.seq}"
        must(
            line.entry == entry, where, f"is not what {files[run_id]} says happened (entry {entry.seq} there)"
        )
        must(line.run_id == run_id, where, f"names another run than {files[run_id]}")
    must(len(ordered) >= len(lines), JOURNAL, f"has {len(lines)} entries, the histories have {len(ordered)}")
    ahead = len(ordered) - len(lines)
    must(ahead == sheet.ahead, JOURNAL, f"has {len(lines)} entries, the histories have {len(ordered)}")
    still_open = sheet.runs[-1].status is RunStatus.RUNNING
    must(ahead == 0 or still_open, JOURNAL, "misses entries though the last run has ended")


def _in_their_places(
    told: list[tuple[str, Entry]], lost: set[int], recorded: int
) -> list[tuple[str, Entry] | None]:
    """What the histories tell, with a gap for each entry that was lost with its history and is on record."""
    places: list[tuple[str, Entry] | None] = []
    for each in told:
        while each[1].seq > len(places) + 1 and len(places) + 1 in lost:
            places.append(None)
        places.append(each)
    while len(places) < recorded and len(places) + 1 in lost:
        places.append(None)
    return places

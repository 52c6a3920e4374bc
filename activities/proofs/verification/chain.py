"""The journal: its chain of hashes, its fold, and the projection that must be the same."""

from activities.proofs.verification.found import must, readable
from activities.proofs.verification.opened import Opened
from models.calendar.working import WorkingCalendar
from models.events import Entry
from models.monitoring.fold import BrokenJournal
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.proof.bundle import CALENDAR, EDITION, JOURNAL, STATE, JournalLine
from models.proof.chain import BEGINNING, line_hash, read_head
from models.proof.journals import JournalKind
from models.vocabulary.editions import Edition


def check_chain(bundle: Opened, lines: tuple[JournalLine, ...], printed: str | None) -> None:
    """Every line follows the one before; the last one is the head; a printed head is among them."""
    head = BEGINNING
    for expected, line in enumerate(lines, start=1):
        where = f"{JOURNAL}, entry {line.entry.seq}"
        must(line.entry.seq == expected, where, f"stands where entry {expected} must stand")
        must(line.previous == head, where, "does not follow the entry before it: its link is another hash")
        head = line_hash(head, bundle.manifest.workflow_id, line.written)
        must(line.hash == head, where, "is not what its hash says it was")
    known = bundle.manifest.head
    must((known.seq, known.hash) == (len(lines), head), JOURNAL, "does not end with the head of the manifest")
    if printed is not None:
        must(
            _holds(lines, printed),
            JOURNAL,
            "does not contain the head that was given: it was cut or made anew",
        )


def _holds(lines: tuple[JournalLine, ...], printed: str) -> bool:
    """Whether a head stands in the chain: as letters print it (`57:0123456789abcdef`), or the whole hash."""
    head = read_head(printed)
    if head is None:
        return printed.strip().lower() in {line.hash for line in lines}
    return any(line.entry.seq == head.seq and line.hash.startswith(head.digits) for line in lines)


def check_fold(bundle: Opened, lines: tuple[JournalLine, ...]) -> Proceeding:
    """The state is the fold of the journal. Returns it."""
    state = _folded(bundle.kind, tuple(line.entry for line in lines))
    must(bundle.one(STATE, bundle.kind.state) == state, STATE, "is not what the journal adds up to")
    must(bundle.one(EDITION, Edition) == state.edition, EDITION, "is not the edition the journal pins")
    must(
        bundle.one(CALENDAR, WorkingCalendar) == state.calendar,
        CALENDAR,
        "is not the calendar the journal pins",
    )
    sheet, manifest = bundle.sheet, bundle.manifest
    said = (sheet.number, sheet.workflow_id, sheet.stage, sheet.edition, sheet.calendar, sheet.head)
    true = (
        state.mark,
        state.workflow_id,
        state.stage if isinstance(state, MonitoringState) else None,
        state.edition.id,
        state.calendar.edition,
        manifest.head,
    )
    must(
        said == true and manifest.number == state.mark,
        bundle.sheet_name,
        "does not say what the journal says",
    )
    return state


def _folded(kind: JournalKind, entries: tuple[Entry, ...]) -> Proceeding:
    state: Proceeding | None = None
    for entry in entries:
        where = f"{JOURNAL}, entry {entry.seq}"
        try:
            with readable(where):
                state = kind.apply(state, entry)
        except (BrokenJournal, AttributeError, AssertionError):
            must(False, where, "cannot have happened after the entries before it")
    must(state is not None, JOURNAL, "is empty")
    assert state is not None
    return state

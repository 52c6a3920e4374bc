"""The rows of the inbox, beside the projection of its consolidation: each entry writes what it is about."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from sqlalchemy import Update, update

from activities.database.rows import OnlyIf, Row, rows_kept, table_of
from activities.record.rows import Beside
from models.consolidation.state import ConsolidationState
from models.events import (
    Entry,
    InboxKeptApart,
    PaperReportRegistered,
    ReceivedReportConsidered,
    ReportReceived,
)
from models.report.received import Considered, ReceivedReport
from models.tables.received_reports import ReceivedReportRow
from models.vocabulary.procedure import Id

_KEY: Final = ("workflow_id", "report")


def project_inbox(
    former: ConsolidationState | None, workflow_id: str, entries: Iterable[Entry]
) -> tuple[Beside, ...]:
    """Make the rows say what the inbox is after these entries, the former state being that before them."""
    received: dict[Id, ReceivedReport] = {}
    considered: dict[Id, Considered] = {}
    for entry in entries:
        match entry.event:
            case InboxKeptApart() if former is not None:
                # Whatever a release without rows has recorded since the rows were first made.
                received = {**former.inbox, **received}
            case ReportReceived(report=report) | PaperReportRegistered(report=report):
                received[report.id] = report
                considered.pop(report.id, None)
            case ReceivedReportConsidered() as event:
                considered[event.report] = event.considered
    marked = {
        number: report.model_copy(update={"considered": considered.pop(number)})
        for number, report in received.items()
        if number in considered
    }
    rows = [row_of(workflow_id, report) for report in (received | marked).values()]
    kept = (partial(rows_kept, ReceivedReportRow, _KEY, rows),) if rows else ()
    marks = (partial(_marked, workflow_id, report, mark) for report, mark in considered.items())
    return (*kept, *marks)


def _marked(workflow_id: str, report: Id, mark: Considered, only_if: OnlyIf) -> Update:
    rows = table_of(ReceivedReportRow)
    mine = update(rows).where(rows.c.workflow_id == workflow_id, rows.c.report == report, only_if)
    return mine.values(_considered(mark))


def row_of(workflow_id: str, report: ReceivedReport) -> Row:
    """The row of a report in the inbox of a consolidation."""
    return {
        "workflow_id": workflow_id,
        "report": report.id,
        "way": report.way.value,
        "conductor": report.conductor,
        "kind": report.kind.value,
        "version": report.version,
        "content": report.content,
        "started_on": report.started_on,
        "ended_on": report.ended_on,
        "approved_on": report.approved_on,
        "received_on": report.received_on,
        "of_rule_13": report.of_rule_13,
        "file": report.file,
        **_considered(report.considered),
    }


def _considered(considered: Considered | None) -> Row:
    return {
        "considered_on": considered.on if considered else None,
        "considered_note": considered.note if considered else None,
        "considered_by": considered.by if considered else None,
    }

"""The inbox that a journal tells, whole: what the rows hold of it, folded from its entries (rules 17, 18)."""

from collections.abc import Iterable

from models.events import Entry, PaperReportRegistered, ReceivedReportConsidered, ReportReceived
from models.report.received import ReceivedReport
from models.vocabulary.procedure import Id


def inbox_told(entries: Iterable[Entry]) -> dict[Id, ReceivedReport]:
    """Each report in its current version; a later version is not considered yet."""
    inbox: dict[Id, ReceivedReport] = {}
    for entry in entries:
        match entry.event:
            case ReportReceived(report=report) | PaperReportRegistered(report=report):
                inbox[report.id] = report
            case ReceivedReportConsidered(report=known, considered=mark) if known in inbox:
                inbox[known] = inbox[known].model_copy(update={"considered": mark})
    return inbox

"""The inbox that a journal tells, folded from its entries (rules 17, 18)."""

from datetime import UTC, date, datetime

from models.consolidation.inbox import inbox_told
from models.events import Entry, Event, ReceivedReportConsidered, ReportReceived
from models.report.received import Considered, ReceivedReport, Way
from models.vocabulary.actors import SYSTEM
from models.vocabulary.procedure import Kind

HASH = "a" * 64
MARK = Considered(on=date(2026, 9, 4), note=HASH)


def report(number: str, version: int = 1) -> ReceivedReport:
    return ReceivedReport(
        id=number,
        way=Way.SENT,
        conductor="td-sary",
        kind=Kind.THEMATIC,
        version=version,
        content=HASH,
        received_on=date(2026, 9, 1),
    )


def told(*events: Event) -> dict[str, ReceivedReport]:
    at = datetime(2026, 9, 4, 5, tzinfo=UTC)
    return inbox_told(Entry(seq=seq, at=at, actor=SYSTEM, event=event) for seq, event in enumerate(events, 1))


def test_rule_18_a_report_is_considered_in_the_version_that_lies_there() -> None:
    first, later = report("2026-SARY-0001"), report("2026-SARY-0001", version=2)
    considered = ReceivedReportConsidered(report=first.id, considered=MARK)
    assert told(ReportReceived(report=first), considered)[first.id].considered == MARK
    anew = told(ReportReceived(report=first), considered, ReportReceived(report=later))
    assert anew == {first.id: later}, "a later version is not considered yet"


def test_what_never_came_is_not_considered() -> None:
    assert told(ReceivedReportConsidered(report="2026-SARY-0009", considered=MARK)) == {}

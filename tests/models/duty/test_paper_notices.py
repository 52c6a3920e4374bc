"""Rule 13: a monitoring conducted elsewhere, whose report came on paper, fulfils its conductor's duty too."""

from datetime import date

import pytest

from models.duty.notices import paper_notices
from models.report.received import ReceivedReport, Way
from models.vocabulary.editions import ORDER_192, Edition, Switches, YearCountedBy, YearScope
from models.vocabulary.procedure import Kind

STARTED, ENDED, APPROVED = date(2025, 12, 1), date(2025, 12, 20), date(2026, 1, 12)


def report(**changes: object) -> ReceivedReport:
    known = ReceivedReport(
        id="P-2026-0001",
        way=Way.PAPER,
        conductor="td-sary",
        kind=Kind.COMPREHENSIVE,
        content="c" * 64,
        started_on=STARTED,
        ended_on=ENDED,
        approved_on=APPROVED,
        received_on=date(2026, 1, 20),
        of_rule_13=True,
    )
    return known.model_copy(update=changes)


def reading(**switches: object) -> Edition:
    return ORDER_192.model_copy(update={"switches": Switches.model_validate(switches)})


@pytest.mark.parametrize(
    ("counted_by", "day"),
    [(YearCountedBy.START, STARTED), (YearCountedBy.END, ENDED), (YearCountedBy.APPROVAL, APPROVED)],
)
def test_a3_it_counts_by_the_date_the_edition_counts_by(counted_by: YearCountedBy, day: date) -> None:
    (notice,) = paper_notices(report(), reading(year_counted_by=counted_by), "uo")
    assert (notice.organisation, notice.kind) == ("td-sary", Kind.COMPREHENSIVE)
    assert (notice.counted.number, notice.counted.counted_on) == ("P-2026-0001", day)
    assert not notice.counted.publication_due


@pytest.mark.parametrize("missing", [{"approved_on": None}, {"ended_on": None}, {"of_rule_13": False}])
def test_without_its_approval_or_its_date_or_by_another_subject_it_counts_for_nothing(
    missing: dict[str, object],
) -> None:
    assert paper_notices(report(**missing), ORDER_192, "uo") == ()


def test_a3_counted_for_the_whole_system_the_authorized_body_hears_too() -> None:
    notices = paper_notices(report(), reading(year_scope=YearScope.WHOLE_SYSTEM), "uo")
    assert [notice.organisation for notice in notices] == ["td-sary", "uo"]

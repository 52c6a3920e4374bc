"""Rule 13: duties beside one another, period by period; what is late comes first."""

from datetime import date

from models.duty.standing import Pressing, pressing, standings
from models.events import CountedReportPublished, PeriodVerdict
from models.vocabulary.procedure import Kind
from tests.models.duty.test_rules import Duty


def told(duty: Duty) -> list[tuple[int, PeriodVerdict | None, bool]]:
    return [(each.year, each.verdict, each.corrected) for each in standings(duty.now)]


def test_rule_13_1_a_missed_year_is_late_until_evidence_corrects_it() -> None:
    duty = Duty(on=date(2025, 1, 1))
    assert (told(duty), pressing(duty.now)) == ([(2025, None, False)], Pressing.OPEN)
    duty.time_passes_until(date(2026, 1, 2))
    assert told(duty) == [(2025, PeriodVerdict.BREACHED, False), (2026, None, False)]
    assert pressing(duty.now) is Pressing.LATE
    duty.counts("2025-SARY-0001", date(2025, 11, 20), publication_due=False)
    assert told(duty) == [(2025, PeriodVerdict.FULFILLED, True), (2026, None, False)]
    assert pressing(duty.now) is Pressing.OPEN


def test_rule_19_a_report_that_counts_and_is_not_published_presses_more_than_an_open_year() -> None:
    duty = Duty(on=date(2026, 1, 1))
    duty.counts("2026-SARY-0001", date(2026, 5, 1))
    assert told(duty) == [(2026, PeriodVerdict.FULFILLED, False)]
    assert pressing(duty.now) is Pressing.PUBLICATION_OWED
    duty.happens(CountedReportPublished(number="2026-SARY-0001", version=1, published_on=date(2026, 5, 9)))
    assert pressing(duty.now) is Pressing.SETTLED


def test_rule_13_2_a_thematic_duty_is_never_late() -> None:
    duty = Duty(Kind.THEMATIC, on=date(2023, 1, 1))
    duty.time_passes_until(date(2026, 1, 2))
    assert {verdict for _, verdict, _ in told(duty)} == {PeriodVerdict.LAPSED, None}
    assert pressing(duty.now) is Pressing.OPEN

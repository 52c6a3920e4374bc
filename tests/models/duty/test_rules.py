"""Rule 13: at least one comprehensive monitoring a year (1), thematic ones regularly (2)."""

from datetime import date, time

import pytest

from models.calendar.working import WorkingCalendar
from models.duty.fold import apply_duty
from models.duty.rules import (
    begin_duty,
    brief_duty,
    count_monitoring,
    owes,
    record_publication,
)
from models.duty.state import DutyState
from models.duty.time import next_moment, what_time_brings
from models.events import (
    Briefing,
    CountedReportPublished,
    DoneBefore,
    DutyEvent,
    Entry,
    MonitoringCounted,
    PeriodVerdict,
)
from models.vocabulary.actors import SYSTEM
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192, Edition, Switches, YearCountedBy, YearScope, YearWindow
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Kind, OrganisationKind

CALENDAR = WorkingCalendar(edition="plain", announced_through=date(2030, 12, 31))
DIVISION = Body(organisation="sary", kind=OrganisationKind.TERRITORIAL_DIVISION, legal_person="sary")
LONG_AGO = date(2020, 1, 1)


class Duty:
    """A duty driven by hand: `on` is the local date."""

    def __init__(
        self, kind: Kind = Kind.COMPREHENSIVE, on: date = date(2026, 1, 1), known: Briefing | None = None
    ) -> None:
        self.on = on
        self.state: DutyState | None = None
        self.said: list[str] = []
        self.happens(*begin_duty("13.1-SARY", kind, known or briefing(), CALENDAR, on))

    @property
    def now(self) -> DutyState:
        assert self.state is not None
        return self.state

    def happens(self, *events: DutyEvent) -> None:
        for event in events:
            seq = self.state.seq + 1 if self.state else 1
            at = CALENDAR.instant(self.on, time(9))
            self.state = apply_duty(self.state, Entry(seq=seq, at=at, actor=SYSTEM, event=event))
            self.said.append(event.type)

    def time_passes_until(self, day: date) -> None:
        """As the workflow has it after an outage until a day's end."""
        self.on = day
        while brought := what_time_brings(self.now, CALENDAR.instant(day, time(23))):
            self.happens(*brought)

    def counts(
        self,
        number: str,
        on: date,
        version: int = 1,
        *,
        publication_due: bool = True,
        correction_told: bool = True,
    ) -> None:
        counted = MonitoringCounted(
            number=number,
            version=version,
            counted_on=on,
            approved_on=on,
            publication_due=publication_due,
        )
        self.happens(*count_monitoring(self.now, counted, correction_told))

    @property
    def letters(self) -> list[LetterKind]:
        return [letter.kind for letter in self.now.letters.values()]


def briefing(
    *,
    exists_from: date = LONG_AGO,
    exists_until: date | None = None,
    edition: Edition = ORDER_192,
    body: Body = DIVISION,
    counted_from: date | None = None,
    done_before: tuple[DoneBefore, ...] = (),
) -> Briefing:
    return Briefing(
        body=body,
        exists_from=exists_from,
        exists_until=exists_until,
        authorized_body="uo",
        edition=edition,
        counted_from=counted_from,
        done_before=done_before,
    )


def reading(**switches: object) -> Edition:
    """The order with other readings of what it leaves open."""
    return ORDER_192.model_copy(update={"switches": Switches.model_validate(switches)})


def test_a_year_with_a_comprehensive_monitoring_is_fulfilled_and_the_next_begins() -> None:
    duty = Duty()
    duty.counts("2026-SARY-0001", date(2026, 6, 30))
    assert duty.now.fulfilled
    duty.time_passes_until(date(2027, 1, 1))
    (past,) = duty.now.past
    assert (past.period.id, past.verdict) == ("2026", PeriodVerdict.FULFILLED)
    assert duty.now.period is not None
    assert duty.now.period.id == "2027"
    assert duty.letters == []


def test_rule_13_a_year_without_one_is_at_risk_before_and_breached_after_31_december() -> None:
    duty = Duty()
    duty.time_passes_until(date(2026, 12, 31))
    assert not duty.now.past
    duty.time_passes_until(date(2027, 1, 1))
    assert [past.verdict for past in duty.now.past] == [PeriodVerdict.BREACHED]
    assert "duty_breached" in duty.said
    duty.time_passes_until(date(2027, 1, 31))
    assert duty.letters.count(LetterKind.DUTY_BREACHED) == 2
    assert {letter.recipient for letter in duty.now.letters.values()} == {"sary", "uo"}


def test_the_head_is_warned_half_a_year_a_quarter_and_a_month_ahead() -> None:
    duty = Duty()
    for day in (date(2026, 7, 31), date(2026, 10, 31), date(2026, 12, 15)):
        duty.time_passes_until(day)
    assert duty.letters == [
        LetterKind.DUTY_REMINDER,
        LetterKind.DUTY_AT_RISK,
        LetterKind.DUTY_LAST_CALL,
    ]


def test_after_an_outage_every_missed_rung_is_recorded_in_order_and_one_letter_leaves() -> None:
    duty = Duty()
    duty.time_passes_until(date(2026, 12, 20))
    reached = duty.now.deadlines["duty:2026"].reached
    assert reached == (RungName.EARLY_REMINDER, RungName.REMINDER, RungName.LAST_CALL)
    assert duty.letters == [LetterKind.DUTY_LAST_CALL]


def test_what_arrives_late_but_is_dated_inside_the_year_corrects_it_and_rewrites_nothing() -> None:
    duty = Duty()
    duty.time_passes_until(date(2027, 1, 31))
    duty.counts("2026-SARY-0002", date(2026, 12, 25))
    (past,) = duty.now.past
    assert (past.verdict, past.corrected) == (PeriodVerdict.BREACHED, PeriodVerdict.FULFILLED)
    assert past.standing is PeriodVerdict.FULFILLED
    assert duty.said[-2:] == ["monitoring_counted", "duty_corrected"]
    assert not duty.now.fulfilled, "it is no evidence for the year in which it arrived"


@pytest.mark.parametrize("told", [True, False])
def test_whoever_heard_of_a_breach_hears_of_its_correction_once(told: bool) -> None:
    duty = Duty()
    duty.time_passes_until(date(2027, 1, 31))
    before = len(duty.now.letters)
    for number in ("2026-SARY-0002", "2026-SARY-0003"):
        duty.counts(number, date(2026, 12, 25), correction_told=told)
    letters = list(duty.now.letters.values())[before:]
    expected = [(LetterKind.DUTY_CORRECTED, body) for body in ("sary", "uo")] if told else []
    assert [(letter.kind, letter.recipient) for letter in letters] == expected


def test_evidence_counts_once_per_version_of_its_report() -> None:
    duty = Duty()
    duty.counts("2026-SARY-0001", date(2026, 6, 30))
    said = len(duty.said)
    duty.counts("2026-SARY-0001", date(2026, 6, 30))
    assert len(duty.said) == said
    duty.counts("2026-SARY-0001", date(2026, 7, 30), version=2)
    assert duty.now.evidence["2026-SARY-0001"].counted_on == date(2026, 7, 30)


def test_publication_still_owed_is_an_open_item_of_its_own() -> None:
    duty = Duty()
    duty.counts("2026-SARY-0001", date(2026, 6, 30))
    assert duty.now.evidence["2026-SARY-0001"].publication_owed
    published = CountedReportPublished(number="2026-SARY-0001", version=1, published_on=date(2026, 8, 1))
    duty.happens(*record_publication(duty.now, published))
    assert not duty.now.evidence["2026-SARY-0001"].publication_owed
    assert record_publication(duty.now, published) == ()


def test_a3_rule_13_a_division_created_in_mid_year_is_exempt_or_owes_as_the_switch_says() -> None:
    young = Duty(on=date(2026, 7, 1), known=briefing(exists_from=date(2026, 6, 1)))
    young.time_passes_until(date(2027, 1, 1))
    assert [past.verdict for past in young.now.past] == [PeriodVerdict.EXEMPT]
    strict = reading(year_prorated=False)
    owing = Duty(on=date(2026, 7, 1), known=briefing(exists_from=date(2026, 6, 1), edition=strict))
    owing.time_passes_until(date(2027, 1, 1))
    assert [past.verdict for past in owing.now.past] == [PeriodVerdict.BREACHED]


def test_a_division_abolished_in_mid_year_ends_its_duty_as_the_switch_says() -> None:
    for prorated, verdict in ((True, PeriodVerdict.EXEMPT), (False, PeriodVerdict.BREACHED)):
        edition = reading(year_prorated=prorated)
        duty = Duty(known=briefing(edition=edition))
        gone = briefing(exists_until=date(2026, 9, 30), edition=edition)
        duty.happens(*brief_duty(duty.now, gone, date(2026, 10, 1)))
        assert duty.now.ended
        assert [past.verdict for past in duty.now.past] == [verdict]
        assert next_moment(duty.now) is None


def test_a_body_that_is_to_be_abolished_later_still_owes_today() -> None:
    duty = Duty()
    duty.happens(*brief_duty(duty.now, briefing(exists_until=date(2026, 12, 1)), date(2026, 10, 1)))
    assert not duty.now.ended


def test_a3_rule_13_counted_for_the_whole_system_only_the_authorized_body_owes() -> None:
    whole = reading(year_scope=YearScope.WHOLE_SYSTEM)
    assert owes(OrganisationKind.AUTHORIZED_BODY, whole)
    assert not owes(OrganisationKind.TERRITORIAL_DIVISION, whole)
    assert owes(OrganisationKind.TERRITORIAL_DIVISION, ORDER_192)
    assert not owes(OrganisationKind.PUBLIC_ASSOCIATION, ORDER_192)


def test_twelve_rolling_months_begin_where_the_duty_does() -> None:
    rolling = reading(year_window=YearWindow.ROLLING_12_MONTHS)
    duty = Duty(on=date(2026, 3, 15), known=briefing(edition=rolling))
    assert duty.now.period is not None
    assert (duty.now.period.begins_on, duty.now.period.ends_on) == (date(2026, 3, 15), date(2027, 3, 14))


def test_rule_13_thematic_monitoring_is_reminded_of_and_never_called_a_breach() -> None:
    duty = Duty(Kind.THEMATIC, on=date(2026, 1, 5))
    assert not duty.now.deadlines["duty:2026-01-05"].by_law
    duty.time_passes_until(date(2026, 6, 20))
    duty.time_passes_until(date(2026, 7, 20))
    assert duty.letters == [LetterKind.THEMATIC_REMINDER, LetterKind.THEMATIC_REMINDER]
    assert [past.verdict for past in duty.now.past] == [PeriodVerdict.LAPSED]
    assert "duty_breached" not in duty.said


def test_a_duty_taken_up_in_mid_year_speaks_of_what_lies_ahead_only() -> None:
    duty = Duty(on=date(2026, 11, 25))
    duty.time_passes_until(date(2026, 11, 30))
    assert duty.letters == []


# ——— the founding (rule 13) ———
DONE = DoneBefore(
    number="F-2026-0001",
    kind=Kind.COMPREHENSIVE,
    ended_on=date(2026, 4, 30),
    approved_on=date(2026, 5, 15),
)
FOUNDED_ON = date(2026, 11, 20)


def test_rule_13_the_year_of_a_founding_in_november_is_no_breach() -> None:
    duty = Duty(on=FOUNDED_ON, known=briefing(counted_from=FOUNDED_ON))
    assert duty.now.deadlines == {}, "nobody is warned of a year that is not judged"
    duty.time_passes_until(date(2027, 1, 1))
    (past,) = duty.now.past
    assert (past.period.id, past.verdict) == ("2026", PeriodVerdict.EXEMPT)
    assert duty.letters == []
    duty.time_passes_until(date(2028, 1, 1))
    assert [each.verdict for each in duty.now.past] == [PeriodVerdict.EXEMPT, PeriodVerdict.BREACHED]


@pytest.mark.parametrize("counted_from", [None, date(2026, 1, 1), date(2024, 5, 6)])
def test_rule_13_duties_that_counted_before_the_year_are_judged_in_it(counted_from: date | None) -> None:
    """None: an installation that was founded before it was asked."""
    duty = Duty(on=FOUNDED_ON, known=briefing(counted_from=counted_from))
    duty.time_passes_until(date(2027, 1, 1))
    assert duty.now.past[0].verdict is PeriodVerdict.BREACHED


@pytest.mark.parametrize("counted_from", [date(2026, 1, 1), FOUNDED_ON])
def test_rule_13_what_was_done_before_the_founding_fulfils_its_year(counted_from: date) -> None:
    duty = Duty(on=FOUNDED_ON, known=briefing(counted_from=counted_from, done_before=(DONE,)))
    assert duty.said[-2:] == ["monitoring_counted", "duty_fulfilled"]
    assert duty.now.fulfilled
    assert duty.now.evidence["F-2026-0001"].publication_owed is False
    duty.time_passes_until(date(2027, 1, 1))
    assert duty.now.past[0].verdict is PeriodVerdict.FULFILLED
    assert duty.letters == []


def test_rule_13_what_was_done_before_counts_for_its_own_year_and_kind() -> None:
    earlier = DONE.model_copy(update={"ended_on": date(2025, 6, 1), "approved_on": date(2025, 6, 2)})
    thematic = DONE.model_copy(update={"number": "F-2026-0002", "kind": Kind.THEMATIC})
    known = briefing(counted_from=date(2026, 1, 1), done_before=(earlier, thematic))
    duty = Duty(on=FOUNDED_ON, known=known)
    assert list(duty.now.evidence) == ["F-2026-0001"]
    assert not duty.now.fulfilled


@pytest.mark.parametrize(
    ("by", "counted"),
    [(YearCountedBy.START, False), (YearCountedBy.END, True), (YearCountedBy.APPROVAL, True)],
)
def test_a3_what_was_done_before_counts_by_the_day_the_edition_counts_by(
    by: YearCountedBy, counted: bool
) -> None:
    known = briefing(edition=reading(year_counted_by=by), counted_from=FOUNDED_ON, done_before=(DONE,))
    assert Duty(on=FOUNDED_ON, known=known).now.fulfilled is counted, "its start is not known"

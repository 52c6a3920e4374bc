"""The rehearsal of a year, played once: what the plot promises is what the journals say."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta

import pytest
import pytest_asyncio

from local.rehearsal.cast import AUTHORIZED_BODY, MISSING, PUNCTUAL
from local.rehearsal.plot import CLINIC, Plot
from local.rehearsal.rehearse import Rehearsed, judged, played
from local.rehearsal.timetable import Happened
from models.agenda.deadline import DeadlineSubject
from models.calendar.country import COUNTRY
from models.duty.state import DutyState
from models.events import (
    CalendarChanged,
    DeadlineExtended,
    DeadlineMoved,
    DutyBreached,
    DutyCorrected,
    DutyFulfilled,
    Event,
    ImplementationJudged,
    ImplementationReported,
    PeriodVerdict,
    ReportPublished,
    RoundOutcome,
    RungReached,
)
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Kind, Language

pytestmark = pytest.mark.xdist_group("e2e-rehearsal")
EVERY_DUTY = {(body, kind) for body in (AUTHORIZED_BODY, PUNCTUAL, MISSING) for kind in Kind}


@pytest_asyncio.fixture(scope="module")
async def plot() -> AsyncIterator[Plot]:
    """Played once."""
    async with played(lambda _: None) as plot:
        yield plot


@pytest_asyncio.fixture(scope="module")
async def year(plot: Plot) -> Rehearsed:
    """Told in English; it raises by itself where journal, state and projection differ or a history does not
    replay."""
    return await judged(plot, Language.EN)


def local(line: Happened) -> datetime:
    return line.at.astimezone(COUNTRY)


def duty(year: Rehearsed, organisation: str, kind: Kind = Kind.COMPREHENSIVE) -> DutyState:
    return next(d for d in year.duties if (d.organisation, d.kind) == (organisation, kind))


def verdict(year: Rehearsed, organisation: str) -> tuple[PeriodVerdict, PeriodVerdict]:
    """Of the plot's year: as it ended, and as it stands."""
    past = next(p for p in duty(year, organisation).past if p.period.id == str(year.days.year))
    return past.verdict, past.standing


def events(year: Rehearsed, mark: str, kind: type[Event]) -> list[tuple[Happened, Event]]:
    return [(x, x.entry.event) for x in year.lines if x.mark == mark and isinstance(x.entry.event, kind)]


def letters(year: Rehearsed, mark: str) -> list[tuple[date, LetterKind, str]]:
    """Everything that left of a proceeding: when, which, to whom."""
    mine = [line for line in year.lines if line.mark == mark]
    return [(local(x).date(), x.letter.kind, x.letter.recipient) for x in mine if x.letter]


# ——— duties (rule 13) ———
async def test_whoever_owes_has_a_duty_of_each_kind(plot: Plot) -> None:
    assert {(d.organisation, d.kind) for d in await plot.records.duties()} == EVERY_DUTY


async def test_all_six_duties_are_kept_and_each_year_has_its_verdict(year: Rehearsed) -> None:
    assert len(year.duties) == len(EVERY_DUTY)
    kept = (PeriodVerdict.FULFILLED, PeriodVerdict.FULFILLED)
    assert verdict(year, AUTHORIZED_BODY) == kept
    assert verdict(year, PUNCTUAL) == kept
    assert verdict(year, MISSING) == (PeriodVerdict.BREACHED, PeriodVerdict.FULFILLED)


async def test_the_year_is_breached_at_midnight_and_told_on_the_first_working_day(year: Rehearsed) -> None:
    missing = duty(year, MISSING)
    over = date(year.days.year + 1, 1, 1)
    breached = [line for line, _ in events(year, missing.mark, DutyBreached)]
    assert local(breached[-1]).replace(second=0, microsecond=0) == datetime.combine(over, time(), COUNTRY)
    told = [
        each for each in letters(year, missing.mark) if each[1] is LetterKind.DUTY_BREACHED and each[0] > over
    ]
    first = missing.calendar.next_working_day(over)
    assert sorted(told) == [(first, LetterKind.DUTY_BREACHED, body) for body in (MISSING, AUTHORIZED_BODY)]


async def test_a_report_dated_inside_the_year_corrects_it_in_january(year: Rehearsed) -> None:
    ((line, event),) = events(year, duty(year, MISSING).mark, DutyCorrected)
    assert isinstance(event, DutyCorrected)
    assert (event.period, event.verdict) == (str(year.days.year), PeriodVerdict.FULFILLED)
    assert local(line).date() == year.days.on(1, 18, after=1)
    assert duty(year, MISSING).evidence[event.number].counted_on.year == year.days.year


async def test_the_division_is_warned_before_it_fulfils_and_the_authorized_body_publishes(
    year: Rehearsed,
) -> None:
    punctual = duty(year, PUNCTUAL)
    ((fulfilled, _),) = events(year, punctual.mark, DutyFulfilled)
    of_the_year = [e for e in letters(year, punctual.mark) if e[0].year == year.days.year][-3:]
    warned = [LetterKind.DUTY_REMINDER, LetterKind.DUTY_AT_RISK, LetterKind.DUTY_LAST_CALL]
    assert [kind for _, kind, _ in of_the_year] == warned
    assert all(day < local(fulfilled).date() for day, _, _ in of_the_year)
    own = next(m for m in year.monitorings if m.lead.organisation == AUTHORIZED_BODY)
    assert events(year, own.mark, ReportPublished)
    assert not any(e.publication_owed for e in duty(year, AUTHORIZED_BODY).evidence.values())


async def test_thematic_monitoring_is_reminded_of_and_never_breached(year: Rehearsed) -> None:
    thematic = [d for d in year.duties if d.kind is Kind.THEMATIC]
    assert {past.verdict for d in thematic for past in d.past} == {
        PeriodVerdict.FULFILLED,
        PeriodVerdict.LAPSED,
    }
    sent = {kind for d in thematic for _, kind, _ in letters(year, d.mark)}
    assert sent == {LetterKind.THEMATIC_REMINDER}


# ——— reports received, rounds (rules 17, 18) ———
async def test_every_report_lies_in_the_inbox_and_one_round_is_completed_one_lapsed(year: Rehearsed) -> None:
    inbox = year.inbox
    assert set(inbox) == {monitoring.number for monitoring in year.monitorings}
    considered = [number for number, report in inbox.items() if report.considered]
    assert considered == [f"{year.days.year}-SARY-0001"]
    outcomes = [past.outcome for past in year.consolidation.past]
    missed = next(p for p in year.consolidation.past if p.round.ends_on == year.days.missed_round_ends)
    assert missed.outcome is RoundOutcome.LAPSED
    assert outcomes.count(RoundOutcome.COMPLETED) == 1


# ——— follow-up ———
async def test_an_accepted_item_is_reminded_of_overdue_reported_and_judged(year: Rehearsed) -> None:
    mark = f"{year.days.year}-SARY-0001"
    planned = year.days.on(10, 19)
    calendar = year.days.calendar
    autumn = [e for e in letters(year, mark) if e[0] >= date(year.days.year, 9, 1)]
    assert [(day, kind) for day, kind, _ in autumn] == [
        (calendar.subtract_working_days(planned, 10), LetterKind.IMPLEMENTATION_REMINDER),
        (planned, LetterKind.IMPLEMENTATION_REMINDER),
        (calendar.next_working_day(planned), LetterKind.IMPLEMENTATION_OVERDUE),
        (year.days.on(11, 10), LetterKind.ANSWER_CONFIRMATION),
        (year.days.on(11, 12), LetterKind.IMPLEMENTATION_JUDGED),
    ]
    assert {recipient for _, _, recipient in autumn} == {CLINIC}
    assert (
        len(events(year, mark, ImplementationReported)) == len(events(year, mark, ImplementationJudged)) == 2
    )


# ——— deadlines ———
async def test_a_reply_is_extended_once_by_ten_working_days(year: Rehearsed) -> None:
    extended = [e for m in year.monitorings for _, e in events(year, m.mark, DeadlineExtended)]
    (event,) = extended
    assert isinstance(event, DeadlineExtended)
    assert event.deadline.due_on == year.days.calendar.add_working_days(event.previous, 10)
    assert Counter(line.letter.kind for line in year.lines if line.letter)[LetterKind.DEADLINE_EXTENDED] == 1


async def test_a_closed_day_moves_what_is_open_by_one_working_day_and_says_so(year: Rehearsed) -> None:
    closed = year.days.on(7, 27)
    own = next(m for m in year.monitorings if m.lead.organisation == AUTHORIZED_BODY)
    moved = [e for m in year.monitorings for _, e in events(year, m.mark, DeadlineMoved)]
    assert moved
    for event in moved:
        assert isinstance(event, DeadlineMoved)
        assert event.days == (closed,)
        assert event.deadline.due_on == year.days.calendar.next_working_day(event.previous)
    told = [each for each in letters(year, own.mark) if each[1] is LetterKind.DEADLINE_MOVED]
    # Where the Code's term has not begun, nobody waits for a reply by a day: there is nothing to be told.
    replies = [e.deadline for _, e in events(year, own.mark, DeadlineMoved) if isinstance(e, DeadlineMoved)]
    awaited = sorted(d.subject for d in replies if d.subject_kind is DeadlineSubject.REPLY)
    assert awaited
    assert sorted(recipient for _, _, recipient in told) == awaited
    reckoned = {x.mark for x in year.lines if isinstance(x.entry.event, CalendarChanged)}
    assert {*(d.mark for d in year.duties), year.consolidation.mark, own.mark} <= reckoned


# ——— the outage ———
async def test_what_was_missed_in_forty_days_is_recorded_in_order_and_heard_once(year: Rehearsed) -> None:
    day = year.days.outage_over
    dark = [x for x in year.lines if year.days.outage_begins < local(x).date() < day]
    assert dark == [], "nobody worked"
    for mark in (f"{year.days.year}-SARY-0001", year.consolidation.mark):
        rungs = [e for x, e in events(year, mark, RungReached) if local(x).date() == day]
        missed = [e for e in rungs if isinstance(e, RungReached)]
        assert len(missed) == 3
        assert [e.silent for e in missed] == [True, True, False]
        assert [e.was_due_at for e in missed] == sorted(e.was_due_at for e in missed)
        assert len([each for each in letters(year, mark) if each[0] == day]) == 1


# ——— the whole ———
async def test_every_other_rung_is_reached_within_its_minute(year: Rehearsed) -> None:
    reached = [(x, e) for x in year.lines if isinstance(e := x.entry.event, RungReached)]
    for line, event in reached:
        if local(line).date() != year.days.outage_over:
            assert timedelta(0) <= line.at - event.was_due_at < timedelta(minutes=1), line


async def test_time_goes_forward_and_nothing_is_said_twice(year: Rehearsed) -> None:
    assert [x.at for x in year.lines] == sorted(x.at for x in year.lines)
    for workflow in {x.workflow_id for x in year.lines}:
        seqs = [x.entry.seq for x in year.lines if x.workflow_id == workflow]
        assert seqs == list(range(1, len(seqs) + 1)), "a proceeding's own order is the order of time"
    said = Counter((x.mark, x.letter.id, x.letter.attempt) for x in year.lines if x.letter)
    assert set(said.values()) == {1}
    assert year.truth.letters == len(said)
    assert year.truth.proceedings == len(year.duties) + 1 + len(year.monitorings)


async def test_every_line_reads_as_a_sentence(year: Rehearsed) -> None:
    """Nobody and nothing is missing from a line; of a judgement no new day is given."""
    for line in year.lines:
        said = year.words.of(line)
        assert "{" not in said
        assert "—" not in said or isinstance(line.entry.event, ImplementationJudged), said

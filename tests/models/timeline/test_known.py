"""From whom a deadline waits, in every kind of proceeding, as a reader of its journal is told."""

from datetime import UTC, date, datetime

from local.samples import load_calendar, load_country
from models.agenda.deadline import DeadlineSubject, ReplyPreset
from models.commands import ExtendDeadline
from models.consolidation.fold import fold_consolidation
from models.consolidation.rules import begin_consolidation
from models.consolidation.state import ConsolidationState
from models.duty.fold import fold_duty
from models.duty.rules import begin_duty
from models.duty.state import DutyState
from models.events import Briefing, ConsolidationBriefing, Entry, Event, RungReached
from models.proceeding.state import Proceeding
from models.timeline.known import Known
from models.timeline.lines import timeline
from models.timeline.sayings import organisation
from models.timeline.told import told
from models.vocabulary.actors import SYSTEM
from models.vocabulary.editions import ORDER_192
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Kind
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, Story
from tests.models.monitoring.rules.parts import CLINIC, HASH, TO_AB, to

CALENDAR = load_calendar().working_calendar()
TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


def entries(events: tuple[Event, ...]) -> list[Entry]:
    return [Entry(seq=seq, at=AT, actor=SYSTEM, event=event) for seq, event in enumerate(events, start=1)]


def a_duty() -> DutyState:
    briefing = Briefing(
        body=load_country().body("td-sary", TODAY),
        exists_from=date(2023, 6, 30),
        authorized_body="uo",
        edition=ORDER_192,
    )
    state = fold_duty(entries(begin_duty("13.2-SARY", Kind.THEMATIC, briefing, CALENDAR, TODAY)))
    assert state is not None
    return state


def a_consolidation() -> ConsolidationState:
    briefing = ConsolidationBriefing(authorized_body="uo", edition=ORDER_192)
    state = fold_consolidation(entries(begin_consolidation("18-UO", briefing, CALENDAR, TODAY)))
    assert state is not None
    return state


def reached(state: Proceeding) -> dict[str, object]:
    """What the sentence of its first deadline's reminder is filled with."""
    (deadline,) = state.deadlines.values()
    event = RungReached(deadline=deadline.id, rung=RungName.REMINDER, was_due_at=AT)
    return dict(told(event, Known(state=state)))


def test_a_duty_is_awaited_from_the_body_that_owes_it() -> None:
    said = reached(a_duty())
    assert said["awaited"] is DeadlineSubject.DUTY
    assert said["awaited_from"] == organisation("td-sary")
    assert said["due_on"] == date(2026, 9, 1)


def test_a_review_is_awaited_from_the_authorized_body() -> None:
    said = reached(a_consolidation())
    assert said["awaited"] is DeadlineSubject.REVIEW
    assert said["awaited_from"] == organisation("uo")


def test_a_reminder_says_the_day_it_reminded_of_also_after_the_day_was_put_off() -> None:
    story = (
        Story(BEFORE_RECEIPTS)
        .starts()
        .has_approved_report()
        .dispatches(to(CLINIC, preset=ReplyPreset.APPC_76), TO_AB)
    )
    story.post_takes_letters()
    (deadline,) = (d for d in story.state.deadlines.values() if d.subject == CLINIC.organisation)
    story.rung_is_reached(deadline.id, RungName.REMINDER)
    until = story.calendar.add_working_days(deadline.due_on, 3)
    story.does(ExtendDeadline, deadline=deadline.id, until=until, reason=HASH)
    read = timeline(story.entries)
    (reminded,) = (line for line in read.lines if line.type == "rung_reached")
    (extended,) = (line for line in read.lines if line.type == "deadline_extended")
    assert read.told(reminded)["due_on"] == deadline.due_on
    assert read.told(extended)["due_on"] == until

"""An addressee merges after the report was sent to it, or is no more: links, replies, items, corrections."""

from datetime import date, timedelta

import pytest

from models.commands import (
    AnswerReport,
    BeginCorrection,
    CloseMonitoring,
    DispatchReport,
    ExtendDeadline,
    ItemAnswer,
    MarkConsidered,
    ResendLetter,
)
from models.events import LetterUndelivered
from models.monitoring.items import named_and_not_sent
from models.monitoring.matters import Matter, MatterKind, matters_of
from models.monitoring.open_work import OpenKind, dispatch_complete, open_items
from models.monitoring.readers import relations_of
from models.timeline.lines import timeline
from models.timeline.ways import AnswerWay
from models.vocabulary.access import Relation
from models.vocabulary.actors import Actor
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Response, Role, Stage
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    AB_ID,
    AKIMAT,
    CLINIC,
    HASH,
    SCHOOL,
    TO_AB,
    to,
)
from tests.models.monitoring.rules.succeeding import (
    BY_ACCOUNT,
    MERGED,
    REPLY_BY,
    answers,
    dispatched,
    hears,
)


# ——— an addressee merges after dispatch ———
@pytest.mark.parametrize("way", [AnswerWay.BY_LETTER, AnswerWay.BY_ACCOUNT])
def test_an_addressee_that_merged_answers_by_its_old_link_and_by_its_successor_s_account(
    way: AnswerWay,
) -> None:
    story = dispatched()
    link = story.holder(LetterKind.REPORT_FOR_CONSIDERATION)
    hears(story, ("clinic", "hospital"))
    assert Relation.ADDRESSEE in relations_of(story.state, "hospital", "p")
    answers(story, link if way is AnswerWay.BY_LETTER else BY_ACCOUNT)
    ways = [line.way for line in timeline(story.entries).lines if line.type == "report_answered"]
    assert ways == [way]
    confirmed = story.letters()[-1]
    assert (confirmed.recipient, confirmed.subject) == ("hospital", "clinic")
    story.does(CloseMonitoring)


def test_reminders_and_more_time_go_to_the_successor_with_the_same_link() -> None:
    story = dispatched()
    hears(story, ("clinic", "hospital"))
    story.rung_is_reached("reply:clinic", RungName.REMINDER)
    reminder = story.letter(LetterKind.REPLY_REMINDER)
    assert (reminder.recipient, reminder.subject) == ("hospital", "clinic")
    later = story.state.deadlines["reply:clinic"].due_on + timedelta(days=1)
    story.does(ExtendDeadline, deadline="reply:clinic", until=later, reason=HASH)
    assert story.letter(LetterKind.DEADLINE_EXTENDED).recipient == "hospital"


def test_a12_a_corrected_report_goes_to_the_successor_and_to_nobody_dead() -> None:
    story = Story().starts(spheres=("health",), objects=(CLINIC, SCHOOL)).has_approved_report()
    story.dispatches(to(CLINIC), to(SCHOOL), TO_AB)
    story.post_takes_letters()
    hears(story, ("clinic", "hospital"), ("school", None))
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    corrected = story.letters(LetterKind.REPORT_CORRECTED)
    assert [letter.recipient for letter in corrected] == ["hospital", AB_ID]
    story.post_takes_letters()
    assert dispatch_complete(story.state)
    story.does(CloseMonitoring)


def test_an_addressee_that_merges_into_another_one_leaves_two_matters_to_one_body() -> None:
    story = Story().starts(spheres=("health",), objects=(CLINIC, SCHOOL)).has_approved_report()
    story.dispatches(to(CLINIC), to(SCHOOL), TO_AB)
    hears(story, ("school", "clinic"))
    both = [m.subject for m in matters_of(story.state, "clinic") if m.kind is MatterKind.ADDRESSED]
    assert both == ["clinic", "school"]
    answers(story, Actor(role=Role.HEAD, account="c", organisation="clinic"), "school")
    assert [m.subject for m in matters_of(story.state, "clinic")][:1] == ["clinic"]


def test_rule_18_the_report_waits_at_the_authorized_body_until_it_was_considered() -> None:
    story = dispatched()
    waiting = [Matter(kind=MatterKind.ADDRESSED, subject=AB_ID)]
    assert list(matters_of(story.state, AB_ID)) == waiting
    story.does(MarkConsidered, note=HASH)
    assert matters_of(story.state, AB_ID) == (), "nobody waits for it to answer"
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    assert list(matters_of(story.state, AB_ID)) == waiting, "the corrected one is not considered yet"


def test_an_addressee_that_merges_into_the_authorized_body_is_answered_for_by_it() -> None:
    story = dispatched()
    hears(story, ("clinic", AB_ID))
    assert relations_of(story.state, AB_ID, "p") >= {Relation.ADDRESSEE, Relation.AUTHORIZED_BODY}
    answers(story, Actor(role=Role.HEAD, account="ab", organisation=AB_ID))
    story.does(CloseMonitoring)


def test_an_addressee_that_has_nobody_holds_up_nothing_and_is_shown() -> None:
    story = Story().starts(spheres=("health",), objects=(CLINIC, SCHOOL)).has_approved_report()
    story.dispatches(to(CLINIC), to(SCHOOL, reply_by=REPLY_BY), TO_AB)
    lost = story.state.addressees["school"].letter
    story.happens(LetterUndelivered(letter=lost, attempt=1, code="no_recipient", told=True))
    story.post_takes_letters()
    assert story.state.stage == Stage.APPROVED
    hears(story, ("school", None))
    assert str(story.state.stage) == Stage.DISPATCHED, "what waited for it alone is complete without it"
    nobody = [item.subject for item in open_items(story.state) if item.kind is OpenKind.ASKED_OF_NOBODY]
    assert nobody == ["school"]
    assert story.refused(ResendLetter, letter=lost) == ("recipient_is_nobody", "")
    written = len(story.letters())
    story.rung_is_reached("reply:school", RungName.REMINDER)
    assert len(story.letters()) == written, "nobody is written to in vain"
    story.does(CloseMonitoring)
    assert OpenKind.ASKED_OF_NOBODY in {item.kind for item in open_items(story.state)}


def test_whoever_came_after_an_object_is_sent_its_report() -> None:
    story = Story().starts().has_approved_report()
    hears(story, ("clinic", "hospital"))
    assert story.refused(DispatchReport, addressees=(to(AKIMAT),)) == ("addressee_not_an_object", "17")
    story.dispatches(to(MERGED), TO_AB)
    story.post_takes_letters()
    story.does(CloseMonitoring)


def test_the_follow_up_is_owed_by_the_successor() -> None:
    story = dispatched()
    due = date(2026, 12, 1)
    own = [item.id for item in story.state.items.values() if item.addressee == "clinic"]
    assert own
    given = tuple(
        ItemAnswer(item=item, response=Response.ACCEPTED, reasoned=False, planned_on=due) for item in own
    )
    link = story.holder(LetterKind.REPORT_FOR_CONSIDERATION)
    story.does(AnswerReport, link, addressee="clinic", answers=given, reply=HASH)
    owed = [Matter(kind=MatterKind.OWED, subject=item, due_on=due) for item in own]
    assert list(matters_of(story.state, "clinic")) == owed
    hears(story, ("clinic", "hospital"))
    assert matters_of(story.state, "clinic") == ()
    assert list(matters_of(story.state, "hospital")) == owed
    story.rung_is_reached(f"implementation:{own[0]}", RungName.EXPIRED)
    assert story.letter(LetterKind.IMPLEMENTATION_OVERDUE).recipient == "hospital"


def test_what_the_decision_asks_of_a_body_that_is_no_more_is_sent_to_its_successor() -> None:
    story = Story().starts().has_approved_report()
    story.dispatches(TO_AB)
    assert "clinic" in named_and_not_sent(story.state)
    hears(story, ("clinic", "hospital"))
    assert "clinic" in named_and_not_sent(story.state), "its successor never got it"
    story.dispatches(to(CLINIC))
    assert story.letter(LetterKind.REPORT_FOR_CONSIDERATION).recipient == "hospital"
    answers(story, BY_ACCOUNT)
    other = Story().starts().has_approved_report()
    hears(other, ("clinic", None))
    assert "clinic" in named_and_not_sent(other.state), "nobody can be sent it: the reason is recorded"

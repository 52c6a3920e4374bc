"""Whose move it is: the earliest day first, by the words that lists are asked with."""

from datetime import timedelta

from models.commands import CloseMonitoring, MarkConsidered, RequestInformation
from models.monitoring.moves import WAITING_KINDS, Mover, is_for, moves_of, waiting_of, words_of_mover
from models.monitoring.open_work import OpenKind
from models.vocabulary.access import Action
from models.vocabulary.procedure import Kind, Role, SourceKind
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, Story
from tests.models.monitoring.rules.parts import AB, CLINIC, DIVISION, HASH, TO_AB, to

LEAD = DIVISION.organisation


def first(story: Story) -> tuple[Mover, str]:
    move = moves_of(story.state)[0]
    return move.mover, move.whose


def test_rule_15_a_submitted_report_waits_for_the_head_and_an_unwritten_one_for_the_analyst() -> None:
    story = Story().starts().conducts()
    assert first(story) == (Mover.COORDINATOR, LEAD)
    story.submits_report()
    (move,) = moves_of(story.state)
    assert (move.mover, move.whose, move.rule) == (Mover.HEAD, LEAD, "15")
    assert is_for(move, Role.HEAD, LEAD, "head")
    assert not is_for(move, Role.ANALYST, LEAD, "analyst")
    assert not is_for(move, Role.HEAD, AB.organisation, "uo-head")


def test_a_holder_is_waited_for_until_its_day() -> None:
    story = Story().starts().begins_collection()
    story.does(
        RequestInformation,
        request="r1",
        holder="health",
        source_kind=SourceKind.OTHER_LAWFUL,
        question=HASH,
    )
    move = moves_of(story.state)[0]
    assert (move.mover, move.whose) == (Mover.HOLDER, "health")
    assert move.due_on == story.state.deadlines[story.state.requests["r1"].deadline].due_on


def test_rule_17_an_approved_report_waits_to_be_sent_and_what_was_sent_to_be_answered() -> None:
    story = Story().starts().has_approved_report()
    assert {move.action for move in moves_of(story.state)} == {Action.DISPATCH_REPORT}
    asked_by = story.today + timedelta(days=20)
    story.dispatches(to(CLINIC, reply_by=asked_by), TO_AB)
    story.post_takes_letters()
    reply = next(move for move in moves_of(story.state) if move.what is OpenKind.REPLY_AWAITED)
    assert (reply.mover, reply.whose) == (Mover.ADDRESSEE, CLINIC.organisation)
    assert reply.due_on == story.state.deadlines[f"reply:{CLINIC.organisation}"].due_on


def test_rule_19_a_comprehensive_report_waits_for_the_web_editor_of_the_authorized_body() -> None:
    story = Story().starts(kind=Kind.COMPREHENSIVE, objects=(CLINIC,), spheres=("health", "land"))
    story.has_approved_report().is_dispatched()
    waiting = waiting_of(story.state)
    assert words_of_mover(Role.WEB_EDITOR, AB.organisation, "uo-web") & waiting.keys() == {"web_editor:uo"}
    assert words_of_mover(Role.WEB_EDITOR, LEAD, "web").isdisjoint(waiting)


def test_where_nothing_is_open_whoever_leads_may_close_it_and_then_nobody_is_waited_for() -> None:
    story = Story(BEFORE_RECEIPTS).starts().has_approved_report().is_dispatched()
    move = next(move for move in moves_of(story.state) if move.mover is not Mover.REVIEWER)
    assert (move.mover, move.what, move.action) == (Mover.COORDINATOR, None, Action.CLOSE_MONITORING)
    story.does(CloseMonitoring)
    assert {move.mover for move in moves_of(story.state)} == {Mover.REVIEWER}


def test_rule_18_what_was_sent_to_the_authorized_body_waits_for_it_until_it_is_considered() -> None:
    story = Story().starts().has_approved_report()
    assert Mover.REVIEWER not in {move.mover for move in moves_of(story.state)}
    story.is_dispatched()
    (move,) = [move for move in moves_of(story.state) if move.mover is Mover.REVIEWER]
    assert (move.whose, move.rule, move.action) == (AB.organisation, "18", Action.MARK_CONSIDERED)
    assert is_for(move, Role.ANALYST, AB.organisation, "uo-analyst")
    assert not is_for(move, Role.ANALYST, LEAD, "analyst")
    story.does(MarkConsidered, note=HASH)
    assert Mover.REVIEWER not in {move.mover for move in moves_of(story.state)}


def test_words_name_each_mover_once_with_its_earliest_day() -> None:
    story = Story().starts().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=story.today + timedelta(days=20)), TO_AB)
    story.post_takes_letters()
    waiting = waiting_of(story.state)
    of_clinic = [m.due_on for m in moves_of(story.state) if m.whose == CLINIC.organisation and m.due_on]
    assert waiting[f"addressee:{CLINIC.organisation}"] == min(of_clinic)


def test_auditors_and_administrators_are_waited_for_by_nothing() -> None:
    assert all(
        words_of_mover(role, "uo", "somebody") == frozenset()
        for role in (Role.AUDITOR, Role.ADMIN, Role.OVERSIGHT)
    )


def test_every_kind_of_open_work_waits_for_somebody_but_a_letter_that_leaves_by_itself() -> None:
    assert set(OpenKind) - WAITING_KINDS == {OpenKind.LETTER_DUE}

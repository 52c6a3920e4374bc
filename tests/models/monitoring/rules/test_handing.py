"""A monitoring is handed over within the body that leads it: who may, to whom, and who has its work then."""

from datetime import timedelta
from typing import Final

from models.commands import AskMoreTime, CancelMonitoring, ReassignMonitoring
from models.monitoring.moves import Mover, is_for, mover_in, moves_of, waiting_of, words_of_mover
from models.monitoring.news import news_due, news_due_at
from models.monitoring.readers import relations_of
from models.vocabulary.access import Action, Relation, allowed
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Id, Role
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import AB_ID, ANALYST, CLINIC, DIVISION, HASH, HEAD, TO_AB, to
from tests.models.monitoring.rules.succeeding import hears

LEAD = DIVISION.organisation
COLLEAGUE = Actor(role=Role.ANALYST, account="analyst-2", organisation=LEAD)
STRANGER = Actor(role=Role.HEAD, account="uo-head", organisation=AB_ID)
TO_COLLEAGUE: Final[dict[str, object]] = {
    "to": "analyst-2",
    "organisation": LEAD,
    "role": Role.ANALYST,
    "reason": HASH,
}


def handed_over() -> Story:
    story = Story(FOUNDED_WITH).starts()
    story.does(ReassignMonitoring, HEAD, **TO_COLLEAGUE)
    return story


def told(story: Story) -> list[tuple[str, RecipientKind]]:
    return [(x.recipient, x.recipient_kind) for x in story.letters(LetterKind.MONITORING_REASSIGNED)]


def who(actor: Actor) -> tuple[Role, Id, Id]:
    assert actor.organisation is not None
    assert actor.account is not None
    return actor.role, actor.organisation, actor.account


def test_the_head_hands_it_over_and_both_are_told() -> None:
    story = handed_over()
    assert story.state.coordinator == "analyst-2"
    assert story.state.started_by == ANALYST, "who started it stays on record"
    assert told(story) == [("analyst-2", RecipientKind.ACCOUNT), ("analyst", RecipientKind.ACCOUNT)]


def test_whoever_coordinates_hands_it_over_and_nobody_else() -> None:
    story = Story().starts()
    for actor in (COLLEAGUE, STRANGER, ANALYST.model_copy(update={"organisation": AB_ID})):
        assert story.refused(ReassignMonitoring, actor, **TO_COLLEAGUE) == ("not_the_coordinator", "")
    story.does(ReassignMonitoring, ANALYST, **TO_COLLEAGUE)
    back = TO_COLLEAGUE | {"to": "analyst"}
    assert story.refused(ReassignMonitoring, ANALYST, **back) == ("not_the_coordinator", "")
    story.does(ReassignMonitoring, COLLEAGUE, **back)
    assert story.state.coordinator == "analyst"


def test_it_is_handed_to_an_account_in_use_of_the_same_body_that_can_lead_it_on() -> None:
    story = Story().starts()
    for wrong in ({"organisation": AB_ID}, {"organisation": None, "role": None}, {"role": Role.WEB_EDITOR}):
        fields = TO_COLLEAGUE | wrong
        assert story.refused(ReassignMonitoring, HEAD, **fields) == ("cannot_coordinate", "")
    same = TO_COLLEAGUE | {"to": "analyst"}
    assert story.refused(ReassignMonitoring, HEAD, **same) == ("coordinates_already", "")


def test_its_work_waits_for_whoever_coordinates_it_now_and_for_the_head() -> None:
    story = handed_over()
    story.begins_collection()
    moves = [move for move in moves_of(story.state) if move.mover is Mover.ENTRUSTED]
    assert moves, "what is written waits for its coordinator"
    waiting = waiting_of(story.state)
    assert [mover_in(word) for word in waiting if mover_in(word)] == [(Mover.ENTRUSTED, LEAD)], "said once"
    for actor, waits in ((COLLEAGUE, True), (HEAD, True), (ANALYST, False), (STRANGER, False)):
        assert is_for(moves[0], *who(actor)) is waits, actor
        assert (not words_of_mover(*who(actor)).isdisjoint(waiting)) is waits, actor
    editor = Role.WEB_EDITOR, LEAD, "analyst-2"
    assert not is_for(moves[0], *editor), "an account that has another role by now"
    assert words_of_mover(*editor).isdisjoint(waiting)


def test_news_go_to_the_new_coordinator_and_what_the_former_one_did_is_news() -> None:
    story = Story(FOUNDED_WITH).starts().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=story.today + timedelta(days=60)), TO_AB)
    story.post_takes_letters()
    story.does(ReassignMonitoring, ANALYST, **TO_COLLEAGUE)
    paper = Authority(organisation=CLINIC.organisation, act="12", dated=story.today)
    story.does(
        AskMoreTime,
        ANALYST.model_copy(update={"on_behalf": paper}),
        addressee=CLINIC.organisation,
        until=story.today + timedelta(days=70),
        reason=HASH,
    )
    assert [news.type for news in story.state.news] == ["more_time_asked"]
    due_at = news_due_at(story.state)
    assert due_at is not None
    story.happens(*news_due(story.state, due_at))
    assert story.letter(LetterKind.NEWS_GATHERED).recipient == "analyst-2"


def test_the_right_to_hand_it_over_is_the_head_s_and_the_coordinator_s() -> None:
    story = handed_over()
    for actor, may in ((COLLEAGUE, True), (HEAD, True), (ANALYST, False)):
        role, body, account = who(actor)
        rights = allowed(role, relations_of(story.state, body, "p", account))
        assert (Action.REASSIGN_MONITORING in rights) is may, actor
    assert Relation.COORDINATOR not in relations_of(story.state, LEAD, "p")


def test_where_its_body_is_no_more_the_head_of_the_next_is_asked_until_it_names_somebody() -> None:
    story = handed_over()
    hears(story, (LEAD, "td-koko"))
    assert story.state.coordinator is None
    head = Actor(role=Role.HEAD, account="koko-head", organisation="td-koko")
    named = TO_COLLEAGUE | {"to": "koko-analyst", "organisation": "td-koko"}
    story.does(ReassignMonitoring, head, **named)
    assert story.state.coordinator == "koko-analyst"
    heard = [("koko-analyst", RecipientKind.ACCOUNT), ("td-koko", RecipientKind.HEAD)]
    assert told(story)[-2:] == heard, "nobody coordinated it: the head was asked"


def test_a_monitoring_that_has_ended_is_handed_to_nobody() -> None:
    story = Story().starts()
    story.does(CancelMonitoring, reason=HASH)
    assert story.refused(ReassignMonitoring, HEAD, **TO_COLLEAGUE) == ("monitoring_ended", "")

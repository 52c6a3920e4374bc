"""Whoever has a conflict of interest steps aside: reads on, does nothing, until the head gives it back."""

from models.commands import ApproveReport, BeginCollection, DeclareConflict, LiftConflict, ReassignMonitoring
from models.monitoring.moves import Mover, is_for, moves_of
from models.monitoring.readers import relations_of, sees
from models.vocabulary.access import Action, allowed
from models.vocabulary.actors import StandIn
from models.vocabulary.letters import LetterKind, RecipientKind
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import ANALYST, DIVISION, HASH, HEAD
from tests.models.monitoring.rules.test_handing import COLLEAGUE, STRANGER, TO_COLLEAGUE, who

LEAD = DIVISION.organisation
ACTING = HEAD.model_copy(update={"account": "head-2"})
"""Whoever acts for the head, with an account of their own."""


def stepped_aside() -> Story:
    story = Story().starts()
    story.does(DeclareConflict, reason=HASH)
    return story


def test_the_head_is_told_and_coordinates_until_somebody_is_named() -> None:
    story = stepped_aside()
    told = story.letter(LetterKind.CONFLICT_DECLARED)
    assert (told.recipient, told.recipient_kind) == (LEAD, RecipientKind.HEAD)
    assert story.state.coordinator is None
    story.is_led()
    back = TO_COLLEAGUE | {"to": "analyst"}
    assert story.refused(ReassignMonitoring, HEAD, **back) == ("colleague_stepped_aside", "")
    story.does(ReassignMonitoring, HEAD, **TO_COLLEAGUE)
    assert story.state.coordinator == "analyst-2"


def test_whoever_stepped_aside_reads_and_does_nothing() -> None:
    story = stepped_aside()
    began = {"began_on": story.today, "edition": story.edition}
    assert ("stepped_aside", "") in story.not_admitted(BeginCollection, ANALYST, **began)
    assert story.not_admitted(BeginCollection, COLLEAGUE, **began) == []
    role, body, account = who(ANALYST)
    relations = relations_of(story.state, body, "p", account)
    assert sees(story.state, role, relations)
    assert allowed(role, relations) & {Action.READ_OWN, Action.BEGIN_COLLECTION} == {Action.READ_OWN}
    role, body, account = who(COLLEAGUE)
    assert Action.BEGIN_COLLECTION in allowed(role, relations_of(story.state, body, "p", account))


def test_its_work_waits_for_the_head() -> None:
    story = stepped_aside()
    moves = [move for move in moves_of(story.state) if move.mover is Mover.ENTRUSTED]
    assert moves
    assert is_for(moves[0], *who(HEAD))
    assert not is_for(moves[0], *who(ANALYST))


def test_the_head_alone_gives_it_back() -> None:
    story = stepped_aside()
    fields = {"account": "analyst", "reason": HASH}
    for actor in (ANALYST, COLLEAGUE, STRANGER):
        assert story.refused(LiftConflict, actor, **fields) == ("conflict_lifted_by_head", "")
    story.does(LiftConflict, HEAD, **fields)
    assert story.letter(LetterKind.CONFLICT_LIFTED).recipient == "analyst"
    assert story.state.coordinator == "analyst"
    assert story.refused(LiftConflict, HEAD, **fields) == ("not_stepped_aside", "")


def test_one_declares_it_of_oneself_once() -> None:
    story = stepped_aside()
    assert story.refused(DeclareConflict, reason=HASH) == ("stepped_aside", "")
    assert story.refused(DeclareConflict, STRANGER, reason=HASH) == ("conflict_of_the_lead_only", "")


def test_where_the_head_steps_aside_another_head_of_the_body_decides() -> None:
    story = Story().starts().conducts().submits_report()
    story.does(DeclareConflict, HEAD, reason=HASH)
    told = story.letter(LetterKind.HEAD_CONFLICT_DECLARED)
    assert (told.recipient, told.recipient_kind) == (LEAD, RecipientKind.ORGANISATION)
    assert ("stepped_aside", "") in story.not_admitted(ApproveReport, HEAD, version=1)
    given_back = {"account": HEAD.account, "reason": HASH}
    assert ("stepped_aside", "") in story.not_admitted(LiftConflict, HEAD, **given_back)
    role, body, account = who(HEAD)
    rights = allowed(role, relations_of(story.state, body, "p", account))
    assert rights & {Action.READ_OWN, Action.APPROVE_REPORT} == {Action.READ_OWN}
    assert story.not_admitted(ApproveReport, ACTING, version=1) == []
    story.does(LiftConflict, ACTING, **given_back)
    assert story.letter(LetterKind.CONFLICT_LIFTED).recipient == HEAD.account
    story.does(ApproveReport, ACTING, version=1)


def test_nor_does_a_deputy_of_whoever_stepped_aside_and_it_is_said_of_whom() -> None:
    story = Story().starts().conducts().submits_report()
    story.does(DeclareConflict, HEAD, reason=HASH)
    right = StandIn(account="head", act="№ 7", dated=story.today)
    deputy = HEAD.model_copy(update={"account": "deputy", "stands_in": right})
    assert story.not_admitted(ApproveReport, deputy, version=1)[0] == ("represented_stepped_aside", "")

"""Bodies come and go while a monitoring runs: leading, letters, replies, items pass on; nobody is forgotten.

Each story is told by the rules and the fold alone, as the keeper tells it to a running workflow.
"""

from datetime import date

import pytest

from models.commands import (
    CloseMonitoring,
    ConfirmConduct,
    DispatchReport,
    MarkConsidered,
    RequestInformation,
    ResendLetter,
    TakeOverMonitoring,
)
from models.consolidation.notices import consolidation_notice
from models.duty.notices import duty_notices
from models.events import AuthorizedBodyChanged, BodySucceeded, LetterUndelivered
from models.monitoring.briefing import MonitoringBriefing, briefing_of
from models.monitoring.matters import MatterKind, matters_of
from models.monitoring.open_work import OpenKind, due_to_authorized_body, open_items, sent_to_authorized_body
from models.monitoring.readers import relations_of
from models.monitoring.rules.succession import brief_monitoring
from models.report.received import Way
from models.timeline.lines import timeline
from models.timeline.ways import AnswerWay
from models.vocabulary.access import Relation
from models.vocabulary.actors import Actor
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, LetterStatus, RecipientKind
from models.vocabulary.procedure import ConductorKind, Ground, Kind, Role, SourceKind, Stage
from models.vocabulary.succession import Succession
from tests.models.monitoring.monitorings import EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import (
    AB,
    AB_ID,
    AKIMAT,
    CLINIC,
    DIVISION,
    HASH,
    TO_AB,
    to,
)
from tests.models.monitoring.rules.succeeding import (
    NEXT,
    NEXT_HEAD,
    dispatched,
    hears,
)


# ——— the authorized body is reorganised (rules 2, 17-19) ———
def test_rule_17_the_report_goes_to_whoever_is_the_authorized_body_on_the_day_of_sending() -> None:
    story = Story().starts().has_approved_report()
    hears(story, (AB_ID, "uo-2"), office="uo-2")
    (dead,) = story.refusals(DispatchReport, addressees=(TO_AB,))
    assert (dead.code, dead.rule) == ("consolidation_is_for_authorized_body", "17")
    assert dead.params == {"organisation": "uo-2"}, "it names whom to send to"
    story.dispatches(to(CLINIC), to(NEXT, Ground.CONSOLIDATION))
    story.post_takes_letters()
    assert (story.state.stage, sent_to_authorized_body(story.state)) == (Stage.DISPATCHED, True)
    story.does(CloseMonitoring)


def test_rule_17_what_was_sent_to_the_predecessor_is_in_the_office() -> None:
    story = dispatched()
    hears(story, (AB_ID, "uo-2"), office="uo-2")
    assert sent_to_authorized_body(story.state)
    notice = consolidation_notice(story.state)
    assert notice is not None
    assert notice.report.way is Way.SENT
    again = to(NEXT, Ground.CONSOLIDATION)
    assert story.refused(DispatchReport, addressees=(again,)) == ("addressee_has_it", "17")
    assert Relation.AUTHORIZED_BODY in relations_of(story.state, "uo-2", "p")
    assert Relation.AUTHORIZED_BODY not in relations_of(story.state, AB_ID, "p")
    story.does(MarkConsidered, NEXT_HEAD, note=HASH)
    considered = timeline(story.entries).lines[-1]
    assert considered.follows is not None, "it follows from the dispatch to the predecessor"


def test_rule_17_a_letter_that_did_not_arrive_is_sent_again_to_the_office_s_new_holder() -> None:
    story = Story().starts().has_approved_report().dispatches(to(CLINIC), TO_AB)
    letter = story.letters(LetterKind.REPORT_FOR_CONSOLIDATION)[0]
    story.happens(LetterUndelivered(letter=letter.id, attempt=1, code="no_recipient", told=True))
    hears(story, (AB_ID, "uo-2"), office="uo-2")
    story.does(ResendLetter, letter=letter.id)
    assert story.state.letters[letter.id].recipient == "uo-2"


def test_rule_20_the_office_s_own_monitoring_is_its_successor_s_own() -> None:
    story = Story().starts(AB).has_approved_report()
    hears(story, (AB_ID, "uo-2"), office="uo-2")
    assert (story.state.leading, story.state.conducting) == ("uo-2", ("uo-2",))
    story.dispatches(to(CLINIC))
    story.post_takes_letters()
    assert story.state.stage is Stage.DISPATCHED, "nothing is owed to the authorized body: it is its own"
    notice = consolidation_notice(story.state)
    assert notice is not None
    assert notice.report.way is Way.OWN


def test_rule_2_the_office_may_pass_on_while_its_body_stays() -> None:
    story = Story().starts(AB).has_approved_report()
    hears(story, (AB_ID, "uo-2"), office="uo-2", whole=False)
    assert (story.state.leading, story.state.stands_for(AB_ID)) == ("uo-2", AB_ID)
    told = [entry.event for entry in story.entries[-2:]]
    assert isinstance(told[0], BodySucceeded)
    assert not told[0].whole
    assert told[1] == AuthorizedBodyChanged(authorized_body="uo-2", previous=AB_ID, since=story.today)


# ——— a division is abolished with an open monitoring ———
def test_what_a_division_led_is_led_by_its_successor() -> None:
    story = Story().starts().conducts()
    hears(story, (DIVISION.organisation, "td-koko"))
    assert Relation.CONDUCTOR in relations_of(story.state, "td-koko", "p")
    assert relations_of(story.state, DIVISION.organisation, "p") == {Relation.NONE, Relation.OVERSIGHT}
    story.submits_report()
    asked = story.letter(LetterKind.APPROVAL_REQUEST)
    assert asked.recipient == "td-koko"
    story.happens(LetterUndelivered(letter=asked.id, attempt=1, code="550", told=True))
    told = story.letter(LetterKind.LETTER_NOT_DELIVERED)
    assert (told.recipient, told.recipient_kind) == ("td-koko", RecipientKind.HEAD)
    story.approves_report()
    assert [notice.organisation for notice in duty_notices(story.state)] == ["td-koko"]


def test_a_lead_that_merges_into_a_co_conductor_leaves_one_lead() -> None:
    story = Story().starts(conductors=(AB, DIVISION))
    hears(story, (AB_ID, DIVISION.organisation), office="uo-2")
    assert story.state.conducting == (DIVISION.organisation,)
    assert Relation.CO_CONDUCTOR not in relations_of(story.state, DIVISION.organisation, "p")


def test_a_chain_is_told_link_by_link_and_one_told_late_counts() -> None:
    story = Story().starts()
    hears(story, (DIVISION.organisation, None))
    assert story.state.leading is None
    hears(story, (DIVISION.organisation, "td-koko"), ("td-koko", "td-bolashak"))
    assert story.state.leading == "td-bolashak"
    assert len(story.state.successions) == 2


def test_without_a_successor_the_authorized_body_takes_the_monitoring_over_by_an_act() -> None:
    story = Story().starts().conducts()
    hears(story, (DIVISION.organisation, None))
    assert OpenKind.LED_BY_NOBODY in {item.kind for item in open_items(story.state)}
    assert Relation.HEIR in relations_of(story.state, AB_ID, "p")
    assert story.refused(TakeOverMonitoring, NEXT_HEAD, reason=HASH) == ("not_the_authorized_body", "2")
    head = Actor(role=Role.HEAD, account="ab", organisation=AB_ID)
    story.does(TakeOverMonitoring, head, reason=HASH)
    assert (story.state.leading, story.state.responsible) == (AB_ID, AB_ID)
    assert Relation.HEIR not in relations_of(story.state, AB_ID, "p")
    assert OpenKind.LED_BY_NOBODY not in {item.kind for item in open_items(story.state)}
    assert story.refused(TakeOverMonitoring, head, reason=HASH) == ("led_by_somebody", "")
    story.submits_report().approves_report()
    assert [notice.organisation for notice in duty_notices(story.state)] == [AB_ID]
    hears(story, (AB_ID, "uo-2"), office="uo-2")
    assert story.state.leading == "uo-2", "who took it over may have a successor too"


# ——— before the approval ———
def test_what_is_open_at_a_body_before_the_approval_is_told() -> None:
    story = Story().starts(conductors=(AB, DIVISION)).begins_collection()
    story.creates_working_group(PUBLIC_MEMBER, EXPERT.model_copy(update={"organisation": "clinic"}))
    story.does(
        RequestInformation, request="q1", holder="clinic", source_kind=SourceKind.ORGANISATIONS, question=HASH
    )
    kinds = [matter.kind for matter in matters_of(story.state, "clinic")]
    assert kinds == [MatterKind.INFORMATION, MatterKind.INVITED]
    assert [m.kind for m in matters_of(story.state, AB_ID)] == [MatterKind.LED]
    assert [m.kind for m in matters_of(story.state, DIVISION.organisation)] == [MatterKind.CONDUCTED]
    hears(story, ("clinic", "hospital"))
    story.rung_is_reached("information_request:q1", RungName.REMINDER)
    assert story.letter(LetterKind.INFORMATION_REMINDER).recipient == "hospital"
    hears(story, ("clinic", None))
    nobody = [item.subject for item in open_items(story.state) if item.kind is OpenKind.ASKED_OF_NOBODY]
    assert nobody == ["clinic"]


# ——— duties (rule 13) ———
@pytest.mark.parametrize(
    ("since", "hearing"),
    [
        (date(2026, 10, 1), ["td-sary", "td-koko"]),
        (date(2027, 3, 1), ["td-sary"]),
        (date(2026, 8, 31), ["td-koko"]),
    ],
    ids=["later in the year", "in a later year", "before the approval"],
)
def test_rule_13_a_duty_passes_on_with_what_was_done_for_it_in_the_year(
    since: date, hearing: list[str]
) -> None:
    story = Story().starts(kind=Kind.COMPREHENSIVE, spheres=("a", "b"), objects=(CLINIC, AKIMAT))
    story.has_approved_report()
    story.today = since
    hears(story, ("td-sary", "td-koko"))
    assert [notice.organisation for notice in duty_notices(story.state)] == hearing


# ——— told again, told of others, told too late ———
def test_what_concerns_nobody_of_it_is_not_told_and_after_the_end_nothing_is() -> None:
    story = Story().starts()
    other = Succession(body="court", successor="x", since=story.today)
    assert briefing_of(story.state, AB_ID, {"court": other}) is None
    ended = story.state.model_copy(update={"stage": Stage.CANCELLED})
    mine = Succession(body="td-sary", successor="x", since=story.today)
    assert briefing_of(ended, AB_ID, {"td-sary": mine}) is None
    assert matters_of(ended, "td-sary") == ()
    told = MonitoringBriefing(authorized_body=AB_ID, successions=(mine,))
    assert brief_monitoring(ended, told, story.today, lambda: True) == ()
    assert len(brief_monitoring(story.state, told, story.today, lambda: True)) == 1


def test_letters_that_left_before_keep_whom_they_went_to() -> None:
    story = dispatched()
    hears(story, ("clinic", "hospital"))
    first = story.letters(LetterKind.REPORT_FOR_CONSIDERATION)[0]
    assert (first.recipient, first.status) == ("clinic", LetterStatus.SENT)
    assert story.state.addressees["clinic"].body == CLINIC


# ——— joint conduct (rule 2) ———
def test_rule_2_whoever_came_after_a_body_that_was_named_says_its_word() -> None:
    story = Story().starts(conductors=(DIVISION, AKIMAT), co_conductors_confirm=True)
    hears(story, ("akimat", "akimat-2"))
    assert Relation.NAMED in relations_of(story.state, "akimat-2", "p")
    assert [m.kind for m in matters_of(story.state, "akimat-2")] == [MatterKind.NAMED]
    stranger = Actor(role=Role.HEAD, account="x", organisation="clinic")
    asked = {"organisation": "akimat", "confirms": True, "note": HASH}
    assert story.refused(ConfirmConduct, stranger, **asked) == ("conduct_said_by_another", "2")
    story.does(ConfirmConduct, Actor(role=Role.HEAD, account="a", organisation="akimat-2"), **asked)
    assert timeline(story.entries).lines[-1].way is AnswerWay.BY_ACCOUNT
    assert story.state.conducting == (DIVISION.organisation, "akimat-2")
    assert story.state.sources_of("akimat-2") is ConductorKind.OTHER_SUBJECT


def test_rule_17_a_division_that_merged_into_the_authorized_body_reports_as_that_does() -> None:
    story = Story().starts(co_conductors_confirm=True)
    assert due_to_authorized_body(story.state)
    hears(story, (DIVISION.organisation, AB_ID))
    assert not due_to_authorized_body(story.state)

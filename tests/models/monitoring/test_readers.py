"""Who sees a monitoring: what lists look up and what pages open never disagree (docs/procedure.md, Roles)."""

from collections.abc import Callable

import pytest

from models.commands import AnswerInvitation, CancelMonitoring
from models.monitoring.readers import (
    WHOLE,
    readers_of,
    relations_of,
    sees,
    words_of,
    words_of_all_items,
    words_of_report,
    words_of_whole_sight,
)
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action, Relation, allowed
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Kind, Role
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import AB, AB_ID, CLINIC, DIVISION, HASH, HEAD, NGO, SCHOOL

OWN_REPORTS_ONLY = with_switches(division_reports_published=False)
PEOPLE = ("p-public", "p-expert", "somebody")


def _comprehensive(story: Story) -> Story:
    return story.starts(kind=Kind.COMPREHENSIVE, spheres=("land", "schools"), objects=(CLINIC, SCHOOL))


def _joint() -> Story:
    return Story().starts(conductors=(AB, DIVISION))


def _with_a_member() -> MonitoringState:
    story = Story().starts().creates_working_group()
    invitee = Actor(role=Role.MEMBER, letter=story.letter(LetterKind.INVITATION).id)
    story.does(AnswerInvitation, invitee, member="m-expert", consents=True)
    return story.state


def _named() -> Story:
    """Rule 2: another body is named, and nothing confirms it."""
    return Story().starts(conductors=(DIVISION, NGO), co_conductors_confirm=True)


def _cancelled() -> MonitoringState:
    story = Story().starts()
    story.does(CancelMonitoring, HEAD, reason=HASH)
    return story.state


STATES: dict[str, Callable[[], MonitoringState]] = {
    "started": lambda: Story().starts().state,
    "with a member by consent": _with_a_member,
    "cancelled": _cancelled,
    "a body is named": lambda: _named().state,
    "a body is named, approved": lambda: _named().has_approved_report().state,
    "a body is named, dispatched": lambda: _named().has_approved_report().is_dispatched().state,
    "joint": lambda: _joint().has_approved_report().state,
    "thematic, approved": lambda: Story().starts().has_approved_report().state,
    "thematic, dispatched": lambda: Story().starts().has_approved_report().is_dispatched().state,
    "comprehensive, started": lambda: _comprehensive(Story()).state,
    "comprehensive, approved": lambda: _comprehensive(Story()).has_approved_report().state,
    "comprehensive, approved, not to be published": (
        lambda: _comprehensive(Story(OWN_REPORTS_ONLY)).has_approved_report().state
    ),
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
@pytest.mark.parametrize("name", STATES)
def test_what_a_list_finds_a_page_opens_and_nothing_else(name: str, role: Role) -> None:
    state = STATES[name]()
    kept = readers_of(state)
    for organisation in (DIVISION.organisation, AB_ID, CLINIC.organisation, NGO.organisation, "stranger"):
        for person in PEOPLE:
            found = not kept.isdisjoint(words_of(role, organisation, person))
            relations = relations_of(state, organisation, person)
            assert found is sees(state, role, relations), (organisation, person)


READS = {
    "the report": (words_of_report, WHOLE | {Action.READ_SENT}),
    "drafts": (words_of_whole_sight, WHOLE),
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("text", READS)
def test_what_a_search_looks_into_is_what_the_reader_may_open(name: str, role: Role, text: str) -> None:
    state = STATES[name]()
    kept = readers_of(state)
    words, opens = READS[text]
    if text == "the report" and state.current is None:
        opens = WHOLE  # there is none yet to be sent
    for organisation in (DIVISION.organisation, AB_ID, CLINIC.organisation, NGO.organisation, "stranger"):
        for person in PEOPLE:
            rights = allowed(role, relations_of(state, organisation, person))
            looked_into = not kept.isdisjoint(words(role, organisation, person))
            assert looked_into is (not rights.isdisjoint(opens)), (organisation, person)


def test_whoever_is_named_knows_of_the_monitoring_and_of_none_of_its_items() -> None:
    kept = readers_of(_named().has_approved_report().state)
    who = (Role.ANALYST, NGO.organisation, "somebody")
    assert not kept.isdisjoint(words_of(*who))
    for words in (words_of_report(*who), words_of_whole_sight(*who), words_of_all_items(*who)):
        assert kept.isdisjoint(words)


def test_an_auditor_of_a_conductor_knows_of_all_its_items() -> None:
    state = Story().starts().has_approved_report().is_dispatched().state
    kept = readers_of(state)
    for role in (Role.ANALYST, Role.HEAD, Role.AUDITOR):
        assert not kept.isdisjoint(words_of_all_items(role, DIVISION.organisation, "somebody")), role
        assert kept.isdisjoint(words_of_all_items(role, CLINIC.organisation, "somebody")), role


@pytest.mark.parametrize("published", [True, False], ids=["A8: published", "A8: own reports only"])
def test_an_approved_report_of_a_division_reaches_the_authorized_body_that_is_to_publish_it(
    published: bool,
) -> None:
    story = Story(with_switches(division_reports_published=published))
    state = _comprehensive(story).has_approved_report().state
    relations = relations_of(state, AB_ID, "somebody")
    assert (Relation.AUTHORIZED_BODY in relations) is published
    assert sees(state, Role.WEB_EDITOR, relations) is published


def test_a_web_editor_sees_what_was_approved_and_no_drafts() -> None:
    story = Story().starts()
    own = relations_of(story.state, DIVISION.organisation, "somebody")
    assert not sees(story.state, Role.WEB_EDITOR, own)
    assert sees(story.has_approved_report().state, Role.WEB_EDITOR, own)


def test_the_authorized_bodys_own_monitoring_is_its_own_from_the_start() -> None:
    state = Story().starts(AB, actor=HEAD.model_copy(update={"organisation": AB_ID})).state
    assert relations_of(state, AB_ID, "somebody") >= {Relation.CONDUCTOR, Relation.AUDIT}


@pytest.mark.parametrize("name", STATES)
def test_oversight_sees_every_monitoring_and_an_auditor_its_body_s_own(name: str) -> None:
    state = STATES[name]()
    for organisation in (DIVISION.organisation, AB_ID, CLINIC.organisation, NGO.organisation, "stranger"):
        relations = relations_of(state, organisation, "somebody")
        assert sees(state, Role.OVERSIGHT, relations), organisation
        own = state.conducted_by(organisation)
        assert (Relation.AUDIT in relations) is own
        sent = state.current is not None and (
            organisation in state.addressees or Relation.AUTHORIZED_BODY in relations
        )
        assert sees(state, Role.AUDITOR, relations) is (own or sent), organisation

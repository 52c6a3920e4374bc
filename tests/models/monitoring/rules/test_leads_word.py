"""Rule 2: whoever is printed by another's word is not bound by it (decision 0030)."""

from models.commands import BeginCorrection, PublishReport
from models.monitoring.open_work import OpenKind, open_items
from models.monitoring.rules.joint import conduct_warnings
from models.vocabulary.procedure import Id, Role
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import AB, HASH, MINISTRY, NGO, facts
from tests.models.monitoring.rules.test_joint_conduct import (
    FILE,
    act_of,
    by_link,
    confirms,
    joint,
    leads_word,
    people_of,
    printed,
    refused,
    shortcomings,
)


def by_leads_word_alone() -> Story:
    """Approved with a body that is printed by the lead's word and was not heard itself."""
    story = leads_word(joint(NGO, MINISTRY).conducts(), NGO, MINISTRY)
    assert [each.code for each in conduct_warnings(story.state)] == ["conductor_not_heard"]
    content = facts(conductors=printed(NGO, MINISTRY, by_leads_word=("ministry",)))
    return story.submits_report(content).approves_report()


def declined_items(story: Story) -> list[tuple[Id | None, str, bool]]:
    kind = OpenKind.PRINTED_AND_DECLINED
    return [(each.subject, each.rule, each.blocking) for each in open_items(story.state) if each.kind is kind]


def test_rule_02_whoever_is_printed_by_the_leads_word_declines_after_the_approval_too() -> None:
    story = by_leads_word_alone()
    assert declined_items(story) == []
    confirms(story, MINISTRY, by_link(story, MINISTRY), yes=False)
    assert story.state.conductors == (NGO,)
    assert declined_items(story) == [("ministry", "2", True)], "the report is to be corrected"
    assert refused(story, MINISTRY, people_of(MINISTRY)) == "report_approved_already", "it is printed no more"


def test_a12_the_corrected_report_names_it_no_more_and_nothing_is_open() -> None:
    story = confirms(by_leads_word_alone(), MINISTRY, yes=False)
    story.does(BeginCorrection, people_of(NGO, Role.ANALYST), reason=HASH)
    assert shortcomings(story, NGO, MINISTRY) == ["printed_without_conducting"]
    assert declined_items(story), "it was not corrected yet"
    assert shortcomings(story, NGO) == []
    story.approves_report()
    assert declined_items(story) == []


def test_rule_19_what_names_a_body_that_declined_is_not_published_before_it_is_corrected() -> None:
    story = confirms(by_leads_word_alone(), MINISTRY, yes=False)
    page = {"published_on": story.today, "address": "https://uo.example.kz/1", "conduct_asked": True}
    refused_by = story.refused(PublishReport, people_of(AB, Role.WEB_EDITOR), **page)
    assert refused_by == ("conductor_declined", "2")
    story.does(BeginCorrection, people_of(NGO, Role.ANALYST), reason=HASH)
    story.submits_report(facts(conductors=printed(NGO))).approves_report()
    story.does(PublishReport, people_of(AB, Role.WEB_EDITOR), **page)


def test_rule_19_what_an_earlier_release_published_is_folded_as_it_was() -> None:
    story = confirms(by_leads_word_alone(), MINISTRY, yes=False)
    page = {"published_on": story.today, "address": "https://uo.example.kz/1"}
    assert story.does(PublishReport, people_of(AB, Role.WEB_EDITOR), **page)


def test_rule_02_whoever_confirmed_is_bound_by_its_own_word_after_the_approval() -> None:
    story = confirms(by_leads_word_alone(), MINISTRY)
    assert refused(story, MINISTRY, people_of(MINISTRY), confirms=False) == "report_approved_already"
    lead = people_of(NGO).model_copy(update={"on_behalf": act_of("ministry")})
    assert refused(story, MINISTRY, lead, confirms=False, act=FILE) == "report_approved_already"

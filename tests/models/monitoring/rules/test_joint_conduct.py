"""Rule 2: nobody is made a conductor by another (decision 0018)."""

from datetime import date
from typing import Any

import pytest

from models.commands import (
    CancelMonitoring,
    ConfirmConduct,
    CreateWorkingGroup,
    NewMember,
    WithdrawCoConductor,
)
from models.duty.notices import duty_notices
from models.events import MonitoringStarted
from models.monitoring.open_work import OpenKind, due_to_authorized_body, open_items
from models.monitoring.readers import relations_of
from models.monitoring.rules.joint import conduct_warnings
from models.monitoring.state import MonitoringState
from models.report.facts import ConductorFact
from models.vocabulary.access import Relation
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.bodies import Body
from models.vocabulary.letters import LetterKind, LetterStatus, RecipientKind
from models.vocabulary.procedure import Community, Conducting, Consent, Id, Kind, OrganisationKind, Role
from tests.models.monitoring.monitorings import DECISION, EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import (
    AB,
    AB_ID,
    AKIMAT,
    CLINIC,
    DIVISION,
    HASH,
    MINISTRY,
    NGO,
    SCHOOL,
    body,
    facts,
)
from tests.models.monitoring.rules.succeeding import hears

OTHER_DIVISION = body("td-koko", OrganisationKind.TERRITORIAL_DIVISION, superior=AB_ID)
FILE = "f" * 64
PAIRS = [(NGO, AB), (AB, NGO), (DIVISION, AB), (NGO, MINISTRY), (DIVISION, OTHER_DIVISION), (NGO, DIVISION)]


def act_of(organisation: Id) -> Authority:
    return Authority(organisation=organisation, act="letter 1", dated=date(2026, 7, 6))


def joint(lead: Body, *others: Body, **fields: Any) -> Story:
    """Begun today: whoever was named beside the lead confirms it."""
    return Story().starts(conductors=(lead, *others), co_conductors_confirm=True, **fields)


def people_of(organisation: Body, role: Role = Role.HEAD) -> Actor:
    return Actor(role=role, account=f"{role.value}-of", organisation=organisation.organisation)


def by_link(story: Story, organisation: Body) -> Actor:
    """Whoever holds the link of the newest letter that asks the body."""
    asked = [x for x in story.letters() if x.subject == organisation.organisation and x.purpose]
    return Actor(role=Role.CO_CONDUCTOR, letter=asked[-1].id, organisation=organisation.organisation)


def confirms(story: Story, organisation: Body, by: Actor | None = None, *, yes: bool = True) -> Story:
    who = by or people_of(organisation)
    story.does(ConfirmConduct, who, organisation=organisation.organisation, confirms=yes)
    return story


def leads_word(story: Story, lead: Body, organisation: Body, act: str | None = FILE) -> Story:
    who = people_of(lead).model_copy(update={"on_behalf": act_of(organisation.organisation)})
    story.does(ConfirmConduct, who, organisation=organisation.organisation, confirms=True, act=act)
    return story


def refused(story: Story, organisation: Body, by: Actor, **fields: object) -> str:
    given = {"organisation": organisation.organisation, "confirms": True, **fields}
    code, rule = story.refused(ConfirmConduct, by, **given)
    assert rule == "2"
    return code


def conducting(story: Story, organisation: Body) -> Conducting:
    return story.state.co_conductors[organisation.organisation].conducting


def counted_for(story: Story) -> list[Id]:
    return [notice.organisation for notice in duty_notices(story.state)]


# ——— who conducts ———
@pytest.mark.parametrize(("lead", "other"), PAIRS)
def test_rule_02_a_body_that_was_named_conducts_nothing_until_it_confirms(lead: Body, other: Body) -> None:
    story = joint(lead, other, agreements=(act_of(other.organisation),))
    assert story.state.conductors == (lead,)
    assert not story.state.conducted_by(other.organisation)
    (asked,) = story.letters(LetterKind.CONDUCT_REQUEST)
    assert (asked.recipient, asked.recipient_kind) == (other.organisation, RecipientKind.HEAD)
    (item,) = [each for each in open_items(story.state) if each.kind is OpenKind.CONDUCT_NOT_CONFIRMED]
    assert (item.subject, item.rule, item.blocking) == (other.organisation, "2", False)
    assert [each.code for each in conduct_warnings(story.state)] == ["conduct_not_confirmed"]
    confirms(story, other)
    assert list(story.state.conductors) == [lead, other]
    assert conducting(story, other) is Conducting.CONFIRMED
    assert OpenKind.CONDUCT_NOT_CONFIRMED not in {each.kind for each in open_items(story.state)}
    assert conduct_warnings(story.state) == ()


def test_rule_02_the_authorized_body_names_its_own_divisions() -> None:
    story = joint(AB, DIVISION, OTHER_DIVISION)
    assert story.state.conductors == (AB, DIVISION, OTHER_DIVISION)
    assert conducting(story, DIVISION) is Conducting.APPOINTED
    told = story.letters(LetterKind.CONDUCT_ON_LEADS_WORD)
    assert [letter.recipient for letter in told] == ["td-sary", "td-koko"]
    assert story.letters(LetterKind.CONDUCT_REQUEST) == []
    assert refused(story, DIVISION, people_of(DIVISION), confirms=False) == "division_appointed"


def test_rule_02_a_division_appoints_nobody() -> None:
    """Only the authorized body names its own divisions: not one division another, nor itself the body."""
    story = joint(DIVISION, OTHER_DIVISION, AB)
    assert story.state.conductors == (DIVISION,)


def test_rule_02_a_body_that_is_no_conductor_yet_sees_what_it_is_asked_and_not_the_content() -> None:
    story = joint(NGO, MINISTRY)
    assert Relation.NAMED in relations_of(story.state, "ministry", "somebody")
    assert Relation.CO_CONDUCTOR not in relations_of(story.state, "ministry", "somebody")
    confirms(story, MINISTRY)
    assert Relation.NAMED not in relations_of(story.state, "ministry", "somebody")
    assert Relation.CO_CONDUCTOR in relations_of(story.state, "ministry", "somebody")


def test_rule_02_a_monitoring_begun_by_an_earlier_release_keeps_its_way() -> None:
    """Its journal knows no confirmations: the named act made conductors, and it is folded as before."""
    agreed = (act_of(AB_ID),)
    story = Story().starts(conductors=(NGO, AB), agreements=agreed)
    started = story.entries[0].event
    assert isinstance(started, MonitoringStarted)
    assert (started.conductors, started.agreements) == ((NGO, AB), agreed)
    assert story.state.conductors == (NGO, AB)
    assert story.letters() == []
    assert not due_to_authorized_body(story.state)
    assert refused(story, AB, people_of(AB)) == "not_named"


# ——— by whose word ———
def test_rule_02_a_head_confirms_by_the_link_of_the_letter() -> None:
    story = joint(NGO, MINISTRY)
    confirms(story, MINISTRY, by_link(story, MINISTRY))
    assert conducting(story, MINISTRY) is Conducting.CONFIRMED
    (answered,) = story.letters(LetterKind.ANSWER_CONFIRMATION)
    assert answered.recipient == "ministry"


def test_rule_02_a_link_speaks_for_its_own_body_only() -> None:
    story = joint(NGO, MINISTRY, AKIMAT)
    code, _ = story.refused(ConfirmConduct, by_link(story, MINISTRY), organisation="akimat", confirms=True)
    assert code == "link_not_for_this"


def test_rule_02_the_leads_word_takes_the_act_and_is_marked() -> None:
    story = joint(NGO, MINISTRY)
    lead = people_of(NGO).model_copy(update={"on_behalf": act_of("ministry")})
    assert refused(story, MINISTRY, people_of(NGO)) == "conduct_said_by_another"
    assert refused(story, MINISTRY, lead) == "co_conductor_act_missing"
    leads_word(story, NGO, MINISTRY)
    named = story.state.co_conductors["ministry"]
    assert (named.conducting, named.act, named.agreement) == (
        Conducting.LEADS_WORD,
        FILE,
        act_of("ministry"),
    )
    (told,) = story.letters(LetterKind.CONDUCT_ON_LEADS_WORD)
    assert told.recipient == "ministry"
    assert story.letter(LetterKind.CONDUCT_REQUEST).status is LetterStatus.WITHDRAWN, "it never left"
    assert refused(story, MINISTRY, lead, act=FILE) == "co_conductor_answered"
    confirms(story, MINISTRY, by_link(story, MINISTRY))
    assert conducting(story, MINISTRY) is Conducting.CONFIRMED
    assert refused(story, MINISTRY, people_of(MINISTRY)) == "co_conductor_answered"


def test_rule_02_a_body_declines_whatever_the_lead_said_and_may_think_again() -> None:
    story = leads_word(joint(NGO, MINISTRY), NGO, MINISTRY)
    confirms(story, MINISTRY, by_link(story, MINISTRY), yes=False)
    assert story.state.conductors == (NGO,)
    assert conducting(story, MINISTRY) is Conducting.DECLINED
    assert refused(story, MINISTRY, people_of(MINISTRY), confirms=False) == "co_conductor_answered"
    lead = people_of(NGO).model_copy(update={"on_behalf": act_of("ministry")})
    assert refused(story, MINISTRY, lead, act=FILE) == "co_conductor_answered"
    confirms(story, MINISTRY)
    assert list(story.state.conductors) == [NGO, MINISTRY]


def test_rule_02_the_lead_names_a_body_no_longer() -> None:
    story = joint(NGO, MINISTRY)
    asked = by_link(story, MINISTRY)
    story.post_takes_letters()
    story.does(WithdrawCoConductor, people_of(NGO), organisation="ministry", reason=HASH)
    assert conducting(story, MINISTRY) is Conducting.WITHDRAWN
    (told,) = story.letters(LetterKind.CO_CONDUCTOR_WITHDRAWN)
    assert told.recipient == "ministry"
    code, _ = story.refused(ConfirmConduct, asked, organisation="ministry", confirms=True)
    assert code == "link_superseded"
    assert refused(story, MINISTRY, people_of(MINISTRY)) == "co_conductor_gone"
    again = story.refused(WithdrawCoConductor, people_of(NGO), organisation="ministry", reason=HASH)
    assert again == ("co_conductor_gone", "2")
    stranger = story.refused(WithdrawCoConductor, people_of(NGO), organisation="court", reason=HASH)
    assert stranger == ("not_named", "2")


def test_rule_12_officials_of_a_body_that_conducts_no_longer_leave_the_group() -> None:
    story = confirms(joint(DIVISION, AB), AB)
    official = NewMember(member="m-ab", person="p-ab", community=Community.OFFICIAL, organisation=AB_ID)
    story.does(
        CreateWorkingGroup,
        people_of(DIVISION),
        decision=DECISION,
        members=(PUBLIC_MEMBER, EXPERT, official),
    )
    confirms(story, AB, yes=False)
    group = story.state.working_group
    assert group is not None
    assert group.members["m-ab"].consent is Consent.WITHDRAWN
    assert group.members["m-expert"].consent is Consent.INVITED


def test_whoever_was_asked_or_conducts_is_told_of_the_end() -> None:
    story = confirms(joint(NGO, MINISTRY, AKIMAT, SCHOOL), AKIMAT)
    confirms(story, SCHOOL, yes=False)
    story.does(CancelMonitoring, people_of(NGO), reason=HASH)
    told = story.letters(LetterKind.MONITORING_CANCELLED)
    assert [letter.recipient for letter in told] == ["ministry", "akimat"]


# ——— the form (annex, I.2) ———
def printed(*conductors: Body, by_leads_word: tuple[Id, ...] = ()) -> tuple[ConductorFact, ...]:
    return tuple(
        ConductorFact(organisation=each.organisation, leads_word=each.organisation in by_leads_word)
        for each in conductors
    )


def shortcomings(story: Story, *conductors: Body, by_leads_word: tuple[Id, ...] = ()) -> list[str]:
    content = facts(conductors=printed(*conductors, by_leads_word=by_leads_word))
    try:
        Story.submits_report(story, content)
    except Exception as error:
        return [refusal.code for refusal in error.refusals]  # type: ignore[attr-defined]
    return []


def test_annex_i_2_nobody_is_printed_who_does_not_conduct() -> None:
    story = joint(NGO, AB).conducts()
    assert shortcomings(story, NGO, AB) == ["printed_without_conducting"]
    assert shortcomings(story, NGO, MINISTRY) == ["printed_without_conducting"], "nor who was never named"
    confirms(story, AB)
    assert shortcomings(story, NGO) == ["conductor_not_printed"]
    assert shortcomings(story, NGO, AB) == []


def test_annex_i_2_the_leads_word_is_printed_as_such() -> None:
    story = leads_word(joint(NGO, AB).conducts(), NGO, AB)
    assert shortcomings(story, NGO, AB) == ["leads_word_not_marked"]
    assert shortcomings(story, NGO, AB, by_leads_word=(AB_ID,)) == []


def test_annex_i_2_whoever_confirms_after_the_submission_is_printed_before_the_approval() -> None:
    story = joint(NGO, AB).conducts().submits_report(facts(conductors=printed(NGO)))
    confirms(story, AB)
    with pytest.raises(Exception, match="conductor_not_printed"):
        story.approves_report()


# ——— rules 17 and 20: whoever leads ———
@pytest.mark.parametrize(
    ("lead", "other", "due"), [(NGO, AB, True), (DIVISION, AB, True), (AB, NGO, False), (AB, DIVISION, False)]
)
def test_rules_17_and_20_whoever_leads_decides_where_the_report_goes(
    lead: Body, other: Body, due: bool
) -> None:
    story = joint(lead, other)
    assert due_to_authorized_body(story.state) is due
    if other.organisation not in {c.organisation for c in story.state.conductors}:
        confirms(story, other)
    assert due_to_authorized_body(story.state) is due


# ——— rule 13: whose duty counts it ———
def comprehensive(lead: Body, *others: Body) -> Story:
    return joint(
        lead, *others, kind=Kind.COMPREHENSIVE, spheres=("land", "schools"), objects=(CLINIC, AKIMAT)
    )


def test_rule_13_a_duty_counts_what_its_body_confirmed_by_its_own_word() -> None:
    story = comprehensive(DIVISION, AB, OTHER_DIVISION).conducts()
    leads_word(story, DIVISION, AB)
    story.submits_report().approves_report()
    assert counted_for(story) == ["td-sary"]
    confirms(story, AB)
    assert counted_for(story) == ["td-sary", AB_ID], "what is printed may still be confirmed"
    assert refused(story, OTHER_DIVISION, people_of(OTHER_DIVISION)) == "report_approved_already"


def test_rule_13_a_division_that_was_appointed_confirms_for_its_own_duty() -> None:
    story = comprehensive(AB, DIVISION).has_approved_report()
    assert counted_for(story) == [AB_ID]
    confirms(story, DIVISION, by_link(story, DIVISION))
    assert counted_for(story) == [AB_ID, "td-sary"]
    assert conducting(story, DIVISION) is Conducting.CONFIRMED


def test_rule_13_a_monitoring_begun_by_an_earlier_release_counts_for_all_who_conduct() -> None:
    story = Story().starts(
        AB, Kind.COMPREHENSIVE, ("land", "schools"), (CLINIC, AKIMAT), conductors=(AB, DIVISION)
    )
    story.has_approved_report()
    assert counted_for(story) == [AB_ID, "td-sary"]


def test_after_the_approval_nobody_declines_who_confirmed_or_is_withdrawn() -> None:
    story = confirms(joint(NGO, MINISTRY), MINISTRY).has_approved_report()
    assert refused(story, MINISTRY, people_of(MINISTRY), confirms=False) == "report_approved_already"
    withdrawn = story.refused(WithdrawCoConductor, people_of(NGO), organisation="ministry", reason=HASH)
    assert withdrawn == ("report_approved_already", "2")
    assert MonitoringState.model_validate_json(story.state.model_dump_json()) == story.state


# ——— a body that is no more ———
def test_annex_i_2_whoever_came_after_a_co_conductor_is_printed_in_its_place() -> None:
    story = leads_word(joint(NGO, MINISTRY).conducts(), NGO, MINISTRY)
    hears(story, ("ministry", "ministry-2"))
    successor = body("ministry-2", OrganisationKind.CENTRAL_STATE_BODY)
    assert shortcomings(story, NGO) == ["conductor_not_printed"]
    assert shortcomings(story, NGO, successor) == ["leads_word_not_marked"]
    assert shortcomings(story, NGO, successor, by_leads_word=("ministry-2",)) == []


def test_annex_i_2_a_co_conductor_that_is_no_more_and_has_no_successor_is_asked_for_nothing() -> None:
    story = confirms(joint(NGO, MINISTRY), MINISTRY).conducts()
    hears(story, ("ministry", None))
    assert shortcomings(story, NGO) == []

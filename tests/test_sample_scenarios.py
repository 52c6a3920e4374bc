"""The scenarios: what they name exists, their days and numbers agree, their reports meet the Rules."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from local.sample_scenario import SampleReply, Scenario
from local.samples import (
    ScenarioName,
    content_of,
    load_calendar,
    load_country,
    load_scenario,
)
from models.agenda.deadline import ReplyPreset
from models.commands import StartMonitoring
from models.monitoring.rules.start import start_refusals, start_warnings
from models.report.content import Quantitative, content_sha256
from models.report.facts import facts_of
from models.vocabulary.actors import Actor
from models.vocabulary.editions import ORDER_192
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import (
    Activity,
    Community,
    Facet,
    Ground,
    IndicatorKind,
    IndicatorRole,
    ItemKind,
    Kind,
    Language,
    Response,
    Role,
    SourceAccess,
    SourceKind,
    Step,
    Task,
)

COUNTRY = load_country()


@pytest.fixture(params=ScenarioName, ids=lambda name: name.value)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


def test_every_body_of_a_scenario_existed_on_its_day(scenario: Scenario) -> None:
    on = scenario.registered_on
    for body in (*scenario.conductors, *scenario.objects):
        COUNTRY.version(body, on)
    for addressee in scenario.dispatch.addressees:
        COUNTRY.version(addressee.organisation, scenario.dispatch.dispatched_on)
    for request in scenario.information_requests:
        COUNTRY.version(request.holder, request.requested_on)
    for sphere in scenario.spheres:
        COUNTRY.sphere(sphere)
    for item in scenario.considerations:
        COUNTRY.council(item.council)


def test_a_scenario_may_start_under_the_rules(scenario: Scenario) -> None:
    on = scenario.registered_on
    command = StartMonitoring(
        id="start",
        actor=Actor(role=Role.ANALYST, account=scenario.accounts.analyst),
        number=scenario.number,
        kind=scenario.kind,
        conductors=tuple(COUNTRY.body(body, on) for body in scenario.conductors),
        spheres=scenario.spheres,
        objects=tuple(COUNTRY.body(body, on) for body in scenario.objects),
        studied_from=scenario.studied_from,
        studied_until=scenario.studied_until,
        title=content_sha256(scenario.title),
        authorized_body="uo",
    )
    assert start_refusals(command, ORDER_192) == ()
    assert start_warnings(command, ORDER_192) == ()


def test_analyst_and_head_act_for_the_conductor(scenario: Scenario) -> None:
    analyst, head = COUNTRY.account(scenario.accounts.analyst), COUNTRY.account(scenario.accounts.head)
    assert (analyst.role, head.role) == (Role.ANALYST, Role.HEAD)
    assert {analyst.organisation, head.organisation} == {scenario.conductors[0]}
    assert analyst.person != head.person


def test_members_are_people_of_the_registry(scenario: Scenario) -> None:
    group = scenario.working_group
    for member in group.members if group else ():
        assert COUNTRY.person(member.person).organisation == member.organisation


def test_sources_and_findings_that_are_cited_are_there(scenario: Scenario) -> None:
    sources = {source.id for source in scenario.sources}
    findings = {finding.id for finding in scenario.findings}
    for cites in (*scenario.indicators, *scenario.findings):
        assert cites.sources
        assert set(cites.sources) <= sources
    assert all(item.basis in findings for item in scenario.draft.decision.items)


def test_an_answered_request_becomes_a_source(scenario: Scenario) -> None:
    become = {request.request: request.answer.source for request in scenario.information_requests}
    requested = {source.information_request: source.id for source in scenario.sources}
    requested.pop(None, None)
    assert become == requested


def test_every_item_goes_to_an_addressee_who_answers_it(scenario: Scenario) -> None:
    asked = {(item.addressee, item.id) for item in scenario.draft.decision.items}
    answered = {
        (addressee.organisation, answer.item)
        for addressee in scenario.dispatch.addressees
        if addressee.reply
        for answer in addressee.reply.answers
    }
    assert answered == asked


def test_a_reply_is_amended_as_a_whole(scenario: Scenario) -> None:
    for addressee in scenario.dispatch.addressees:
        if addressee.amended is not None:
            assert addressee.reply is not None
            assert _items(addressee.amended) == _items(addressee.reply)
            assert addressee.amended.answers != addressee.reply.answers


def test_a_correction_changes_some_items_and_they_are_answered_anew(scenario: Scenario) -> None:
    correction = scenario.correction
    if correction is not None:
        approved = {item.id: item for item in scenario.draft.decision.items}
        assert all(item.text != approved[item.id].text for item in correction.items)
        assert {item.addressee for item in correction.items} == {correction.addressee}
        assert _items(correction.reply) == [item.id for item in correction.items]
        assert len(correction.items) < len(approved), "the other answers stand"


def test_answers_that_refuse_something_say_why(scenario: Scenario) -> None:
    answers = [answer for reply in _replies(scenario) for answer in reply.answers]
    assert all(answer.reasoned == bool(answer.reason.given()) for answer in answers)
    assert all(answer.reasoned for answer in answers if answer.response is not Response.ACCEPTED)


def test_the_days_of_a_scenario_are_in_order_and_working_days(scenario: Scenario) -> None:
    days = list(_days(scenario))
    assert days == sorted(days)
    calendar = load_calendar().working_calendar()
    assert [day for day in days if not calendar.is_working(day)] == []


def test_stated_shares_are_what_their_numbers_give(scenario: Scenario) -> None:
    shares = [i for i in scenario.indicators if isinstance(i, Quantitative) and i.is_share()]
    assert [share.id for share in shares if share.differs()] == []


def test_the_report_meets_the_annex_and_the_rules(scenario: Scenario) -> None:
    facts = facts_of(content_of(scenario))
    in_part_two = {i.kind for i in facts.indicators if i.role is not IndicatorRole.EFFECTIVENESS}
    assert in_part_two == {IndicatorKind.QUANTITATIVE, IndicatorKind.QUALITATIVE}
    assert {i.role for i in facts.indicators} == set(IndicatorRole)
    assert {item.kind for item in facts.items} == set(ItemKind)
    assert facts.contacts_given
    assert facts.conclusions_given
    assert facts.assessment_given
    assert facts.languages == tuple(Language)
    assert all(finding.facets for finding in facts.findings)
    assert all(s.has_lawfulness_note for s in facts.sources if s.kind is SourceKind.OTHER_LAWFUL)


def test_scenario_a_is_as_the_reference_tells_it() -> None:
    a = load_scenario(ScenarioName.A)
    facts = facts_of(content_of(a))
    assert a.kind is Kind.COMPREHENSIVE
    assert {source.kind for source in facts.sources} == set(SourceKind)
    assert set(facts.tasks) == set(Task)
    assert {activity.activity for activity in a.activities} == set(Activity)
    assert {facet for finding in a.findings for facet in finding.facets} == set(Facet)
    assert _values(a) == [Decimal(text) for text in ("34", "40.0", "61.5", "12.8", "23")]
    assert a.working_group
    assert a.working_group.decision.decision_number == "17"
    effective = [m.community for m in a.working_group.members if m.answer is None or m.answer.consents]
    assert Counter(effective) == {Community.OFFICIAL: 3, Community.PUBLIC: 2, Community.EXPERT: 1}
    assert len(a.working_group.members) == 7
    assert a.report.returned
    assert a.publication
    assert a.considerations[0].minutes_number == "4"


def test_scenario_b_is_as_the_reference_tells_it() -> None:
    b = load_scenario(ScenarioName.B)
    assert b.kind is Kind.THEMATIC
    assert _values(b) == [Decimal(text) for text in ("42", "7", "9.7", "2", "11", "54")]
    assert {a.organisation: a.preset for a in b.dispatch.addressees} == {
        "clinic-2": ReplyPreset.APPC_76,
        "health-sary": ReplyPreset.NONE,
        "uo": ReplyPreset.NONE,
    }
    due = load_calendar().working_calendar().add_working_days(b.dispatch.dispatched_on, 15)
    assert due == date(2026, 9, 25)
    reply = b.dispatch.addressees[0].reply
    assert reply
    assert sorted(answer.response for answer in reply.answers) == [Response.ACCEPTED, Response.PARTLY]
    assert b.review
    assert b.review.considered_on == date(2026, 10, 15)


def test_the_undeliverable_letter_of_b_fails_for_the_address_in_the_registry() -> None:
    mended = load_scenario(ScenarioName.B).mended_letter
    assert mended
    assert mended.kind is LetterKind.REPORT_FOR_CONSIDERATION
    assert COUNTRY.version(mended.recipient, mended.mended_on).email == mended.refused_address
    assert mended.mended_address != mended.refused_address


def test_scenario_c_uses_open_sources_and_four_steps() -> None:
    c = load_scenario(ScenarioName.C)
    assert c.kind is Kind.THEMATIC
    assert all(source.access is SourceAccess.OPEN for source in c.sources)
    assert all(source.reference.startswith("https://") for source in c.sources)
    assert tuple(step.step for step in c.steps) == tuple(Step)
    assert _values(c) == [Decimal(text) for text in ("1946", "6.1", "5", "37")]
    assert [a.ground for a in c.dispatch.addressees] == [Ground.HOLDER_OF_POWER, Ground.CONSOLIDATION]


def test_scenario_d_is_of_bodies_that_pass_on() -> None:
    d = load_scenario(ScenarioName.D)
    office, merged = d.successions
    assert office.body == "uo"
    assert {held.id for held in COUNTRY.accounts if held.organisation == "uo"} == set(office.accounts)
    assert merged.body == d.objects[0] == d.dispatch.addressees[0].organisation
    assert [s.successor.versions[-1].kind for s in d.successions] == [
        COUNTRY.version(s.body, s.last_day).kind for s in d.successions
    ]
    known = {body.id for body in COUNTRY.organisations} | {body.code for body in COUNTRY.organisations}
    assert known.isdisjoint({new for s in d.successions for new in (s.successor.id, s.successor.code)})
    assert d.dispatch.addressees[0].amended
    assert d.correction
    assert d.correction.addressee == merged.body


def _items(reply: SampleReply) -> list[str]:
    return [answer.item for answer in reply.answers]


def _replies(scenario: Scenario) -> list[SampleReply]:
    given = [reply for a in scenario.dispatch.addressees for reply in (a.reply, a.amended) if reply]
    return given + ([scenario.correction.reply] if scenario.correction else [])


def _values(scenario: Scenario) -> list[Decimal]:
    return [i.value for i in scenario.indicators if isinstance(i, Quantitative)]


def _days(scenario: Scenario) -> Iterator[date]:
    """The main line of a scenario, in the order of the procedure."""
    yield scenario.registered_on
    if scenario.working_group:
        yield scenario.working_group.decision.decided_on
    yield scenario.began_on
    yield from sorted(source.obtained_on for source in scenario.sources)
    yield from (activity.done_on for activity in scenario.activities if activity.activity is Activity.COLLECT)
    if scenario.collection_completed_on and scenario.analysis_completed_on:
        yield scenario.collection_completed_on
        yield scenario.analysis_completed_on
    yield from (step.completed_on for step in scenario.steps)
    yield scenario.ended_on
    yield scenario.report.submitted_on
    if scenario.report.returned:
        yield scenario.report.returned.returned_on
        yield scenario.report.returned.resubmitted_on
    yield scenario.report.approved_on
    yield scenario.dispatch.dispatched_on
    yield from sorted(a.acknowledged_on for a in scenario.dispatch.addressees if a.acknowledged_on)
    replies = (reply for a in scenario.dispatch.addressees for reply in (a.reply, a.amended) if reply)
    yield from sorted(reply.answered_on for reply in replies)
    if scenario.correction:
        yield scenario.correction.begun_on
        yield scenario.correction.submitted_on
        yield scenario.correction.approved_on
        yield scenario.correction.reply.answered_on
    if scenario.review:
        yield scenario.review.considered_on
    yield scenario.closed_on

"""Where the report goes: rules 17 and 20, A7."""

from datetime import timedelta

import pytest

from models.agenda.deadline import DeadlineSubject, LegalEffect, ReplyPreset
from models.commands import (
    AcknowledgeReport,
    DispatchReport,
    ExtendDeadline,
    NewAddressee,
    RecordConsideration,
    RecordHandDelivery,
    ResendLetter,
)
from models.events import LetterSent, LetterUndelivered
from models.monitoring.open_work import (
    OpenKind,
    dispatch_complete,
    open_items,
    sent_to_authorized_body,
    sent_to_interested,
)
from models.vocabulary.actors import Authority
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import CouncilOutcome, Ground, Stage
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import (
    AB,
    AKIMAT,
    ANALYST,
    CITIZEN,
    CLINIC,
    COURT,
    FIRST_DAY,
    GUARD,
    HASH,
    MINISTRY,
    MINISTRY_DIVISION,
    NGO,
    SCHOOL,
    TO_AB,
    to,
)


@pytest.fixture
def division() -> Story:
    """A division's approved report about a clinic."""
    return Story().starts().has_approved_report()


@pytest.fixture
def own() -> Story:
    """The authorized body's own approved report about a clinic."""
    return Story().starts(AB).has_approved_report()


def sending(*addressees: NewAddressee) -> dict[str, object]:
    return {"addressees": addressees}


def test_rule_17_a_division_s_report_goes_to_the_interested_body_and_to_the_authorized_body(
    division: Story,
) -> None:
    division.is_dispatched()
    assert sent_to_interested(division.state)
    assert sent_to_authorized_body(division.state)
    assert division.state.stage is Stage.DISPATCHED


def test_rule_17_an_other_subject_s_report_goes_the_same_way() -> None:
    story = Story().starts(NGO).has_approved_report().is_dispatched()
    assert story.state.stage is Stage.DISPATCHED


@pytest.mark.parametrize("body", [MINISTRY_DIVISION, AKIMAT, SCHOOL, CLINIC], ids=lambda b: b.kind.value)
def test_rule_17_the_kinds_of_bodies_it_names_need_no_reason(division: Story, body: object) -> None:
    division.does(DispatchReport, **sending(to(body, Ground.SUPERIOR_BODY)))  # type: ignore[arg-type]
    assert len(division.state.addressees) == 1


@pytest.mark.parametrize("central", [True, False])
def test_a7_the_central_body_itself_may_be_an_addressee_by_the_edition(central: bool) -> None:
    edition = with_switches(central_head_office=central, other_addressees=False)
    story = Story(edition).starts().has_approved_report()
    ministry = sending(to(MINISTRY, Ground.SUPERIOR_BODY))
    if central:
        story.does(DispatchReport, **ministry)
        assert MINISTRY.organisation in story.state.addressees
    else:
        assert story.refused(DispatchReport, **ministry) == ("addressee_kind_not_listed", "17")


@pytest.mark.parametrize("others", [True, False])
def test_a7_bodies_that_rule_17_does_not_list_need_the_edition_s_leave_and_a_reason(others: bool) -> None:
    story = Story(with_switches(other_addressees=others)).starts().has_approved_report()
    bare, reasoned = to(COURT, Ground.HOLDER_OF_POWER), to(COURT, Ground.HOLDER_OF_POWER, reason=HASH)
    if others:
        assert story.refused(DispatchReport, **sending(bare)) == ("addressee_reason_missing", "A7")
        story.does(DispatchReport, **sending(reasoned))
        assert COURT.organisation in story.state.addressees
    else:
        refused = story.refused(DispatchReport, **sending(reasoned))
        assert refused == ("addressee_kind_not_listed", "17")


def test_a7_another_ground_is_explained(division: Story) -> None:
    refused = division.refused(DispatchReport, **sending(to(AKIMAT, Ground.OTHER)))
    assert refused == ("addressee_reason_missing", "A7")


def test_rule_17_only_an_object_is_interested_as_an_object(division: Story) -> None:
    assert division.refused(DispatchReport, **sending(to(AKIMAT))) == ("addressee_not_an_object", "17")


def test_rule_17_consolidation_is_the_authorized_body_s_and_nobody_else_s(division: Story) -> None:
    expected = ("consolidation_is_for_authorized_body", "17")
    assert division.refused(DispatchReport, **sending(to(CLINIC, Ground.CONSOLIDATION))) == expected
    office = division.refused(DispatchReport, **sending(to(AB, Ground.SUPERIOR_BODY)))
    assert office == ("authorized_body_on_another_ground", "17")


def test_rule_20_the_body_s_own_report_goes_to_interested_bodies_only(own: Story) -> None:
    assert own.refused(DispatchReport, **sending(TO_AB)) == ("own_report_to_itself", "20")
    own.is_dispatched()
    assert own.state.stage is Stage.DISPATCHED
    assert list(own.state.addressees) == [CLINIC.organisation]


def test_rule_20_state_bodies_organisations_and_entities_need_no_reason(own: Story) -> None:
    listed = (MINISTRY, COURT, NGO, AKIMAT, SCHOOL, CLINIC, MINISTRY_DIVISION)
    own.does(DispatchReport, **sending(*(to(body, Ground.HOLDER_OF_POWER) for body in listed)))
    assert len(own.state.addressees) == len(listed)


def test_rule_20_a_natural_person_is_an_addressee_with_a_reason_only(own: Story) -> None:
    refused = own.refused(DispatchReport, **sending(to(CITIZEN, Ground.HOLDER_OF_POWER)))
    assert refused == ("addressee_reason_missing", "A7")


@pytest.mark.parametrize(("fixture", "rule"), [("division", "17"), ("own", "20")])
def test_rules_17_and_20_a_dispatch_names_each_addressee_once(
    fixture: str, rule: str, request: pytest.FixtureRequest
) -> None:
    story: Story = request.getfixturevalue(fixture)
    assert story.refused(DispatchReport, addressees=()) == ("no_addressee", rule)
    twice = sending(to(CLINIC), to(CLINIC))
    assert story.refused(DispatchReport, **twice) == ("addressee_twice", rule)
    story.dispatches(to(CLINIC))
    assert story.refused(DispatchReport, **sending(to(CLINIC))) == ("addressee_has_it", rule)


def test_rule_17_a_report_is_sent_once_it_is_approved() -> None:
    drafting = Story().starts().conducts()
    assert drafting.refused(DispatchReport, **sending(to(CLINIC))) == ("report_not_approved", "15")


def test_rule_17_sets_no_reply_date(division: Story) -> None:
    division.dispatches(to(CLINIC), TO_AB)
    asked = {deadline.subject_kind for deadline in division.state.deadlines.values()}
    assert asked == {DeadlineSubject.RECEIPT}


def test_a_reply_term_binds_only_as_far_as_its_ground(division: Story) -> None:
    asked = division.today + timedelta(days=20)
    division.dispatches(
        to(CLINIC, preset=ReplyPreset.APPC_76), to(AKIMAT, Ground.SUPERIOR_BODY, reply_by=asked)
    )
    division.does(AcknowledgeReport, addressee="clinic")
    deadlines = division.state.deadlines
    assert deadlines["reply:clinic"].effect is LegalEffect.NONE, (
        "the Code does not clearly bind between bodies"
    )
    assert deadlines["reply:akimat"].effect is LegalEffect.NONE
    ngo = Story().starts(NGO, objects=(CLINIC,)).has_approved_report()
    ngo.dispatches(to(CLINIC, preset=ReplyPreset.APPC_76), TO_AB)
    ngo.does(AcknowledgeReport, addressee="clinic")
    assert ngo.state.deadlines["reply:clinic"].effect is LegalEffect.STATUTORY


def test_rule_05_no_report_is_sent_to_a_special_state_body(division: Story) -> None:
    guard = sending(to(GUARD, Ground.OTHER, reason=HASH))
    assert division.refused(DispatchReport, **guard) == ("addressee_special_state_body", "5")


def test_a_reply_is_asked_for_by_a_day_ahead(division: Story) -> None:
    today = sending(to(CLINIC, reply_by=division.today))
    assert division.refused(DispatchReport, **today) == ("reply_date_not_ahead", "")


def test_rule_17_sent_means_that_everyone_s_letter_left(division: Story) -> None:
    division.dispatches(to(CLINIC), TO_AB)
    first, second = division.letters()[-2:]
    division.happens(LetterSent(letter=first.id, attempt=1))
    division.happens(LetterUndelivered(letter=second.id, attempt=1, code="550"))
    assert not dispatch_complete(division.state)
    assert OpenKind.LETTER_UNDELIVERABLE in _open(division)
    division.does(ResendLetter, letter=second.id)
    assert division.state.letters[second.id].attempt == 2
    division.post_takes_letters()
    assert division.state.stage is Stage.DISPATCHED


def test_rule_17_one_undelivered_letter_of_three_keeps_a_dispatch_incomplete(division: Story) -> None:
    division.dispatches(to(CLINIC), to(AKIMAT, Ground.SUPERIOR_BODY), TO_AB)
    _, akimat, _ = division.letters()[-3:]
    division.happens(LetterUndelivered(letter=akimat.id, attempt=1, code="550"))
    division.post_takes_letters()
    assert sent_to_interested(division.state)
    assert sent_to_authorized_body(division.state)
    assert not dispatch_complete(division.state)
    assert division.state.stage is Stage.APPROVED


def test_a_letter_handed_over_on_paper_is_delivered(division: Story) -> None:
    division.dispatches(to(CLINIC), TO_AB)
    clinic, body = division.letters()[-2:]
    division.happens(LetterUndelivered(letter=clinic.id, attempt=1, code="no_address"))
    division.happens(LetterSent(letter=body.id, attempt=1))
    handing = {"letter": clinic.id, "note": HASH}
    ahead = division.today + timedelta(days=1)
    assert division.refused(RecordHandDelivery, **handing, delivered_on=ahead) == ("date_in_future", "")
    before = FIRST_DAY - timedelta(days=1)
    refused = division.refused(RecordHandDelivery, **handing, delivered_on=before)
    assert refused == ("delivered_before_start", "")
    division.does(RecordHandDelivery, **handing, delivered_on=FIRST_DAY)
    assert division.state.stage is Stage.DISPATCHED
    again = division.refused(RecordHandDelivery, **handing, delivered_on=division.today)
    assert again == ("letter_not_due", "")
    assert division.refused(ResendLetter, letter=clinic.id) == ("letter_not_resendable", "")


def test_a_letter_is_known_by_its_id(division: Story) -> None:
    assert division.refused(ResendLetter, letter="L99-0") == ("letter_unknown", "")


def test_a_letter_under_way_is_not_sent_again(division: Story) -> None:
    due = division.dispatches(to(CLINIC)).letter(LetterKind.REPORT_FOR_CONSIDERATION)
    assert due.status is LetterStatus.DUE
    assert division.refused(ResendLetter, letter=due.id) == ("letter_not_resendable", "")


def _open(story: Story) -> set[OpenKind]:
    return {item.kind for item in open_items(story.state)}


def test_rules_17_20_a_report_is_sent_to_bodies_and_to_no_person(division: Story) -> None:
    """A7 adds bodies to the lists of rules 17 and 20, with a reason; a person is none."""
    citizen = {"addressees": (to(CITIZEN, Ground.OTHER, reason=HASH), to(CLINIC))}
    assert division.not_admitted(DispatchReport, **citizen) == [("addressee_natural_person", "17")]
    assert division.not_admitted(DispatchReport, addressees=(to(COURT, Ground.OTHER, reason=HASH),)) == []


def test_whoever_acts_for_another_names_an_act_of_a_day_that_came(division: Story) -> None:
    acting = Authority(organisation="td-sary", act="—", dated=division.today + timedelta(days=1))
    by = ANALYST.model_copy(update={"on_behalf": acting})
    refused = division.not_admitted(DispatchReport, by, addressees=(to(CLINIC),))
    assert refused == [("document_unnamed", ""), ("act_in_future", "")]


def test_rule_21_minutes_have_a_number_and_an_override_a_named_authority(division: Story) -> None:
    minutes = {"item": "k1", "considered_on": division.today, "outcome": CouncilOutcome.NOTED}
    assert division.not_admitted(RecordConsideration, minutes_number="-", **minutes) == [
        ("document_unnamed", "21")
    ]
    extending = {"deadline": "reply:clinic", "until": division.today, "reason": HASH}
    authority = Authority(organisation="uo", act="-", dated=division.today)
    refused = division.not_admitted(ExtendDeadline, override=True, authority=authority, **extending)
    assert refused == [("document_unnamed", "")]

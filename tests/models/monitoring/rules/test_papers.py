"""A paper that the conductor records for a body answers what was sent to that body: so it is not older."""

from datetime import date, timedelta

import pytest

from models.commands import (
    AcknowledgeReport,
    AmendReply,
    AnswerInformationRequest,
    AnswerReport,
    AskMoreTime,
    BeginCorrection,
    ExtendReplyTerm,
    ReportImplementation,
    RequestInformation,
)
from models.commands.command import Command
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.procedure import Role
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import ANALYST, CLINIC, HASH, HEAD

OLDER = ("paper_before_asked", "")
SAID: dict[type[Command], dict[str, object]] = {
    AcknowledgeReport: {},
    AnswerReport: {"answers": (), "reply": HASH},
    AmendReply: {"answers": (), "reply": HASH},
    AskMoreTime: {"until": date(2026, 10, 1), "reason": HASH},
    ExtendReplyTerm: {"until": date(2026, 10, 1), "reason": HASH},
    ReportImplementation: {"items": (), "words": HASH},
}


def recording(dated: date, by: Actor = ANALYST) -> Actor:
    """Whoever records the clinic's paper of a day."""
    paper = Authority(organisation=CLINIC.organisation, act="№ 1-хат", dated=dated)
    return by.model_copy(update={"on_behalf": paper})


@pytest.mark.parametrize("command", SAID, ids=lambda command: command.__name__)
def test_rule_17_an_addressee_s_paper_is_not_older_than_what_was_sent_to_it(command: type[Command]) -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    said = {"addressee": CLINIC.organisation, **SAID[command]}
    sent = story.today
    story.days_pass(3)
    for dated in (date(2020, 1, 1), sent - timedelta(days=1)):
        assert story.not_admitted(command, recording(dated), **said) == [OLDER], dated
    for dated in (sent, story.today):
        assert story.not_admitted(command, recording(dated), **said) == [], dated


def test_an_addressee_s_own_people_act_by_whatever_older_act_they_may() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    own = Actor(role=Role.HEAD, account="chief", organisation=CLINIC.organisation)
    said = {"addressee": CLINIC.organisation, **SAID[AcknowledgeReport]}
    assert story.not_admitted(AcknowledgeReport, recording(date(2020, 1, 1), own), **said) == []


def test_a12_a_paper_may_answer_the_report_before_its_correction() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    sent = story.today
    story.days_pass(5)
    story.does(BeginCorrection, HEAD, reason=HASH)
    story.submits_report().approves_report()
    assert story.state.addressees[CLINIC.organisation].dispatched_on > sent
    said = {"addressee": CLINIC.organisation, **SAID[AnswerReport]}
    assert story.not_admitted(AnswerReport, recording(sent), **said) == []
    assert story.not_admitted(AnswerReport, recording(sent - timedelta(days=1)), **said) == [OLDER]


def test_rule_07_a_holder_s_paper_is_not_older_than_the_request() -> None:
    story = Story().starts().begins_collection()
    story.does(RequestInformation, request="q1", holder="clinic", source_kind=1, question=HASH)
    said = {"request": "q1", "outcome": "declined", "answer": HASH}
    early = recording(story.today - timedelta(days=1))
    assert story.not_admitted(AnswerInformationRequest, early, **said) == [OLDER]
    assert story.not_admitted(AnswerInformationRequest, recording(story.today), **said) == []


def test_rule_05_a_special_state_body_is_asked_for_nothing() -> None:
    story = Story().starts().begins_collection()
    asked = {"request": "q1", "holder": "guard", "source_kind": 1, "question": HASH}
    refused = story.not_admitted(RequestInformation, special_now=True, **asked)
    assert refused == [("holder_special_state_body", "5")]
    assert story.not_admitted(RequestInformation, **asked) == []

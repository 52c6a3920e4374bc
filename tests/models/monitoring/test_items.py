"""Where an item stands in the report, and by which day it is to be carried out."""

from datetime import date

import pytest

from models.commands import AnswerReport, BeginCorrection, ItemAnswer
from models.events import ReportApproved
from models.monitoring.fold.registry import folds
from models.monitoring.items import day_of, position_of
from models.monitoring.rules.registry import decides
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Response
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import CLINIC, HASH

PLANNED = date(2026, 12, 1)


@pytest.mark.parametrize("followed", [True, False])
def test_an_item_is_to_be_done_by_the_day_its_addressee_planned(followed: bool) -> None:
    story = Story(with_switches(follow_up_of_recommendations=followed)).starts().has_approved_report()
    story.is_dispatched()
    assert day_of(story.state, story.state.items["p1"]) is None
    answers = (
        ItemAnswer(item="p1", response=Response.ACCEPTED, planned_on=PLANNED),
        ItemAnswer(item="r1", response=Response.DECLINED, reasoned=True),
    )
    by = story.holder(LetterKind.REPORT_FOR_CONSIDERATION)
    story.does(AnswerReport, by, addressee=CLINIC.organisation, answers=answers, reply=HASH)
    assert day_of(story.state, story.state.items["p1"]) == PLANNED
    assert day_of(story.state, story.state.items["r1"]) is None


def test_proposals_and_recommendations_are_counted_apart() -> None:
    state = Story().starts().has_approved_report().state
    assert [position_of(state, item) for item in ("p1", "r1")] == [1, 1]


def test_a_command_is_decided_once_and_an_event_folded_once() -> None:
    with pytest.raises(TypeError, match="BeginCorrection is decided twice"):
        decides(BeginCorrection)(lambda state, command, today: ())
    with pytest.raises(TypeError, match="ReportApproved has two folds"):
        folds(ReportApproved)(lambda state, entry, event: state)

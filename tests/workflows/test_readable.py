"""What somebody sees who opens a workflow in the Temporal UI: the procedure, and nobody's name."""

from models.commands import AnswerReport, CloseMonitoring, ItemAnswer
from models.events import Briefing, ConsolidationBriefing
from models.proof.summaries import summary_of_consolidation, summary_of_duty, summary_of_monitoring
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Kind, Response
from tests.models.calendar.calendars import kz
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import AB, CLINIC, DIVISION, FIRST_DAY, HASH, start_command
from workflows.progress import checklist


def test_a_monitoring_says_who_monitors_what_under_which_edition() -> None:
    summary = summary_of_monitoring(start_command(), ORDER_192, kz())
    assert summary.line == f"2026-TD-0001 · thematic monitoring by {DIVISION.organisation}"
    for word in ("rule 11", CLINIC.organisation, "192-2023", kz().edition):
        assert word in summary.details


def test_a_duty_and_a_consolidation_say_what_is_owed_and_how_often() -> None:
    briefing = Briefing(
        body=DIVISION, exists_from=FIRST_DAY, authorized_body=AB.organisation, edition=ORDER_192
    )
    yearly = summary_of_duty("13.1-SARY", Kind.COMPREHENSIVE, briefing)
    assert "at least once a year (rule 13.1)" in yearly.details
    assert "never" not in yearly.details
    received = summary_of_consolidation(
        "18-UO", ConsolidationBriefing(authorized_body=AB.organisation, edition=ORDER_192)
    )
    assert "in rounds of 3 months (A4)" in received.details


def test_the_checklist_says_what_is_done_what_is_awaited_and_what_became_of_items() -> None:
    story = Story().starts()
    assert "→ information collected" not in checklist(story.state)
    story.begins_collection()
    assert "→ information collected" in checklist(story.state)
    story = Story().starts().has_approved_report().is_dispatched()
    answers = tuple(
        ItemAnswer(item=item, response=Response.ACCEPTED, planned_on=story.today.replace(month=12))
        for item in ("p1", "r1")
    )
    story.does(AnswerReport, addressee=CLINIC.organisation, answers=answers, reply=HASH)
    story.does(CloseMonitoring)
    shown = checklist(story.state)
    assert "✓ closed" in shown
    assert "items of the decision: awaited 2" in shown
    assert "awaited: implementation:p1 by 2026-12-31" in shown

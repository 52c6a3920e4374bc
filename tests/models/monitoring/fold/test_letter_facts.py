"""What a letter carries besides its text: the deadline it tells of, its version, the purpose of its link."""

from datetime import date

from models.commands import BeginCorrection, RequestInformation
from models.letters.letter import Letter
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import Kind
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import AB, CLINIC, HASH, SCHOOL, TO_AB, to

ASKED: dict[str, object] = {"request": "q1", "holder": "stat", "source_kind": 1, "question": HASH}


def facts_of(letter: Letter) -> tuple[str | None, int | None, Purpose | None]:
    return letter.deadline, letter.version, letter.purpose


def test_a_report_s_letter_tells_the_reply_date_only_where_one_was_asked_for() -> None:
    story = Story().starts().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=date(2026, 9, 21)), TO_AB)
    clinic, body = story.letters()[-2:]
    assert facts_of(clinic) == ("reply:clinic", 1, Purpose.ANSWER_REPORT)
    assert facts_of(body) == (None, 1, Purpose.ANSWER_REPORT)


def test_a_reminder_opens_what_the_letter_it_reminds_of_opens() -> None:
    story = Story().starts().creates_working_group().begins_collection()
    story.does(RequestInformation, **ASKED)
    story.rung_is_reached("invitation:m-expert", RungName.REMINDER)
    story.rung_is_reached("information_request:q1", RungName.REMINDER)
    for kind, reminder in (
        (LetterKind.INVITATION, LetterKind.INVITATION_REMINDER),
        (LetterKind.INFORMATION_REQUEST, LetterKind.INFORMATION_REMINDER),
    ):
        assert facts_of(story.letter(reminder)) == facts_of(story.letter(kind))
        assert story.letter(reminder).subject == story.letter(kind).subject


def test_rules_15_and_19_who_approves_and_who_publishes_is_told_the_version() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    for kind in (LetterKind.APPROVAL_REQUEST, LetterKind.PUBLICATION_REQUEST):
        assert [letter.version for letter in story.letters(kind)] == [1, 2]


def test_each_body_that_is_silent_is_written_to() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    story.dispatches(*(to(body, reply_by=date(2026, 9, 21)) for body in (CLINIC, SCHOOL)))
    for body in (CLINIC, SCHOOL):
        story.rung_is_reached(f"reply:{body.organisation}", RungName.EXPIRED)
    assert [letter.recipient for letter in story.letters(LetterKind.REPLY_OVERDUE)] == ["clinic", "school"]

"""The timeline: to which stage a line belongs, what followed from what, what a tampered journal tells."""

from models.agenda.deadline import ReplyPreset
from models.commands import (
    AcknowledgeReport,
    AnswerInvitation,
    AskMoreTime,
    BeginCorrection,
    ExtendDeadline,
    ResendLetter,
    SubmitToCouncil,
)
from models.events import Entry, LetterUndelivered, ReportApproved
from models.timeline.lines import Line, Timeline, timeline
from models.timeline.pins import PinKind, TextKind
from models.timeline.sayings import Mention
from models.vocabulary.actors import Actor
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Role, Stage
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, Story
from tests.models.monitoring.rules.parts import CLINIC, HASH, TO_AB, to


def read(story: Story) -> Timeline:
    return timeline(story.entries)


def lines_of(story: Story, event: str) -> list[Line]:
    return [line for line in read(story).lines if line.type == event]


def line_of(story: Story, event: str) -> Line:
    """The only line of a type."""
    (line,) = lines_of(story, event)
    return line


def stages(story: Story) -> list[Stage | None]:
    """The stages in the order in which they are come through."""
    return list(dict.fromkeys(line.stage for line in read(story).lines))


def test_lines_belong_to_the_stage_they_lead_to_and_what_completes_one_belongs_to_it() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    assert stages(story) == [
        Stage.PLANNED,
        Stage.COLLECTING,
        Stage.ANALYSING,
        Stage.DRAFTING,
        Stage.APPROVED,
        Stage.DISPATCHED,
    ]
    assert line_of(story, "collection_begun").stage is Stage.COLLECTING
    assert line_of(story, "collection_completed").stage is Stage.COLLECTING
    assert line_of(story, "analysis_completed").stage is Stage.ANALYSING
    assert line_of(story, "report_approved").stage is Stage.APPROVED
    assert read(story).broken_at is None


def test_a_letter_follows_the_line_that_caused_it_and_is_shown_there_too() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    dispatched = line_of(story, "report_dispatched")
    sent = [line for line in lines_of(story, "letter_sent") if line.follows == dispatched.seq]
    assert [line.depth for line in sent] == [1, 1]
    assert [letter.kind for letter in dispatched.letters] == [
        LetterKind.REPORT_FOR_CONSIDERATION,
        LetterKind.REPORT_FOR_CONSOLIDATION,
    ]
    assert sent[0].rules == dispatched.rules == ("17", "20", "A7")


def test_a_second_sending_follows_the_order_which_follows_the_failure() -> None:
    story = Story().starts().has_approved_report().dispatches(to(CLINIC), TO_AB)
    letter = story.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    story.happens(LetterUndelivered(letter=letter.id, attempt=1, code="550"))
    story.does(ResendLetter, letter=letter.id)
    story.post_takes_letters()
    failed, again = line_of(story, "letter_undelivered"), line_of(story, "letter_resent")
    sent = next(line for line in lines_of(story, "letter_sent") if line.follows == again.seq)
    assert failed.follows == line_of(story, "report_dispatched").seq
    assert again.follows == failed.seq
    assert (failed.depth, again.depth, sent.depth) == (1, 2, 2)


def test_the_printed_form_the_approval_and_the_dispatch_follow_each_other_at_the_margin() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    submitted, approved = line_of(story, "report_submitted"), line_of(story, "report_approved")
    assert line_of(story, "report_rendered").follows == submitted.seq
    assert approved.follows == submitted.seq
    assert line_of(story, "report_dispatched").follows == approved.seq
    assert [line.depth for line in (submitted, approved, line_of(story, "report_dispatched"))] == [0, 0, 0]
    assert line_of(story, "report_rendered").depth == 1


def test_an_answer_follows_the_invitation_and_a_reminder_the_line_that_opened_the_deadline() -> None:
    story = Story().starts().creates_working_group()
    public, expert = lines_of(story, "member_invited")
    deadline = next(d for d in story.state.deadlines.values() if d.subject == "m-expert")
    story.rung_is_reached(deadline.id, RungName.REMINDER)
    story.does(AnswerInvitation, member="m-public", consents=True)
    assert line_of(story, "rung_reached").follows == expert.seq
    assert line_of(story, "invitation_answered").follows == public.seq


def test_an_extension_follows_what_was_asked() -> None:
    story = (
        Story(BEFORE_RECEIPTS)
        .starts()
        .has_approved_report()
        .dispatches(to(CLINIC, preset=ReplyPreset.APPC_76), TO_AB)
    )
    story.post_takes_letters()
    (deadline,) = (d for d in story.state.deadlines.values() if d.subject == CLINIC.organisation)
    until = story.calendar.add_working_days(deadline.due_on, 3)
    story.does(AskMoreTime, holder(story), addressee=CLINIC.organisation, until=until, reason=HASH)
    story.does(ExtendDeadline, deadline=deadline.id, until=until, reason=HASH)
    asked, extended = line_of(story, "more_time_asked"), line_of(story, "deadline_extended")
    assert asked.follows == line_of(story, "report_dispatched").seq
    assert extended.follows == asked.seq
    assert [letter.kind for letter in extended.letters] == [LetterKind.DEADLINE_EXTENDED]


def test_a_correction_leads_to_a_new_version() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    clinic = CLINIC.organisation
    story.does(AcknowledgeReport, holder(story), addressee=clinic)
    story.does(BeginCorrection, reason=HASH)
    story.submits_report()
    begun = line_of(story, "correction_begun")
    assert lines_of(story, "report_submitted")[-1].follows == begun.seq
    assert line_of(story, "report_acknowledged").follows == line_of(story, "report_dispatched").seq
    assert begun.texts[0].kind is TextKind.REASON


def holder(story: Story) -> Actor:
    return story.holder(LetterKind.REPORT_FOR_CONSIDERATION)


def test_names_are_mentions_until_somebody_reads() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    story.does(SubmitToCouncil, item="k1", council="council-1")
    told = read(story).told(line_of(story, "submitted_to_council"))
    assert told["council"] == Mention(registry=RecipientKind.COUNCIL, id="council-1")
    sent = read(story).told(lines_of(story, "letter_sent")[-1])
    assert sent["recipient"] == Mention(registry=RecipientKind.ORGANISATION, id=TO_AB.body.organisation)
    started = read(story).told(line_of(story, "monitoring_started"))
    assert started["objects"] == (Mention(registry=RecipientKind.ORGANISATION, id=CLINIC.organisation),)


def test_what_was_pinned_is_shown_by_its_hash() -> None:
    story = Story().starts().has_approved_report()
    (content,) = line_of(story, "report_submitted").pins
    (document,) = line_of(story, "report_rendered").pins
    assert (content.kind, document.kind) == (PinKind.CONTENT, PinKind.DOCUMENT)
    assert document.rendition == "filed"


def test_a_tampered_journal_is_read_as_far_as_it_goes() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    without = [entry for entry in story.entries if entry.event.type != "report_submitted"]
    whole = timeline(without)
    gap = line_of(story, "report_submitted").seq
    assert whole.broken_at == gap + 1
    assert len(whole.lines) == len(without), "every line is still shown"
    assert {line.stage for line in whole.lines if line.seq > gap} == {None}


def test_a_line_that_refers_to_what_never_was_breaks_no_reading() -> None:
    story = Story().starts()
    made_up = Entry(
        seq=2,
        at=story.now,
        actor=Actor(role=Role.SYSTEM),
        event=ReportApproved(version=9, approved_on=story.today),
    )
    whole = timeline([*story.entries, made_up])
    assert whole.broken_at == 2
    assert whole.lines[1].follows is None


def test_an_empty_journal_has_no_lines() -> None:
    assert timeline([]) == Timeline(lines=(), state=None)

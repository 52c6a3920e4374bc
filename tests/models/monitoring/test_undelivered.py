"""What a journal makes of a letter that could not be delivered: a letter and an open item, and no circle."""

import pytest

from models.commands import CancelMonitoring, RecordHandDelivery, RequestInformation
from models.events import LetterSent, LetterUndelivered
from models.monitoring.open_work import OpenKind, open_items
from models.vocabulary.letters import LetterKind, LetterStatus, RecipientKind
from models.vocabulary.procedure import Stage
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import CLINIC, HASH, TO_AB, to

TOLD = LetterKind.LETTER_NOT_DELIVERED


def fails(story: Story, letter: str, *, told: bool = True, attempt: int = 1) -> None:
    story.happens(LetterUndelivered(letter=letter, attempt=attempt, code="550", told=told))


def open_letters(story: Story) -> dict[str | None, str]:
    items = open_items(story.state)
    return {item.subject: item.reason for item in items if item.kind is OpenKind.LETTER_UNDELIVERABLE}


def at_stages() -> dict[Stage, Story]:
    """A letter due at each stage."""
    planned, collecting, drafting = Story().starts(), Story().starts(), Story().starts()
    planned.creates_working_group()
    asked = {"request": "q1", "holder": "stat", "source_kind": 1, "question": HASH}
    collecting.creates_working_group().begins_collection().does(RequestInformation, **asked)
    drafting.conducts().submits_report()
    approved = Story().starts().has_approved_report().dispatches(to(CLINIC), TO_AB)
    cancelled = Story().starts().creates_working_group()
    cancelled.post_takes_letters()
    cancelled.does(CancelMonitoring, reason=HASH)
    stories = (planned, collecting, drafting, approved, cancelled)
    return {story.state.stage: story for story in stories}


@pytest.mark.parametrize("stage", at_stages())
def test_it_is_open_at_every_stage_with_its_reason(stage: Stage) -> None:
    story = at_stages()[stage]
    letter = [x for x in story.letters() if x.kind is not TOLD][-1]
    story.happens(LetterUndelivered(letter=letter.id, attempt=letter.attempt, code="no_address", told=True))
    assert open_letters(story) == {letter.id: "no_address"}
    [told] = story.letters(TOLD)
    assert (told.subject, told.recipient_kind, told.purpose) == (letter.id, RecipientKind.ACCOUNT, None)
    assert told.recipient == story.state.started_by.account


def test_journals_from_before_get_no_letter_when_they_are_folded_anew() -> None:
    story = Story().starts().creates_working_group()
    letter = story.letters()[0].id
    fails(story, letter, told=False)
    assert story.letters(TOLD) == []
    assert open_letters(story) == {letter: "550"}


def test_that_it_could_not_be_told_is_open_and_told_to_nobody() -> None:
    story = Story().starts().creates_working_group()
    fails(story, story.letters()[0].id)
    [told] = story.letters(TOLD)
    fails(story, told.id)
    assert story.letters(TOLD)[0].status is LetterStatus.UNDELIVERABLE
    assert len(story.letters(TOLD)) == 1
    assert told.id in open_letters(story)


def test_what_is_no_news_is_not_told() -> None:
    story = Story().starts().creates_working_group()
    letter = story.letters()[0].id
    story.happens(LetterSent(letter=letter, attempt=1))
    fails(story, letter)
    fails(story, letter, attempt=2)
    assert story.letters(TOLD) == []


def test_what_was_seen_to_meanwhile_need_not_be_told() -> None:
    story = Story().starts().creates_working_group()
    one, other = (letter.id for letter in story.letters())
    fails(story, one)
    fails(story, other)
    story.happens(LetterSent(letter=story.letters(TOLD)[1].id, attempt=1))
    for letter in (one, other):
        story.does(RecordHandDelivery, letter=letter, delivered_on=story.today, note=HASH)
    assert [x.status for x in story.letters(TOLD)] == [LetterStatus.WITHDRAWN, LetterStatus.SENT]
    assert open_letters(story) == {}

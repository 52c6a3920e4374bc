"""A letter is handed on to a colleague: whole, once by each who holds it, and it stays answered once."""

from datetime import timedelta

import pytest

from models.commands import AmendReply, AnswerReport, CancelMonitoring, HandOnLetter, ItemAnswer
from models.events import LetterSent, LetterUndelivered
from models.letters.letter import Letter
from models.monitoring.open_work import OpenKind, open_items
from models.monitoring.rules.handing_on import MOST
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Response, Role
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import ANALYST, CLINIC, HASH, HEAD, TO_AB, to

REPORT = LetterKind.REPORT_FOR_CONSIDERATION
CLERK = Actor(role=Role.ANALYST, account="clerk", organisation=CLINIC.organisation)


def sent() -> Story:
    story = Story().starts().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=story.today + timedelta(days=60)), TO_AB)
    story.post_takes_letters()
    return story


def reports(story: Story) -> list[Letter]:
    return [each for each in story.letters(REPORT) if each.subject == CLINIC.organisation]


def holder(letter: Letter) -> Actor:
    return Actor(role=Role.ADDRESSEE, letter=letter.id, organisation=letter.recipient)


def hands_on(story: Story, letter: Letter, **more: bool) -> Letter:
    story.does(HandOnLetter, holder(letter), letter=letter.id, colleague=HASH, **more)
    return reports(story)[-1]


def refused(story: Story, actor: Actor, letter: Letter) -> str:
    code, _ = story.refused(HandOnLetter, actor, letter=letter.id, colleague=HASH)
    return code


def test_the_letter_goes_whole_to_the_colleague_and_whoever_had_it_is_told() -> None:
    story = sent()
    (first,) = reports(story)
    copy = hands_on(story, first)
    same = {"kind", "recipient", "subject", "purpose", "deadline", "version"}
    assert copy.model_dump(include=same) == first.model_dump(include=same)
    assert (copy.copy_of, copy.colleague, copy.status) == (first.id, HASH, LetterStatus.DUE)
    told = story.letter(LetterKind.LETTER_HANDED_ON)
    assert (told.recipient, told.colleague, told.purpose) == (CLINIC.organisation, None, None)
    further = hands_on(story, copy)
    assert further.copy_of == first.id, "its words are those of the first"
    assert story.letter(LetterKind.LETTER_HANDED_ON).colleague == HASH, "it is told where it went before"


def test_each_hands_it_on_once_unless_it_could_not_be_delivered() -> None:
    story = sent()
    (first,) = reports(story)
    copy = hands_on(story, first)
    assert refused(story, holder(first), first) == "letter_handed_on_already"
    story.happens(LetterUndelivered(letter=copy.id, attempt=1, code="550", told=True))
    undeliverable = [item for item in open_items(story.state) if item.kind is OpenKind.LETTER_UNDELIVERABLE]
    assert undeliverable == [], "whoever handed it on has it still"
    hands_on(story, first)
    assert story.letters(LetterKind.LETTER_NOT_DELIVERED), "whoever coordinates hears of it all the same"


def test_it_does_not_go_from_hand_to_hand_without_end() -> None:
    story = sent()
    (letter,) = reports(story)
    for _ in range(MOST):
        letter = hands_on(story, letter)
    assert refused(story, holder(letter), letter) == "letter_handed_on_too_often"


def test_the_colleague_answers_by_its_own_link_and_the_first_answer_counts() -> None:
    story = sent()
    (first,) = reports(story)
    copy = hands_on(story, first)
    story.happens(LetterSent(letter=copy.id, attempt=1))
    items = [item.id for item in story.state.items.values() if item.addressee == CLINIC.organisation]
    answers = tuple(ItemAnswer(item=each, response=Response.ACCEPTED) for each in items)
    body = CLINIC.organisation
    story.does(AnswerReport, holder(copy), addressee=body, answers=answers, reply=HASH)
    code, _ = story.refused(AnswerReport, holder(first), addressee=body, answers=answers, reply=HASH)
    assert code == "answered_already"


@pytest.mark.parametrize("confirms", [True, False])
def test_whoever_answered_gets_the_confirmation_beside_the_body_with_a_link_of_its_own(
    confirms: bool,
) -> None:
    """Where a letter was handed on before that was said, it is the body alone as it was."""
    story = sent()
    (first,) = reports(story)
    copy = hands_on(story, first, confirms=confirms)
    story.happens(LetterSent(letter=copy.id, attempt=1))
    body = CLINIC.organisation
    items = [item.id for item in story.state.items.values() if item.addressee == body]
    declined = tuple(ItemAnswer(item=each, response=Response.DECLINED, reasoned=True) for each in items)
    accepted = tuple(
        ItemAnswer(item=each, response=Response.ACCEPTED, planned_on=story.today + timedelta(days=90))
        for each in items
    )
    both = [None, HASH] if confirms else [None]
    story.does(AnswerReport, holder(copy), addressee=body, answers=declined, reply=HASH)
    assert [each.colleague for each in story.letters(LetterKind.ANSWER_CONFIRMATION)] == both
    story.does(AmendReply, holder(copy), addressee=body, answers=accepted, reply=HASH)
    asked = story.letters(LetterKind.IMPLEMENTATION_AWAITED)
    assert [each.colleague for each in asked] == both
    assert len({each.id for each in asked}) == len(both)
    story.does(AmendReply, holder(first), addressee=body, answers=declined, reply=HASH)
    confirmed = story.letters(LetterKind.ANSWER_CONFIRMATION)
    assert [each.colleague for each in confirmed] == [*both, None], "the body's own word is the body's"


def test_a_link_hands_on_its_own_letter_and_an_account_those_of_its_own_body() -> None:
    story = sent()
    (first,) = reports(story)
    other = story.letter(LetterKind.REPORT_FOR_CONSOLIDATION)
    for actor in (holder(other), ANALYST, HEAD):
        assert refused(story, actor, first) == "link_not_for_this", actor
    story.does(HandOnLetter, CLERK, letter=first.id, colleague=HASH)
    assert reports(story)[-1].copy_of == first.id


def test_an_invitation_is_its_reader_s_own() -> None:
    """Rule 12 rests on the consent of the one who was asked."""
    story = Story().starts().creates_working_group()
    invitation = story.letter(LetterKind.INVITATION)
    member = Actor(role=Role.MEMBER, letter=invitation.id)
    assert refused(story, member, invitation) == "link_not_for_this"
    assert refused(story, CLERK, invitation) == "letter_of_its_reader_only"


def test_of_a_cancelled_monitoring_nothing_is_handed_on() -> None:
    story = Story().starts()
    story.does(CancelMonitoring, reason=HASH)
    code, _ = story.refused(HandOnLetter, CLERK, letter="L1-0", colleague=HASH)
    assert code == "monitoring_ended"

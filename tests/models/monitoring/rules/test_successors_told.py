"""Whoever came after a body is written to of what is its own now, once, by the link of the matter (0017)."""

from models.commands import RequestInformation
from models.events import BodySucceeded
from models.monitoring.briefing import briefing_of
from models.monitoring.rules.succession import brief_monitoring
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Id
from models.vocabulary.succession import Succession
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import AB_ID, CLINIC, HASH, MINISTRY, NGO, SCHOOL, TO_AB, to
from tests.models.monitoring.rules.succeeding import BY_ACCOUNT, answers, dispatched, hears
from tests.models.monitoring.rules.test_joint_conduct import confirms, joint

Told = tuple[Id, Id, Purpose | None]


def told(story: Story) -> list[Told]:
    """To whom, about what, for what its link is."""
    letters = story.letters(LetterKind.SUCCESSION_TOLD)
    return [(letter.recipient, letter.subject, letter.purpose) for letter in letters]


def test_whoever_came_after_an_addressee_is_told_with_the_link_and_the_date_of_the_matter() -> None:
    story = dispatched()
    hears(story, ("clinic", "hospital"))
    assert told(story) == [("hospital", "clinic", Purpose.ANSWER_REPORT)]
    letter = story.letter(LetterKind.SUCCESSION_TOLD)
    assert (letter.deadline, letter.version) == ("reply:clinic", 1)
    answers(story, story.holder(LetterKind.SUCCESSION_TOLD))


def test_what_was_accepted_is_told_with_the_link_to_report_by() -> None:
    story = dispatched()
    hears(story, ("clinic", "clinic-2"))
    answers(story, story.holder(LetterKind.SUCCESSION_TOLD))
    hears(story, ("clinic", "hospital"))
    assert told(story)[-1] == ("hospital", "clinic", Purpose.REPORT_IMPLEMENTATION)


def test_two_that_merge_leave_a_letter_for_each_link() -> None:
    story = Story().starts(spheres=("health",), objects=(CLINIC, SCHOOL)).has_approved_report()
    story.dispatches(to(CLINIC), to(SCHOOL), TO_AB)
    hears(story, ("clinic", "hospital"), ("school", "hospital"))
    assert [(recipient, subject) for recipient, subject, _ in told(story)] == [
        ("hospital", "clinic"),
        ("hospital", "school"),
    ]


def test_where_a_successor_passes_on_at_once_only_the_last_one_is_told() -> None:
    story = dispatched()
    hears(story, ("clinic", "clinic-2"), ("clinic-2", "hospital"))
    assert [(recipient, subject) for recipient, subject, _ in told(story)] == [("hospital", "clinic")]


def test_where_a_successor_passes_on_later_the_next_one_is_told_of_the_first_one_s_matter() -> None:
    story = dispatched()
    hears(story, ("clinic", "clinic-2"))
    hears(story, ("clinic", "clinic-2"), ("clinic-2", "hospital"))
    assert [(recipient, subject) for recipient, subject, _ in told(story)] == [
        ("clinic-2", "clinic"),
        ("hospital", "clinic"),
    ]


def test_a_later_act_that_names_the_same_successor_is_told_to_nobody() -> None:
    story = dispatched()
    hears(story, ("clinic", "hospital"))
    again = Succession(body="clinic", successor="hospital", since=story.today, reason="e" * 64)
    news = briefing_of(story.state, AB_ID, {"clinic": again})
    assert news is not None
    story.happens(*brief_monitoring(story.state, news, story.today, lambda: True))
    assert len(told(story)) == 1


def test_whoever_is_asked_for_information_now_is_told_until_the_approval() -> None:
    story = Story().starts().conducts()
    story.does(RequestInformation, request="q1", holder="stat", source_kind=1, question=HASH)
    hears(story, ("stat", "stat-2"))
    assert told(story) == [("stat-2", "q1", Purpose.ANSWER_INFORMATION_REQUEST)]
    story.submits_report().approves_report()
    hears(story, ("stat", "stat-3"))
    assert len(told(story)) == 1, "nothing is asked of it any more"


def test_rule_2_whoever_came_after_a_body_that_was_named_is_told_and_may_confirm() -> None:
    story = joint(NGO, MINISTRY)
    hears(story, ("ministry", "ministry-2"))
    assert told(story) == [("ministry-2", "ministry", Purpose.CONFIRM_CONDUCT)]
    confirms(story, MINISTRY, story.holder(LetterKind.SUCCESSION_TOLD))


def test_whoever_leads_now_is_told_and_needs_no_link() -> None:
    story = Story().starts()
    hears(story, ("td-sary", "td-koko"))
    assert told(story) == [("td-koko", "td-sary", None)]
    assert story.letter(LetterKind.SUCCESSION_TOLD).recipient_kind is RecipientKind.HEAD


def test_where_nothing_passed_on_or_nobody_came_after_nobody_is_told_and_no_mark_is_left() -> None:
    story = dispatched()
    answers(story, BY_ACCOUNT.model_copy(update={"organisation": "clinic"}))
    passed = {
        AB_ID: Succession(body=AB_ID, successor="uo-2", since=story.today),
        "clinic": Succession(body="clinic", successor=None, since=story.today),
    }
    news = briefing_of(story.state, AB_ID, passed)
    assert news is not None

    def is_asked() -> bool:
        raise AssertionError("what was sent to the office is in the office, whoever holds it")

    events = brief_monitoring(story.state, news, story.today, is_asked)
    assert [event.told for event in events if isinstance(event, BodySucceeded)] == [None, None]


def test_a_monitoring_that_goes_the_old_way_tells_nobody() -> None:
    story = dispatched()
    known = {"clinic": Succession(body="clinic", successor="hospital", since=story.today)}
    news = briefing_of(story.state, AB_ID, known)
    assert news is not None
    story.happens(*brief_monitoring(story.state, news, story.today, lambda: False))
    assert told(story) == []
    assert story.state.stands_for("clinic") == "hospital"

"""Whoever coordinates is told what others did: once a working day, at once where a deadline is near."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import (
    AddExcerpt,
    AmendReply,
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    AskMoreTime,
    CancelMonitoring,
    ConfirmConduct,
    ItemAnswer,
    RecordConsideration,
    ReportImplementation,
    RequestInformation,
    ReturnReport,
    SubmitToCouncil,
    WithdrawMember,
)
from models.events import NewsGathered
from models.monitoring.news import NEWS_TYPES, news_due, news_due_at
from models.monitoring.time import next_moment, what_time_brings
from models.vocabulary.actors import Actor
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import CouncilOutcome, Id, InformationOutcome, Response, Role, Verdict
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    ANALYST,
    CLINIC,
    DIVISION,
    FIRST_DAY,
    HASH,
    HEAD,
    MINISTRY,
    TO_AB,
    to,
)

TOLD = LetterKind.NEWS_GATHERED
FRIDAY, MONDAY = date(2026, 7, 10), date(2026, 7, 13)
REPLY = deadline_id(DeadlineSubject.REPLY, CLINIC.organisation)


def begun() -> Story:
    return Story(FOUNDED_WITH).starts()


def awaiting_replies() -> Story:
    """The report went out with a day to answer it by."""
    story = begun().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=story.today + timedelta(days=60)), TO_AB)
    story.post_takes_letters()
    return story


def types(story: Story) -> list[str]:
    return [news.type for news in story.state.news]


def time_comes(story: Story) -> None:
    """To the opening at which the news is due, and what it brings."""
    due_at = news_due_at(story.state)
    assert due_at is not None
    story.today = story.calendar.local_date(due_at)
    story.happens(*what_time_brings(story.state, due_at, tells_lapses=lambda _: True))


def by(letter: LetterKind, story: Story) -> Actor:
    return story.holder(letter)


def invited(story: Story, member: Id = "m-public") -> Actor:
    """Whoever opens the link of the invitation of a member."""
    letter = next(x for x in story.letters(LetterKind.INVITATION) if x.subject == member)
    return Actor(role=Role.ADDRESSEE, letter=letter.id)


def asks_for_information(story: Story) -> None:
    story.does(RequestInformation, request="q1", holder="stat", source_kind=1, question=HASH)


def answers_for_information(story: Story, actor: Actor) -> None:
    story.does(
        AnswerInformationRequest, actor, request="q1", outcome=InformationOutcome.DECLINED, answer=HASH
    )


def test_a_return_is_news_of_the_version() -> None:
    story = begun().conducts().submits_report()
    story.does(ReturnReport, HEAD, version=1, reason=HASH)
    (news,) = story.state.news
    assert (news.type, news.version, news.who) == ("report_returned", 1, None)


def test_a_return_of_which_a_letter_tells_at_once_is_no_news_of_the_day() -> None:
    story = begun().conducts().submits_report()
    story.does(ReturnReport, HEAD, version=1, reason=HASH, tells_coordinator=True)
    assert story.state.news == ()


def test_members_news_names_the_person() -> None:
    story = begun().creates_working_group()
    story.does(AnswerInvitation, invited(story, "m-expert"), member="m-expert", consents=True)
    story.does(WithdrawMember, HEAD, member="m-expert", note=HASH)
    assert types(story) == ["invitation_answered", "member_withdrawn"]
    assert {(news.who, news.who_kind) for news in story.state.news} == {("p-expert", RecipientKind.PERSON)}


def test_an_answer_about_information_is_news_of_its_holder() -> None:
    story = begun().begins_collection()
    asks_for_information(story)
    answers_for_information(story, by(LetterKind.INFORMATION_REQUEST, story))
    assert [(news.type, news.who) for news in story.state.news] == [("information_request_answered", "stat")]


def test_a_reply_and_what_was_carried_out_are_news_of_the_addressee() -> None:
    story = awaiting_replies()
    accepted = ItemAnswer(item="p1", response=Response.ACCEPTED, planned_on=story.today + timedelta(60))
    others = [
        ItemAnswer(item=item.id, response=Response.ACCEPTED)
        for item in story.state.items.values()
        if item.addressee == CLINIC.organisation and item.id != "p1"
    ]
    answers = (accepted, *others)
    holder = by(LetterKind.REPORT_FOR_CONSIDERATION, story)
    story.does(AnswerReport, holder, addressee=CLINIC.organisation, answers=answers, reply=HASH)
    story.does(AmendReply, holder, addressee=CLINIC.organisation, answers=answers, reply="b" * 64)
    said = {"item": "p1", "claim": Verdict.IMPLEMENTED, "done_on": story.today}
    story.does(
        ReportImplementation,
        by(LetterKind.IMPLEMENTATION_AWAITED, story),
        addressee=CLINIC.organisation,
        items=(said,),
        words=HASH,
    )
    assert [(news.type, news.who) for news in story.state.news] == [
        ("report_answered", CLINIC.organisation),
        ("reply_amended", CLINIC.organisation),
        ("implementation_reported", CLINIC.organisation),
    ]


def test_a_council_s_word_is_news_of_the_council() -> None:
    story = awaiting_replies()
    story.does(SubmitToCouncil, item="c1", council="council")
    fields = {"considered_on": story.today, "minutes_number": "3", "outcome": CouncilOutcome.NOTED}
    story.does(RecordConsideration, by(LetterKind.COUNCIL_ITEM, story), item="c1", **fields)
    colleague = Actor(role=Role.ANALYST, account="colleague")
    story.does(AddExcerpt, colleague, item="c1", excerpt="e" * 64)
    assert types(story) == ["consideration_recorded", "excerpt_added"]
    assert {(news.who, news.who_kind) for news in story.state.news} == {("council", RecipientKind.COUNCIL)}


@pytest.mark.parametrize(("confirms", "news"), [(True, "conduct_confirmed"), (False, "conduct_declined")])
def test_a_co_conductor_s_word_is_news_of_that_body(confirms: bool, news: str) -> None:
    story = Story(FOUNDED_WITH).starts(conductors=(DIVISION, MINISTRY), co_conductors_confirm=True)
    head = Actor(role=Role.HEAD, account="h-ministry", organisation=MINISTRY.organisation)
    story.does(ConfirmConduct, head, organisation=MINISTRY.organisation, confirms=confirms)
    assert [(each.type, each.who) for each in story.state.news] == [(news, MINISTRY.organisation)]


def test_what_whoever_coordinates_did_himself_is_no_news_to_him() -> None:
    story = begun().begins_collection()
    asks_for_information(story)
    answers_for_information(story, ANALYST)
    assert story.state.news == ()


def test_a_colleague_s_act_is_news() -> None:
    story = begun().begins_collection()
    asks_for_information(story)
    answers_for_information(story, Actor(role=Role.ANALYST, account="colleague"))
    assert types(story) == ["information_request_answered"]


def test_news_of_a_day_is_one_letter_at_the_next_opening_of_hours() -> None:
    story = begun()
    assert story.today == FIRST_DAY
    story.creates_working_group()
    story.today = FRIDAY
    for member in ("m-public", "m-expert"):
        story.does(AnswerInvitation, invited(story, member), member=member, consents=True)
    due_at = news_due_at(story.state)
    assert due_at == story.calendar.opening(MONDAY)
    assert next_moment(story.state) == due_at
    assert news_due(story.state, due_at - timedelta(minutes=1)) == ()
    time_comes(story)
    (letter,) = story.letters(TOLD)
    assert (letter.recipient, letter.recipient_kind) == ("analyst", RecipientKind.ACCOUNT)
    event = story.entries[-1].event
    assert isinstance(event, NewsGathered)
    assert [news.who for news in event.news] == ["p-public", "p-expert"]
    assert story.state.news == ()
    assert news_due_at(story.state) is None


def test_news_of_the_night_waits_for_the_morning_only() -> None:
    story = begun().creates_working_group()
    story.does(AnswerInvitation, invited(story), member="m-public", consents=True)
    (news,) = story.state.news
    early = news.model_copy(update={"at": story.calendar.midnight(story.today)})
    night = story.state.model_copy(update={"news": (early,)})
    assert news_due_at(night) == story.calendar.opening(story.today)


@pytest.mark.parametrize(("days_left", "near"), [(10, False), (3, False), (2, True), (0, True)])
def test_a_request_for_more_time_is_told_at_once_where_the_deadline_is_near(
    days_left: int, near: bool
) -> None:
    story = awaiting_replies()
    due_on = story.state.deadlines[REPLY].due_on
    story.today = story.calendar.subtract_working_days(due_on, days_left)
    asker = by(LetterKind.REPORT_FOR_CONSIDERATION, story)
    until = due_on + timedelta(days=20)
    story.does(AskMoreTime, asker, addressee=CLINIC.organisation, until=until, reason=HASH)
    (news,) = story.state.news
    assert (news.near, news.until) == (near, until)
    assert (news_due_at(story.state) == story.now) is near


def test_more_time_asked_of_no_deadline_that_runs_is_not_urgent() -> None:
    story = begun().has_approved_report()
    story.dispatches(to(CLINIC), TO_AB)
    story.post_takes_letters()
    asker = by(LetterKind.REPORT_FOR_CONSIDERATION, story)
    refused = story.refused(
        AskMoreTime, asker, addressee=CLINIC.organisation, until=story.today + timedelta(9), reason=HASH
    )
    assert refused
    assert story.state.news == ()


def test_without_an_account_the_head_is_told() -> None:
    story = begun().creates_working_group()
    nobody = story.state.started_by.model_copy(update={"account": None})
    story._state = story.state.model_copy(update={"started_by": nobody})
    story.does(AnswerInvitation, invited(story), member="m-public", consents=False)
    time_comes(story)
    (letter,) = story.letters(TOLD)
    assert (letter.recipient, letter.recipient_kind) == ("td-sary", RecipientKind.HEAD)


def test_news_of_a_monitoring_that_ended_is_told_to_nobody() -> None:
    story = begun().creates_working_group()
    story.does(AnswerInvitation, invited(story), member="m-public", consents=True)
    story.does(CancelMonitoring, reason=HASH)
    assert news_due_at(story.state) is None
    assert news_due(story.state, story.now + timedelta(days=9)) == ()


def test_monitorings_of_editions_from_before_keep_their_way() -> None:
    story = Story().starts().creates_working_group()
    story.does(AnswerInvitation, invited(story), member="m-public", consents=True)
    assert story.state.news == ()


def test_every_kind_of_news_is_an_event_of_others() -> None:
    wanted: set[Id] = {"report_returned", "report_answered", "more_time_asked", "member_withdrawn"}
    assert wanted <= NEWS_TYPES

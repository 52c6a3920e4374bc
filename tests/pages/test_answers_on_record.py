"""Whatever was answered already is shown where its paper would be recorded: when, by whom, by which way.

Every kind of letter that asks for words; answered by its link, by an account of whoever was asked, on paper.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import pytest
from httpx import AsyncClient

from api.pages.links.form_names import FormName
from locales.catalogue import text
from models.commands import AnswerReport
from models.commands.dispatch import ItemAnswer
from models.events import ConductConfirmed
from models.timeline.ways import AnswerWay
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Id, Language, Response, Role
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import COUNCIL, INFORMATION, OTHER, REPLY, Form, answered
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_from_paper import place, records, report_is_sent
from tests.pages.test_implementation import REPORT
from tests.pages.test_joint_conduct import CONFIRMS, NAMED
from tests.pages.test_joint_conduct import asked as asks_another_body

Told = Callable[[Story], Awaitable[object]]


async def _information_asked(story: Story) -> None:
    await story.asks()
    await story.letters_leave()


async def _invited(story: Story) -> None:
    await story.invites()
    await story.letters_leave()


async def _before_a_council(story: Story) -> None:
    await story.approves()
    await story.goes_to_council()
    await story.letters_leave()


@dataclass(frozen=True)
class Case:
    """A letter that asks for words, and the answer to it."""

    kind: LetterKind
    told: Told
    form: Form
    subject: Id | None = None
    side: str = ""


_REPORT: Final = LetterKind.REPORT_FOR_CONSIDERATION
CASES: Final = {
    "joint conduct": Case(LetterKind.CONDUCT_REQUEST, asks_another_body, CONFIRMS, NAMED),
    "invitation": Case(LetterKind.INVITATION, _invited, {"consent": "consent"}, "m1"),
    "information": Case(LetterKind.INFORMATION_REQUEST, _information_asked, INFORMATION),
    "report": Case(_REPORT, report_is_sent, REPLY),
    "receipt": Case(
        _REPORT,
        report_is_sent,
        {"incoming_number": "1-15/482", "received_on": "2026-09-04"},
        CLINIC,
        "receipt",
    ),
    "more time": Case(
        _REPORT,
        report_is_sent,
        {
            "until": "2026-10-02",
            "reason": "Деректер жиналуда",
            "respondent": "Үлгі Отыз бірінші",
            "post": "Бас дәрігер",
        },
        CLINIC,
        "more-time",
    ),
    "council": Case(LetterKind.COUNCIL_ITEM, _before_a_council, COUNCIL),
}
# The paper of another body's conduct has its act beside it: tests/pages/test_from_paper.py.
ON_PAPER: Final = {name: case for name, case in CASES.items() if name != "joint conduct"}


async def shows(browser: AsyncClient, address: str, way: AnswerWay, letter: Id = "") -> None:
    """The answer on record instead of a form, by which way it came, in every language."""
    for language in Language:
        page = await browser.get(f"{address}?lang={language.value}")
        assert (page.status_code, flaws(page)) == (200, []), words(page)
        assert soup(page).find("form", id="form") is None
        assert text(language, f"page.answered.{way.value}", letter=letter) in words(page)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
async def test_what_was_answered_by_its_link_is_shown_to_whoever_records_papers(
    case: Case, story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await case.told(story)
    letter = await story.letter(case.kind, case.subject)
    link = story.address_of(letter) + (f"/form/{case.side}" if case.side else "")
    await answered(browser, link, case.form)
    await signed_in(browser, seeded_database, "sary-analyst")
    at = await place(story, case.kind, case.subject, case.side)
    await shows(browser, at, AnswerWay.BY_LETTER, letter.id)


@pytest.mark.parametrize("case", ON_PAPER.values(), ids=ON_PAPER.keys())
async def test_what_was_answered_on_paper_is_shown_with_its_number(
    case: Case, story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await case.told(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    at = await place(story, case.kind, case.subject, case.side)
    await records(browser, at, case.form)
    await shows(browser, at, AnswerWay.ON_PAPER)


async def test_what_a_body_answered_by_its_account_is_shown_as_its_own_word(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await asks_another_body(story)
    head = Actor(role=Role.HEAD, account="a-health-head", organisation=NAMED)
    said = ConductConfirmed(organisation=NAMED, own_word=True)
    await story.clerk.happened(await story.state(), story.number, head, (said,))
    await signed_in(browser, seeded_database, "sary-analyst")
    conduct = await place(story, LetterKind.CONDUCT_REQUEST, NAMED)
    await shows(browser, conduct, AnswerWay.BY_ACCOUNT)


async def test_a_reply_by_the_addressee_s_account_is_shown_as_its_own_word(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await report_is_sent(story)
    clinic = Actor(role=Role.ADDRESSEE, account="a-clinic", organisation=CLINIC)
    answers = tuple(ItemAnswer(item=item, response=Response.DECLINED, reasoned=True) for item in ("p1", "q1"))
    reply = await story.keeps(OTHER)
    await story.does(AnswerReport, clinic, addressee=CLINIC, answers=answers, reply=reply)
    await signed_in(browser, seeded_database, "sary-analyst")
    await shows(browser, await place(story, _REPORT, CLINIC), AnswerWay.BY_ACCOUNT)


async def test_after_an_answer_by_its_link_every_form_of_the_letter_still_opens_or_says_why_not(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await report_is_sent(story)
    await answered(browser, await story.link(_REPORT), REPLY)
    await answered(browser, await story.link(LetterKind.IMPLEMENTATION_AWAITED), REPORT)
    await signed_in(browser, seeded_database, "sary-analyst")
    opened = [await place(story, LetterKind.IMPLEMENTATION_AWAITED)]
    opened += [await place(story, _REPORT, CLINIC, form) for form in FormName if form is not FormName.ANSWER]
    for at in opened:
        page = await browser.get(at)
        assert page.status_code < 500, at
        assert page.is_redirect or flaws(page) == [], at


@pytest.mark.parametrize("language", Language)
async def test_what_was_asked_for_a_report_that_is_approved_leads_nowhere(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await _information_asked(story)
    await story.approves()
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"/staff/monitorings/{story.number}/answers", params={"lang": language.value})
    assert (page.status_code, flaws(page)) == (200, [])
    assert text(language, "page.desk.answers.over") in words(page)
    assert text(language, "page.desk.answers.waits") not in words(page)
    assert not soup(page).select('main a[href*="/answer"]')

"""A coordinator records on a page what came on paper: the recipient's questions, and which paper."""

from collections.abc import Mapping
from datetime import date

import pytest
from httpx import AsyncClient, Response

from models.commands import AnswerReport, ConfirmConduct
from models.report.notes import ReplyNote
from models.tables.content import NoteRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Conducting, Consent, CouncilOutcome, Id, Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import COUNCIL, INFORMATION, REPLY, Form
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import CLINIC, HOLDER, Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_implementation import REPORT
from tests.pages.test_joint_conduct import NAMED
from tests.pages.test_joint_conduct import asked as asks_another_body

PAPER: Mapping[str, str] = {"paper_act": "№ 03-12/418 хат", "paper_dated": "04.09.2026"}
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


async def place(story: Story, kind: LetterKind, subject: Id | None = None, form: str = "") -> str:
    """Where the answer to the newest letter of a kind is recorded."""
    letter = await story.letter(kind, subject)
    below = f"/form/{form}" if form else ""
    return f"/staff/monitorings/{story.number}/letters/{letter.id}/answer{below}"


async def presses(browser: AsyncClient, page: Response, action: str, changes: Form) -> Response:
    form = soup(page).find("form", id="form")
    assert form is not None, words(page)
    return await browser.post(str(form["action"]), data={**fields(page), **changes, "action": action})


async def records(browser: AsyncClient, address: str, form: Form) -> Response:
    """Open, fill in, check, send, and follow to the confirmation."""
    opened = await browser.get(address)
    assert (opened.status_code, flaws(opened)) == (200, []), words(opened)
    check = await presses(browser, opened, "check", {**form, **PAPER})
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert "№ 03-12/418 хат" in words(check)
    sent = await presses(browser, check, "send", {})
    assert sent.status_code == 303, words(sent)
    done = await browser.get(sent.headers["location"])
    assert (done.status_code, flaws(done)) == (200, []), words(done)
    return done


@pytest.fixture
async def coordinator(browser: AsyncClient, seeded_database: SeededDatabase) -> AsyncClient:
    await signed_in(browser, seeded_database, "sary-analyst")
    return browser


async def report_is_sent(story: Story) -> None:
    await story.approves()
    await story.dispatches()
    await story.letters_leave()


@pytest.mark.parametrize("language", Language)
async def test_a_reply_on_paper_is_recorded_with_its_number_and_its_day(
    story: Story, coordinator: AsyncClient, language: Language
) -> None:
    await report_is_sent(story)
    at = await place(story, LetterKind.REPORT_FOR_CONSIDERATION)
    done = await records(coordinator, f"{at}?lang={language.value}", REPLY)
    assert done.headers["content-language"] == language.value
    (command,) = [each for each in story.clerk.obeyed if isinstance(each, AnswerReport)]
    actor = command.actor
    assert (actor.account, actor.letter) == ("a-sary-analyst", None)
    assert actor.on_behalf is not None
    assert (actor.on_behalf.organisation, actor.on_behalf.act) == (CLINIC, "№ 03-12/418 хат")
    assert actor.on_behalf.dated == date(2026, 9, 4)
    async with story.sessions() as session:
        note = await session.get_one(NoteRow, command.reply)
    assert ReplyNote.model_validate_json(note.body).respondent == "Үлгі Отыз бірінші"
    again = await coordinator.get(f"{at}?lang={language.value}")
    assert (again.status_code, flaws(again)) == (200, []), words(again)
    assert "№ 03-12/418 хат" in words(again)
    assert soup(again).find("form", id="form") is None


async def test_pressed_again_it_is_recorded_once(story: Story, coordinator: AsyncClient) -> None:
    await report_is_sent(story)
    at = await place(story, LetterKind.REPORT_FOR_CONSIDERATION)
    opened = await coordinator.get(at)
    check = await presses(coordinator, opened, "check", {**REPLY, **PAPER})
    first = await presses(coordinator, check, "send", {})
    second = await presses(coordinator, check, "send", {})
    assert (first.status_code, second.status_code, flaws(second)) == (303, 200, [])
    assert len([each for each in story.clerk.obeyed if isinstance(each, AnswerReport)]) == 1


async def test_whoever_answered_meanwhile_counts_and_what_was_typed_stays_to_be_read(
    story: Story, coordinator: AsyncClient
) -> None:
    await report_is_sent(story)
    at = await place(story, LetterKind.REPORT_FOR_CONSIDERATION)
    check = await presses(coordinator, await coordinator.get(at), "check", {**REPLY, **PAPER})
    await records(coordinator, at, {**REPLY, "text": "Басқа жауап"})
    late = await presses(coordinator, check, "send", {})
    assert (late.status_code, flaws(late)) == (200, [])
    assert "Басқа жауап" in words(late)
    assert "Есеп қаралды" in words(late)


async def test_without_its_number_and_day_a_paper_is_not_recorded(
    story: Story, coordinator: AsyncClient
) -> None:
    await report_is_sent(story)
    at = await place(story, LetterKind.REPORT_FOR_CONSIDERATION)
    page = await presses(coordinator, await coordinator.get(at), "check", REPLY)
    assert (page.status_code, flaws(page)) == (422, [])
    for field in ("paper_act", "paper_dated"):
        assert soup(page).select_one(f"#{field}-message") is not None
    assert fields(page)["text"] == ["Есеп қаралды"]


async def test_a_paper_older_than_the_question_is_refused_before_it_is_sent(
    story: Story, coordinator: AsyncClient
) -> None:
    await report_is_sent(story)
    at = await place(story, LetterKind.REPORT_FOR_CONSIDERATION)
    old = {**REPLY, **PAPER, "paper_dated": "2026-01-05"}
    page = await presses(coordinator, await coordinator.get(at), "check", old)
    assert (page.status_code, flaws(page)) == (422, []), words(page)
    assert soup(page).select_one("#paper_dated-message") is not None


async def test_receipt_more_time_and_an_amendment_each_have_their_form(
    story: Story, coordinator: AsyncClient
) -> None:
    await report_is_sent(story)

    async def at(form: str = "") -> str:
        return await place(story, LetterKind.REPORT_FOR_CONSIDERATION, CLINIC, form)

    await records(
        coordinator, await at("receipt"), {"incoming_number": "1-15/482", "received_on": "2026-09-04"}
    )
    signed = {"respondent": "Үлгі Отыз бірінші", "post": "Бас дәрігер"}
    more = {"until": "2026-10-02", "reason": "Деректер жиналуда", **signed}
    await records(coordinator, await at("more-time"), more)
    addressee = (await story.state()).addressees[CLINIC]
    assert (addressee.incoming_number, addressee.more_time_until) == ("1-15/482", date(2026, 10, 2))
    await records(coordinator, await at(), REPLY)
    opened = await coordinator.get(await at("amendment"))
    assert fields(opened)["text"] == ["Есеп қаралды"]
    await records(coordinator, await at("amendment"), {"text": "Есеп қайта қаралды"})
    assert (await story.state()).addressees[CLINIC].amended_on is not None


async def test_information_that_came_on_paper_becomes_a_source(
    story: Story, coordinator: AsyncClient
) -> None:
    await story.asks()
    await story.letters_leave()
    await records(coordinator, await place(story, LetterKind.INFORMATION_REQUEST), INFORMATION)
    request = (await story.state()).requests["r1"]
    assert request.source is not None
    command = story.clerk.obeyed[-1]
    assert command.actor.on_behalf is not None
    assert command.actor.on_behalf.organisation == HOLDER


async def test_an_invitee_s_word_on_paper_names_the_paper_and_speaks_for_no_body(
    story: Story, coordinator: AsyncClient
) -> None:
    await story.invites()
    await story.letters_leave()
    await records(coordinator, await place(story, LetterKind.INVITATION, "m1"), {"consent": "consent"})
    group = (await story.state()).working_group
    assert group is not None
    assert group.members["m1"].consent is Consent.CONSENTED
    assert story.clerk.obeyed[-1].actor.on_behalf is None
    assert any("03-12/418" in note for note in await story.notes())


async def test_what_a_council_concluded_and_a_later_excerpt(story: Story, coordinator: AsyncClient) -> None:
    await story.approves()
    await story.goes_to_council()
    await story.letters_leave()
    kind = LetterKind.COUNCIL_ITEM
    await records(coordinator, await place(story, kind), COUNCIL)
    assert (await story.state()).council_items["k1"].outcome is CouncilOutcome.SUPPORTED
    at = await place(story, kind, form="excerpt")
    opened = await coordinator.get(at)
    typed = {**fields(opened), **PAPER, "respondent": "Үлгі Жиырма екінші", "post": "Хатшы"}
    scan = {"upload": ("хаттама.pdf", PDF, "application/pdf")}
    check = await coordinator.post(at, data={**typed, "action": "check"}, files=scan)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert (await presses(coordinator, check, "send", {})).status_code == 303
    assert len((await story.state()).council_items["k1"].later_excerpts) == 1


async def test_what_was_carried_out_is_reported_from_paper_and_judged(
    story: Story, coordinator: AsyncClient
) -> None:
    await report_is_sent(story)
    await records(coordinator, await place(story, LetterKind.REPORT_FOR_CONSIDERATION), REPLY)
    at = await place(story, LetterKind.IMPLEMENTATION_AWAITED)
    done = {**REPORT, "done-q1": "2026-09-04"}
    await records(coordinator, at, done)
    assert (await story.state()).items["q1"].reported is not None
    await records(coordinator, at, {**REPORT, "claim-q1": "none", "done-q1": "", "words-q1": "", **_of("p1")})
    assert (await story.state()).items["p1"].reported is not None
    nothing = await coordinator.get(at)
    assert (nothing.status_code, flaws(nothing)) == (200, [])
    assert soup(nothing).find("form", id="form") is None


def _of(item: Id) -> dict[str, str]:
    return {f"claim-{item}": "partly_implemented", f"words-{item}": "Жартысы"}


async def test_the_lead_says_that_another_body_conducts_and_attaches_its_act(
    story: Story, coordinator: AsyncClient
) -> None:
    await asks_another_body(story)
    at = await place(story, LetterKind.CONDUCT_REQUEST, NAMED)
    said = {"conduct": "confirm", "respondent": "Үлгі Он екінші", "post": "Басқарма басшысы"}
    opened = await coordinator.get(at)
    without = await presses(coordinator, opened, "check", {**said, **PAPER})
    assert (without.status_code, flaws(without)) == (422, [])
    assert soup(without).select_one("#upload-act-message") is not None
    act = {"upload-act": ("бұйрық.pdf", PDF, "application/pdf")}
    typed = {**fields(without), "action": "check"}
    check = await coordinator.post(at, data=typed, files=act)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert "бұйрық.pdf" in words(check)
    assert (await presses(coordinator, check, "send", {})).status_code == 303
    assert (await story.state()).co_conductors[NAMED].conducting is Conducting.LEADS_WORD
    command = story.clerk.obeyed[-1]
    assert isinstance(command, ConfirmConduct)
    assert command.act is not None


@pytest.mark.parametrize("language", Language)
async def test_the_answers_page_says_who_was_asked_and_leads_to_what_can_be_recorded(
    story: Story, coordinator: AsyncClient, language: Language
) -> None:
    await story.asks()
    await report_is_sent(story)
    answers = f"/staff/monitorings/{story.number}/answers?lang={language.value}"
    home = await coordinator.get(answers.replace("/answers", ""))
    assert soup(home).select_one(f'a[href="{answers}"]') is not None
    page = await coordinator.get(answers)
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    ways = [str(link["href"]) for link in soup(page).select("main li a")]
    assert any("/form/receipt?" in each for each in ways)
    for way in ways:
        form = await coordinator.get(way)
        assert (form.status_code, flaws(form)) == (200, []), words(form)


async def test_nobody_else_sees_the_ways_or_records(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await report_is_sent(story)
    at = await place(story, LetterKind.REPORT_FOR_CONSIDERATION)
    asked = await browser.get(at)
    assert (asked.status_code, asked.headers["location"].partition("?")[0]) == (303, "/sign-in")
    for who, status in (("uo-auditor", 403), ("ashyk-analyst", 404)):
        await signed_in(browser, seeded_database, who)
        assert (await browser.get(at)).status_code == status
        sent = await browser.post(at, data={**REPLY, **PAPER, "action": "send"})
        assert sent.status_code == status
    await signed_in(browser, seeded_database, "sary-analyst")
    for nowhere in ("L999-0", "x", "L1-0"):
        where = f"/staff/monitorings/{story.number}/letters/{nowhere}/answer"
        assert (await browser.get(where)).status_code == 404
    assert story.clerk.obeyed == []


async def test_an_accepted_item_is_judged_on_its_page(story: Story, coordinator: AsyncClient) -> None:
    await report_is_sent(story)
    await records(coordinator, await place(story, LetterKind.REPORT_FOR_CONSIDERATION), REPLY)
    items = await coordinator.get(f"/staff/monitorings/{story.number}/items?lang=ru")
    at = f"/staff/monitorings/{story.number}/items/q1/judgement"
    assert soup(items).select_one(f'a[href="{at}?lang=ru"]') is not None
    opened = await coordinator.get(f"{at}?lang=ru")
    assert (opened.status_code, flaws(opened)) == (200, [])
    empty = await presses(coordinator, opened, "check", {})
    assert (empty.status_code, flaws(empty)) == (422, [])
    unreported = await presses(coordinator, empty, "check", {"verdict": "implemented", "reason": "Көрдік"})
    assert (unreported.status_code, flaws(unreported)) == (422, [])
    assert soup(unreported).select_one("#verdict-message") is not None
    judged = {"verdict": "not_implemented", "reason": "Екі кабинетте кезек қағаз жүзінде"}
    check = await presses(coordinator, unreported, "check", judged)
    assert (check.status_code, flaws(check)) == (200, [])
    sent = await presses(coordinator, check, "send", {})
    done = await coordinator.get(sent.headers["location"])
    assert (done.status_code, flaws(done)) == (200, [])
    assert (await presses(coordinator, check, "send", {})).headers["location"] == sent.headers["location"]
    judgement = (await story.state()).items["q1"].judged
    assert judgement is not None
    assert judgement.final
    closed = await coordinator.get(at)
    assert (closed.status_code, flaws(closed)) == (409, [])
    assert (await coordinator.get(at.replace("q1", "q9"))).status_code == 404


async def test_an_auditor_reads_who_was_asked_and_is_offered_no_form(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await report_is_sent(story)
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"/staff/monitorings/{story.number}/answers", params={"lang": "en"})
    assert (page.status_code, flaws(page)) == (200, [])
    assert [a["href"] for a in soup(page).select("main section a")] == []
    assert soup(page).select("main section")


async def test_rule_17_of_whoever_consolidates_no_answer_is_awaited(
    story: Story, coordinator: AsyncClient
) -> None:
    await report_is_sent(story)
    letter = await story.letter(LetterKind.REPORT_FOR_CONSOLIDATION)
    page = await coordinator.get(f"/staff/monitorings/{story.number}/answers", params={"lang": "en"})
    section = soup(page).find("section", id=letter.id)
    assert section is not None, words(page)
    assert "No answer is asked for" in section.get_text()

"""Behind a report's link: its receipt by number and day, and the term that whoever considers extends."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.agenda.deadline import ReplyPreset
from models.commands import AcknowledgeReport, ExtendReplyTerm
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.counting import statements_of
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import Form, answered, press
from tests.pages.reading import fields, flaws, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in

REGISTERED: Form = {"incoming_number": "1-15/482", "received_on": "04.09.2026"}
EXTENDED: Form = {
    "until": "30.10.2026",
    "decided_on": "04.09.2026",
    "reason": "Құжаттар облыстан сұратылды",
    "respondent": "Үлгі",
    "post": "Дәрігер",
}


async def sent_by_the_code(story: Story) -> str:
    await story.approves()
    await story.dispatches(ReplyPreset.APPC_76, reply_by=None)
    return await story.link(LetterKind.REPORT_FOR_CONSIDERATION)


async def test_the_term_is_told_from_the_receipt_and_begins_with_it(
    story: Story, browser: AsyncClient
) -> None:
    link = await sent_by_the_code(story)
    before = words(await browser.get(link, params={"lang": "kk"}))
    assert "алған күннен кейін 15 жұмыс күні ішінде" in before
    assert "заңда белгіленген:" not in before, "between bodies the Code's term is only asked for"
    await answered(browser, f"{link}/form/receipt", REGISTERED)
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AcknowledgeReport)
    assert (command.incoming_number, str(command.received_on)) == ("1-15/482", "2026-09-04")
    after = words(await browser.get(link, params={"lang": "kk"}))
    assert "№ 1-15/482" in after
    assert "25 қыркүйек" in after
    assert "кейінгі 15 жұмыс күні" in after


async def test_a_receipt_on_record_is_shown_and_not_asked_again(story: Story, browser: AsyncClient) -> None:
    link = await sent_by_the_code(story)
    await answered(browser, f"{link}/form/receipt", REGISTERED)
    page = await browser.get(f"{link}/form/receipt", params={"lang": "ru"})
    assert "1-15/482" in words(page)
    assert "to-receipt" not in (await browser.get(link)).text


async def test_what_a_receipt_asks_of_the_database(story: Story, browser: AsyncClient) -> None:
    """A link is opened by one statement; what is sent as it was checked is compared and not written again."""
    form = f"{await sent_by_the_code(story)}/form/receipt"
    await browser.get(form)  # what lasts is remembered from now on
    with statements_of(story.sessions) as opening:
        await browser.get(form)
    assert len(opening.sent) == 3
    with statements_of(story.sessions) as checking:
        check = await press(browser, form, "check", REGISTERED)
    assert len(checking.sent) == 6
    with statements_of(story.sessions) as sending:
        sent = await browser.post(form, data={**fields(check), "action": "send"})
    assert len(sending.of("minted_links")) == 1
    assert len(sending.of("commands")) == 3, "its key, its claim, what became of it"
    assert [statement.split()[0] for statement in sending.of(" drafts")] == ["SELECT", "WITH"]
    with statements_of(story.sessions) as confirmed:
        await browser.get(sent.headers["location"])
    assert len(confirmed.sent) == 2


async def test_a_receipt_needs_its_number_and_a_day_that_can_be(story: Story, browser: AsyncClient) -> None:
    link = await sent_by_the_code(story)
    empty = await press(browser, f"{link}/form/receipt", "check", {"incoming_number": "", "received_on": ""})
    assert empty.status_code == 422
    assert flaws(empty) == []
    early = await press(browser, f"{link}/form/receipt", "check", {**REGISTERED, "received_on": "01.09.2026"})
    assert early.status_code == 422
    assert "1-15/482" in early.text, "nothing typed is lost"
    assert len(story.clerk.obeyed) == 0


async def test_whoever_keeps_no_register_confirms_by_one_press(story: Story, browser: AsyncClient) -> None:
    link = await sent_by_the_code(story)
    assert "/receipt" in (await browser.get(f"{link}/form/receipt")).text
    assert (await browser.post(f"{link}/receipt")).status_code == 303
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AcknowledgeReport)
    assert command.incoming_number is None


async def test_whoever_considers_extends_by_its_link(story: Story, browser: AsyncClient) -> None:
    link = await sent_by_the_code(story)
    await answered(browser, f"{link}/form/receipt", REGISTERED)
    assert "to-extension" in (await browser.get(link)).text
    assert "to-more-time" not in (await browser.get(link)).text
    await answered(browser, f"{link}/form/extension", EXTENDED)
    command = story.clerk.obeyed[-1]
    assert isinstance(command, ExtendReplyTerm)
    said = words(await browser.get(link, params={"lang": "kk"}))
    assert "30 қазан" in said
    itself = text(Language.KK, "letter.basis.extended_by_addressee", reference="@").partition(":")[0]
    assert itself in said
    assert "хат жіберуші өзі сұрап отыр" not in said, "the addressee extended it, not the sender"
    page = words(await browser.get(f"{link}/form/extension", params={"lang": "kk"}))
    assert "Құжаттар облыстан сұратылды" in page


async def test_staff_read_who_extended_a_term_and_by_what_decision(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    link = await sent_by_the_code(story)
    await answered(browser, f"{link}/form/receipt", REGISTERED)
    await answered(browser, f"{link}/form/extension", EXTENDED)
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"/staff/monitorings/{story.number}/deadlines", params={"lang": "kk"})
    assert (page.status_code, flaws(page)) == (200, [])
    said = words(page)
    assert "хат жіберуші өзі сұрап отыр" not in said
    assert "Шешім қабылданған күн" in said, "why that day: by which decision"
    assert "Кім: " in said, "and whose"


@pytest.mark.parametrize("language", Language)
async def test_what_states_something_is_not_called_an_answer(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link, lang = await sent_by_the_code(story), language.value
    await answered(browser, f"{link}/form/receipt", REGISTERED)
    form = f"{link}/form/extension"
    asked = words(await browser.get(form, params={"lang": lang}))
    check = words(await press(browser, form, "check", EXTENDED, lang))
    await answered(browser, form, EXTENDED)
    stands = words(await browser.get(form, params={"lang": lang}))
    for page, part, of_answer in (
        (asked, "check_hint", "page.button.hint"),
        (asked, "who", "page.field.signature"),
        (check, "check_title", "page.check_answers"),
        (stands, "already", "page.answered.title"),
    ):
        assert text(language, f"page.statement.{part}") in page
        assert text(language, of_answer) not in page


async def test_beyond_the_code_s_bound_nothing_is_extended(story: Story, browser: AsyncClient) -> None:
    link = await sent_by_the_code(story)
    await answered(browser, f"{link}/form/receipt", REGISTERED)
    far = {**EXTENDED, "until": "30.12.2026"}
    page = await press(browser, f"{link}/form/extension", "check", far)
    assert page.status_code == 422
    assert "Құжаттар облыстан сұратылды" in page.text


async def test_a_date_that_the_sender_named_is_the_sender_s_to_move(
    story: Story, browser: AsyncClient
) -> None:
    await story.approves()
    await story.dispatches()
    link = await story.link(LetterKind.REPORT_FOR_CONSIDERATION)
    assert "to-more-time" in (await browser.get(link)).text
    led = await browser.get(f"{link}/form/extension")
    assert led.status_code == 303

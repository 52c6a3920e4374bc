"""Beyond the Rules: an addressee reports by a link what it carried out of what it accepted."""

from datetime import date

from httpx import AsyncClient, Response
from sqlmodel import select

from local.samples import content_of
from models.commands import JudgeImplementation, ReportImplementation
from models.events import FollowUpEnded, ImplementationReported
from models.monitoring.follow_up import ItemStanding, standing_of
from models.report.notes import ImplementationNote, TextNote
from models.tables.journal import EntryRow
from models.vocabulary.actors import SYSTEM, Actor
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import Id, Role, Verdict
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import Form, answered, press, report_link
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.reports import with_words
from tests.pages.story import CLINIC, NOW, Story

REPLY: Form = {
    "response-p1": "partly",
    "reason-p1": "Талондардың 85%-ы ғана",
    "response-q1": "accepted",
    "planned-q1": "18.12.2026",
    "respondent": "Үлгі Отыз бірінші",
    "post": "Бас дәрігер",
}
REPORT: Form = {
    "claim-q1": "implemented",
    "done-q1": "03.09.2026",
    "words-q1": "Электрондық кезек іске қосылды <b>& т.б.</b>",
    "respondent": "Үлгі Отыз бірінші",
    "post": "Бас дәрігер",
}
PAPER = Actor(role=Role.ANALYST, account="a-sary-analyst", organisation="td-sary")
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


async def link_to_report(story: Story, browser: AsyncClient) -> str:
    """The clinic accepted both items; the confirmation says how to report."""
    await answered(browser, await report_link(story), REPLY)
    return await story.link(LetterKind.IMPLEMENTATION_AWAITED)


async def standing(story: Story, item: Id) -> ItemStanding:
    state = await story.state()
    return standing_of(state, state.items[item])


async def judges(story: Story, item: Id, verdict: Verdict, due_on: date | None = None) -> None:
    reason = await story.keeps(TextNote(text="Екі кабинетте кезек қағаз жүзінде"))
    await story.does(JudgeImplementation, item=item, verdict=verdict, reason=reason, due_on=due_on)


async def on_paper(story: Story, item: Id) -> None:
    """Somebody else reported meanwhile."""
    note = await story.keeps(ImplementationNote(text="Қағаз хат"))
    said = ({"item": item, "claim": Verdict.PARTLY_IMPLEMENTED},)
    await story.does(ReportImplementation, PAPER, addressee=CLINIC, items=said, words=note)


def headings(page: Response) -> list[str]:
    return [" ".join(legend.get_text().split()) for legend in soup(page).select("fieldset.group > legend")]


async def test_the_page_asks_of_what_was_accepted_and_says_it_is_beyond_the_rules(
    story: Story, browser: AsyncClient
) -> None:
    page = await browser.get(await link_to_report(story, browser), params={"lang": "en"})
    assert page.status_code == 200
    assert flaws(page) == []
    assert headings(page)[:2] == ["Proposal 1", "Recommendation 1"]
    said = words(page)
    assert "The Rules do not require this" in said
    assert "To be carried out by: 18 Dec 2026" in said
    assert "set by law" not in said
    assert [i["value"] for i in soup(page).select('input[name="claim-q1"][checked]')] == ["none"]


async def test_reported_with_evidence_checked_sent_and_confirmed(story: Story, browser: AsyncClient) -> None:
    link = await link_to_report(story, browser)
    kept = await browser.post(
        link, data={**REPORT, "action": "save"}, files={"upload-q1": ("акт.pdf", PDF, "application/pdf")}
    )
    assert kept.status_code == 303
    form: Form = dict(fields(await browser.get(link)))
    check = await press(browser, link, "check", form)
    assert check.status_code == 200, words(check)
    assert "акт.pdf" in words(check)
    assert "<b>&" not in check.text.replace("&lt;b&gt;&amp;", "")
    done = await answered(browser, link, form)
    assert flaws(done) == []
    assert "Хабарыңыз тіркелді" in words(done)
    assert "келесі хатта" in words(done), "the confirmation says where the next link comes from"
    assert await standing(story, "q1") is ItemStanding.REPORTED
    assert await standing(story, "p1") is ItemStanding.AWAITED
    again = words(await browser.get(link))
    assert "Электрондық кезек іске қосылды" in again, "the same link shows what was sent"


async def test_the_next_letter_brings_a_link_for_what_is_left(story: Story, browser: AsyncClient) -> None:
    await answered(browser, await link_to_report(story, browser), REPORT)
    confirmation = await story.letter(LetterKind.ANSWER_CONFIRMATION)
    assert confirmation.purpose is Purpose.REPORT_IMPLEMENTATION
    page = await browser.get(story.address_of(confirmation), params={"lang": "en"})
    assert headings(page)[:1] == ["Proposal 1"]
    assert "Recommendation 1: reported, not yet judged" in words(page)
    assert flaws(page) == []


async def test_a_judgement_with_a_new_day_asks_anew_and_gives_its_reason(
    story: Story, browser: AsyncClient
) -> None:
    await answered(browser, await link_to_report(story, browser), REPORT)
    await judges(story, "q1", Verdict.PARTLY_IMPLEMENTED, date(2026, 10, 1))
    link = await story.link(LetterKind.IMPLEMENTATION_JUDGED)
    page = await browser.get(link, params={"lang": "en"})
    said = words(page)
    assert "Judgement of the earlier report: partly implemented" in said
    assert "Екі кабинетте кезек қағаз жүзінде" in said
    assert "1 October 2026" in said
    await answered(browser, link, REPORT)
    assert await standing(story, "q1") is ItemStanding.REPORTED


async def test_what_somebody_else_reported_meanwhile_is_shown_as_reported(
    story: Story, browser: AsyncClient
) -> None:
    link = await link_to_report(story, browser)
    await on_paper(story, "q1")
    page = await press(browser, link, "send", REPORT)
    assert page.status_code == 422
    assert "1-ұсыным: орындалуы хабарланды" in words(page)
    await on_paper(story, "p1")
    page = await browser.get(link)
    assert page.status_code == 200
    assert soup(page).select("form#form") == []
    assert flaws(page) == []


async def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    story: Story, browser: AsyncClient
) -> None:
    link = await link_to_report(story, browser)
    signed: Form = {"respondent": "Үлгі", "post": "Дәрігер"}
    cases: tuple[tuple[Form, str], ...] = (
        ({}, "claim-p1"),
        ({"claim-q1": "partly_implemented"}, "words-q1"),
        ({"claim-q1": "implemented"}, "words-q1"),
        ({"words-q1": "бір сөз"}, "claim-q1"),
        ({"claim-q1": "implemented", "words-q1": "иә", "done-q1": "01.10.2026"}, "done-q1"),
        ({"claim-q1": "implemented", "words-q1": "иә", "done-q1": "ертең"}, "done-q1"),
        ({"claim-q1": "бәлкім", "words-q1": "иә"}, "claim-q1"),
        ({"claim-q1": "implemented", "words-q1": "ұ" * 20_001}, "words-q1"),
    )
    for form, field in cases:
        page = await press(browser, link, "check", {**signed, **form})
        assert page.status_code == 422, form
        assert soup(page).select_one(f'.errors a[href="#{field}"]'), (form, words(page)[:300])
        assert flaws(page) == []
        assert fields(page)["post"] == ["Дәрігер"]
    assert [type(each) for each in story.clerk.obeyed if isinstance(each, ReportImplementation)] == []


async def test_foreign_items_typed_into_the_form_are_not_taken(story: Story, browser: AsyncClient) -> None:
    link = await link_to_report(story, browser)
    foreign: Form = {"claim-x9": "implemented", "words-x9": "иә", "attached-q1": "a-of-somebody-else"}
    await answered(browser, link, {**REPORT, **foreign})
    reported = [e for e in await _journal(story) if e.type == "implementation_reported"]
    event = ImplementationReported.model_validate(reported[0].event)
    assert [said.item for said in event.items] == ["q1"]
    assert not any("a-of-somebody-else" in note for note in await story.notes())


async def test_pressed_twice_it_happens_once(story: Story, browser: AsyncClient) -> None:
    link = await link_to_report(story, browser)
    for _ in range(2):
        assert (await press(browser, link, "send", REPORT)).status_code in {200, 303}
    assert sum(isinstance(each, ReportImplementation) for each in story.clerk.obeyed) == 1


async def test_a_link_for_one_purpose_or_version_serves_no_other(story: Story, browser: AsyncClient) -> None:
    link = await link_to_report(story, browser)
    reply = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    forged = story.address_of(reply, Purpose.REPORT_IMPLEMENTATION)
    assert (await browser.get(forged)).status_code == 404
    assert (await browser.post(forged, data={**REPORT, "action": "send"})).status_code == 404
    await story.corrects(with_words(content_of(story.scenario), "Басқа мәтін", "p1", "q1"))
    stopped = await press(browser, link, "send", REPORT)
    assert stopped.status_code == 410
    assert NOW.date().isoformat() not in words(stopped)
    assert (await browser.get(link)).status_code == 410


async def _journal(story: Story) -> list[EntryRow]:
    async with story.sessions() as session:
        return list(await session.exec(select(EntryRow)))


async def test_the_public_page_says_of_each_item_one_word_and_nobodys_own(
    story: Story, browser: AsyncClient
) -> None:
    await answered(browser, await link_to_report(story, browser), REPORT)
    assert (await browser.get(f"/public/{story.number}")).status_code == 404
    await story.is_published()
    page = await browser.get(f"/public/{story.number}", params={"lang": "en"})
    assert flaws(page) == []
    items = [" ".join(item.get_text(" ").split()) for item in soup(page).select("ol.items > li")]
    for name, standing in (
        ("Proposal 1", "partly accepted, not yet reported"),
        ("Recommendation 1", "reported, not yet judged"),
    ):
        assert any(item.startswith(name) and standing in item for item in items), items
    for own in ("Талондардың 85%-ы ғана", "Электрондық кезек іске қосылды", "Үлгі Отыз бірінші"):
        assert own not in page.text
    await story.corrects()
    corrected = words(await browser.get(f"/public/{story.number}", params={"lang": "en"}))
    assert "not yet judged" not in corrected, "the items are the new version's, which is not published"


async def test_what_is_published_before_it_is_sent_awaits_nobodys_answer(
    story: Story, browser: AsyncClient
) -> None:
    await story.approves()
    await story.is_published()
    page = await browser.get(f"/public/{story.number}", params={"lang": "en"})
    items = [" ".join(item.get_text(" ").split()) for item in soup(page).select("ol.items > li")]
    assert items
    assert all("not sent yet" in item for item in items), items


async def test_the_staffs_page_says_what_is_open(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await answered(browser, await link_to_report(story, browser), REPORT)
    signed = await browser.post("/sign-in", data={"token": seeded_database.tokens["sary-analyst"]})
    assert signed.status_code == 303
    page = await browser.get(f"/monitorings/{story.number}/history", params={"lang": "en"})
    assert flaws(page) == []
    assert "recommendation 1: a report of implementation is not judged (beyond the Rules)" in words(page)


async def test_when_the_follow_up_was_given_up_nothing_more_is_taken(
    story: Story, browser: AsyncClient
) -> None:
    link = await link_to_report(story, browser)
    await story.clerk.happened(await story.state(), story.number, SYSTEM, (FollowUpEnded(),))
    page = await press(browser, link, "send", REPORT)
    assert page.status_code == 410
    assert flaws(page) == []
    assert await standing(story, "q1") is ItemStanding.GIVEN_UP

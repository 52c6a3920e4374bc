"""A clerk registers a report that came on paper: every row that is begun is asked for in whole (rule 17)."""

from httpx import AsyncClient

from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup
from tests.pages.story import Story
from tests.pages.test_consolidation import received, signed_in

PAPER = "/staff/consolidation/paper"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TYPED = {
    "sender": "td-sary",
    "kind": "thematic",
    "received_on": "01.09.2026",
    "ended_on": "20.08.2026",
    "approved_on": "25.08.2026",
    "language": "ru",
    "title": "Очередь в детские сады",
    "item-kind-1": "proposal",
    "item-text-1": "Вести очередь открыто.",
    "key": "b" * 32,
    "action": "check",
}


async def test_a_proposal_without_its_addressee_is_asked_for(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    files = {"upload": ("Есеп.pdf", PDF, "application/pdf")}
    for missing in ({}, {"item-addressee-1": ""}, {"item-addressee-1": "nobody"}):
        page = await browser.post(f"{PAPER}?lang=ru", data=TYPED | missing, files=files)
        assert (page.status_code, flaws(page)) == (422, [])
        assert soup(page).select_one("#item-addressee-1-message") is not None
    whole = TYPED | {"item-addressee-1": "land-sary"}
    checked = await browser.post(f"{PAPER}?lang=ru", data=whole, files=files)
    assert (checked.status_code, flaws(checked)) == (200, [])
    assert "25 августа 2026" in checked.text


async def test_the_authorized_body_is_no_sender(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    form = soup(await browser.get(f"{PAPER}?lang=kk"))
    senders = {str(each["value"]) for each in form.select("#sender option")}
    assert "td-sary" in senders
    assert "uo" not in senders


async def test_rule_10_and_5_what_the_rules_exclude_is_refused_before_it_is_sent(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    files = {"upload": ("Есеп.pdf", PDF, "application/pdf")}
    whole = TYPED | {"item-addressee-1": "land-sary"}
    comprehensive = {"sender": "ashyk-kezek", "kind": "comprehensive"}
    for wrong, field, words in (
        (comprehensive, "kind", "иные субъекты проводят тематический (пункт 14)"),
        ({"sender": "guard-service"}, "sender", "его отчёт не обобщается"),
    ):
        page = await browser.post(f"{PAPER}?lang=ru", data=whole | wrong, files=files)
        assert (page.status_code, flaws(page)) == (422, [])
        message = soup(page).select_one(f"#{field}-message")
        assert message is not None
        assert words in message.text
    studied = await browser.post(f"{PAPER}?lang=ru", data=whole | {"object-1": "guard-service"}, files=files)
    assert studied.status_code == 422
    assert "Исключите его из объектов" in studied.text

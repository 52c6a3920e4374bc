"""Alerts by mail of the public register: begun in the mailbox alone, told once a day, ended by a press."""

import logging
from datetime import timedelta

import pytest
from sqlmodel import delete, select

from activities.correspondence.alerts.letters import MOST_ASKED
from activities.correspondence.alerts.looking import look
from activities.mail.keeping import ReceivedMail
from activities.service_letters.letter import sender_of
from activities.service_letters.made import letter_made
from activities.service_letters.queue import UNDER_WAY, take_up
from models.commands import PublishReport
from models.mail.returned_names import letter_returned_to
from models.tables.asked_of_late import AskedOfLateRow
from models.tables.received_mail import ReceivedMailRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.service_letters import ServiceLetterKind, ServiceLetterOutcome
from tests.alerts.conftest import MAILBOX, SETTINGS, Reader
from tests.letters.post_office import part
from tests.mail.test_door import REPORT
from tests.pages.conftest import ORIGIN
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, NOW
from tests.pages.test_public import published

SECRETS = SETTINGS.link_secrets()


async def test_only_a_press_in_the_mailbox_begins_alerts(reader: Reader) -> None:
    """A scanner that opens the link begins nothing; a second press begins nothing twice."""
    listed = await reader.browser.get("/public?q=сатып&lang=ru")
    assert soup(listed).select_one("form#alerts input[name=q]")["value"] == "сатып"  # type: ignore[index]
    asked = await reader.asks(language="ru", q="сатып", sort="oldest")
    assert asked.headers["location"] == "/public/alerts/asked?lang=ru"
    assert flaws(await reader.browser.get("/public/alerts/asked?lang=ru")) == []
    await reader.sends()
    (letter,) = reader.office.received
    assert letter["content-language"] == "ru"
    assert letter["to"] == MAILBOX
    assert "48" in part(letter, "text/plain")
    assert "сатып" in part(letter, "text/plain")
    assert letter["list-unsubscribe"] is None, "nothing comes yet"
    link = reader.link("confirm")
    shown = await reader.browser.get(link)
    assert flaws(shown) == []
    assert shown.headers["cache-control"] == "no-store"
    assert [row.confirmed_at for row in await reader.subscriptions()] == [None]
    for _ in range(2):
        assert (await reader.browser.post(link)).status_code == 200
    opened_again = soup(await reader.browser.get(link))
    assert not opened_again.select("main form"), "what was confirmed is not asked anew"
    (row,) = await reader.subscriptions()
    assert row.confirmed_at == reader.now
    assert row.search == {"q": "сатып"}
    wrong = link.replace("/confirm/", "/end/")
    assert (await reader.browser.post(wrong)).status_code == 410, "one link is for one thing"


async def test_nobody_learns_whether_an_address_is_subscribed(reader: Reader) -> None:
    await reader.subscribes()
    known = await reader.asks()
    unknown = await reader.asks("nobody@example.kz")
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert known.headers["location"] == unknown.headers["location"]
    assert len(await reader.subscriptions()) == 2


async def test_what_is_published_and_found_is_told_once_in_working_hours(reader: Reader) -> None:
    await reader.subscribes(body=CLINIC)
    await reader.subscribes("other@example.kz", q="табылмайтын")
    await reader.looks()
    address = await published(reader.story)
    mended = "https://example.kz/reports/1-mended"
    await reader.story.does(PublishReport, published_on=NOW.date(), address=mended)
    before = len(reader.office.received)
    await reader.is_at_work()
    day = reader.now
    reader.waits(hours=12)
    await reader.looks()
    assert len(reader.office.received) == before, "nobody is written to at night"
    reader.now = day
    for _ in range(2):
        await reader.looks()
    (letter,) = reader.office.received[before:]
    said = part(letter, "text/plain")
    assert letter["to"] == MAILBOX
    assert f"{ORIGIN}{address}?lang=kk" in said
    assert said.count(f"№ {reader.story.number}") == 1
    assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert letter["list-unsubscribe"] == f"<{ORIGIN}{reader.link('end', letter)}>"
    await reader.is_at_work(days_from_now=5)
    await reader.looks()
    assert len(reader.office.received) == before + 1, "nothing new, no letter"


async def test_one_press_of_a_mail_program_ends_alerts_and_forgets_the_address(reader: Reader) -> None:
    """RFC 8058: from elsewhere, without a cookie; a page has the button for people."""
    await reader.subscribes()
    await published(reader.story)
    await reader.is_at_work()
    await reader.looks()
    link = reader.link("end")
    assert flaws(await reader.browser.get(link)) == []
    assert len(await reader.subscriptions()) == 1, "opening ends nothing"
    one_click = {"List-Unsubscribe": "One-Click"}
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example.com"}
    for _ in range(2):
        assert (await reader.browser.post(link, data=one_click, headers=foreign)).status_code == 200
    assert (await reader.subscriptions(), await reader.letters()) == ([], [])
    assert (await reader.browser.get(link)).status_code == 410


async def test_an_address_that_nobody_confirms_is_forgotten(reader: Reader) -> None:
    await reader.asks()
    await reader.sends()
    link = reader.link("confirm")
    reader.waits(hours=48)
    assert (await reader.browser.post(link)).status_code == 410
    await reader.looks()
    assert (await reader.subscriptions(), await reader.letters()) == ([], [])


async def test_nobodys_mailbox_is_filled(reader: Reader) -> None:
    """By what is counted when somebody asks, and by the letters on record where that was passed."""
    for number in range(MOST_ASKED):
        assert (await reader.asks(q=f"сөз{number}")).status_code == 303
    often = await reader.asks("reader@example.kz", q="тағы")
    assert often.status_code == 429
    assert int(often.headers["retry-after"]) > 0
    assert "reader@example.kz" in str(soup(often).select_one("#address")), "what was typed stays"
    async with reader.story.sessions.begin() as session:
        await session.exec(delete(AskedOfLateRow))
    assert (await reader.asks(q="тағы")).status_code == 303
    await reader.sends()
    assert len(reader.office.received) == MOST_ASKED
    assert [row.outcome for row in await reader.letters()].count(ServiceLetterOutcome.WITHHELD) == 1


@pytest.mark.parametrize("address", ["", "no address", "a@b"])
async def test_a_wrong_address_is_told_and_stays(reader: Reader, address: str) -> None:
    told = await reader.asks(address, q="сөз")
    assert told.status_code == 422
    assert "сөз" in words(told)
    assert await reader.subscriptions() == []


async def test_a_worker_that_dies_under_way_sends_the_same_letter_once_more(reader: Reader) -> None:
    await reader.asks()
    async with reader.story.sessions() as session:
        assert await take_up(session, ServiceLetterRow, reader.now) is not None
    assert not await reader.post.send_next(), "somebody has it"
    reader.waits(seconds=UNDER_WAY.total_seconds())
    await reader.sends()
    (letter,), (row,) = reader.office.received, await reader.letters()
    assert letter["message-id"] == f"<service.{row.id}@example.kz>"


async def test_letters_that_come_back_end_alerts(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    """A refusal counts as a report does; three in a row are the end, and no log names the address."""
    await reader.subscribes()
    await published(reader.story)
    with caplog.at_level(logging.INFO):
        await reader.is_at_work()
        await look(reader.story.sessions, reader.now)
        reader.office.recipient_answers = ["550 5.1.1 no such mailbox"]
        await reader.sends()
    (row,) = await reader.subscriptions()
    assert row.failures == 1
    assert not any(MAILBOX.lower() in each.getMessage().lower() for each in caplog.records)
    await leaves_again(reader, 2)
    await comes_back(reader)
    (row,) = await reader.subscriptions()
    assert row.failures == 2, "a letter is counted once"
    await leaves_again(reader, 3)
    await comes_back(reader)
    assert (await reader.subscriptions(), await reader.letters()) == ([], [])
    async with reader.story.sessions() as session:
        assert (await session.exec(select(ReceivedMailRow))).all() == [], "the report quotes the address"


async def leaves_again(reader: Reader, letter: int) -> None:
    """One more letter of the same subscription."""
    (row,) = await reader.subscriptions()
    made = letter_made(ServiceLetterKind.REPORTS_PUBLISHED, row.id, reader.now, (f"{reader.story.number}/1",))
    made.made_on += timedelta(days=letter)
    async with reader.story.sessions.begin() as session:
        session.add(made)
    await reader.sends()


async def comes_back(reader: Reader) -> None:
    """A mail server's report about the last letter, twice."""
    mail = ReceivedMail(reader.story.sessions, SECRETS)
    for _ in range(2):
        await mail.keep(REPORT.message, "", (reader.office.senders[-1],))


def test_a_letter_is_named_by_its_envelope_in_any_case() -> None:
    letter = "0123456789abcdef" * 2
    address = sender_of(letter, SETTINGS)
    assert len(address.partition("@")[0]) <= 64
    assert letter_returned_to(SECRETS, address.upper()) == letter
    assert letter_returned_to(("another secret",), address) is None


async def test_a_subscription_waits_no_longer_than_its_term(reader: Reader) -> None:
    """Asked again, the term begins anew, for one row."""
    await reader.asks()
    reader.waits(hours=24)
    await reader.asks(MAILBOX.lower())
    (row,) = await reader.subscriptions()
    assert row.confirm_before - reader.now == timedelta(hours=48)

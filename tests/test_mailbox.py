"""The mail server that tests and the demo read letters from."""

import asyncio
import errno
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import httpx
import pytest

from local.mailbox import Mailbox, store
from local.mailbox.view import create_view

MEMBER = "member@example.kz"
OTHER = "other@example.kz"


def letter(subject: str = "Шақыру", *, message_id: str = "<one@example.kz>") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "monitoring@example.kz"
    message["To"] = MEMBER
    message["Subject"] = subject
    message["Message-ID"] = message_id
    message.set_content("Сізді жұмыс тобына шақырамыз.")
    message.add_alternative("<p>Сізді <b>жұмыс тобына</b> шақырамыз.</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="анықтама.pdf")
    return message


async def send(mailbox: Mailbox, message: EmailMessage, *to: str, seconds: float = 5.0) -> None:
    host, _, port = mailbox.smtp_url.removeprefix("smtp://").partition(":")
    await aiosmtplib.send(message, hostname=host, port=int(port), recipients=list(to), timeout=seconds)


def browser(mailbox: Mailbox) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_view(mailbox.store))
    return httpx.AsyncClient(transport=transport, base_url="http://mailbox")


async def test_a_letter_can_be_read_in_every_form(mailbox: Mailbox) -> None:
    await send(mailbox, letter(), MEMBER)
    async with browser(mailbox) as page:
        [summary] = (await page.get("/messages", params={"to": MEMBER.upper()})).json()
        assert (summary["subject"], summary["recipients"]) == ("Шақыру", [MEMBER])
        opened = (await page.get(f"/messages/{summary['id']}")).json()
        assert opened["text"].strip() == "Сізді жұмыс тобына шақырамыз."
        assert "<b>жұмыс тобына</b>" in opened["html"]
        [attached] = opened["attachments"]
        assert attached["name"] == "анықтама.pdf"
        file = await page.get(f"/letters/{summary['id']}/attachments/{attached['number']}")
        assert file.content == b"%PDF-1.7"
        assert file.headers["content-disposition"].startswith("attachment")
        assert (await page.get("/messages", params={"to": OTHER})).json() == []
        assert "Шақыру" in (await page.get("/")).text
        assert "анықтама.pdf" in (await page.get(f"/letters/{summary['id']}")).text


async def test_html_of_a_letter_runs_no_scripts(mailbox: Mailbox) -> None:
    await send(mailbox, letter(), MEMBER)
    [stored] = mailbox.store.letters()
    async with browser(mailbox) as page:
        policy = (await page.get(f"/letters/{stored.id}/html")).headers["content-security-policy"]
    assert policy.startswith("sandbox")
    assert "allow-scripts" not in policy


async def test_a_subject_is_text_not_markup(mailbox: Mailbox) -> None:
    await send(mailbox, letter("<script>alert(1)</script>"), MEMBER)
    async with browser(mailbox) as page:
        assert "<script>" not in (await page.get("/")).text


@pytest.mark.parametrize("path", ["/messages/7-7", "/letters/..%2Fsecret", "/letters/1-0/attachments/0"])
async def test_an_unknown_letter_is_not_found(mailbox: Mailbox, path: str) -> None:
    async with browser(mailbox) as page:
        assert (await page.get(path)).status_code == httpx.codes.NOT_FOUND


async def test_a_letter_sent_twice_stays_two_letters_newest_first(mailbox: Mailbox) -> None:
    await send(mailbox, letter("first"), MEMBER)
    await send(mailbox, letter("second"), MEMBER)
    letters = await mailbox.wait_for(MEMBER, count=2)
    assert [(one.subject, one.message_id) for one in letters] == [
        ("second", "<one@example.kz>"),
        ("first", "<one@example.kz>"),
    ]


@pytest.mark.parametrize(("reply", "code"), [("451 4.7.1 later", 451), ("550 5.1.1 nobody here", 550)])
async def test_one_address_can_be_refused(mailbox: Mailbox, reply: str, code: int) -> None:
    mailbox.faults.refuse(MEMBER, reply)
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refusal:
        await send(mailbox, letter(), MEMBER)
    assert [recipient.code for recipient in refusal.value.recipients] == [code]
    await send(mailbox, letter(), OTHER)
    assert [one.recipients for one in mailbox.store.letters()] == [[OTHER]]


async def test_everything_can_be_refused_and_welcomed_again(mailbox: Mailbox) -> None:
    mailbox.faults.refuse_all = "421 4.3.2 closed for maintenance"
    with pytest.raises(aiosmtplib.SMTPException):
        await send(mailbox, letter(), MEMBER)
    mailbox.faults.clear()
    await send(mailbox, letter(), MEMBER)
    assert len(mailbox.store.letters()) == 1


async def test_content_can_be_refused(mailbox: Mailbox) -> None:
    mailbox.faults.refuse_content = "554 5.7.1 looks like spam"
    with pytest.raises(aiosmtplib.SMTPDataError, match="spam"):
        await send(mailbox, letter(), MEMBER)
    assert mailbox.store.letters() == []


async def test_a_server_without_room_takes_nothing_and_asks_to_come_again(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_is_full(path: Path, content: bytes) -> None:
        if path.suffix == ".json":
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(content)

    with monkeypatch.context() as bad_day:
        bad_day.setattr(store, "_keep", disk_is_full)
        with pytest.raises(aiosmtplib.SMTPDataError, match="no room") as refused:
            await send(mailbox, letter(), MEMBER)
    assert refused.value.code == 452
    await send(mailbox, letter(), MEMBER)
    assert len(mailbox.store.letters()) == 1


async def test_a_stalled_server_costs_the_sender_its_own_time_out(mailbox: Mailbox) -> None:
    mailbox.faults.stall()
    with pytest.raises(aiosmtplib.SMTPTimeoutError):
        await send(mailbox, letter(), MEMBER, seconds=0.3)
    mailbox.faults.clear()
    await send(mailbox, letter(), MEMBER)
    assert len(mailbox.store.letters()) == 1


async def test_a_lost_answer_leaves_the_letter_delivered_and_the_sender_in_doubt(mailbox: Mailbox) -> None:
    mailbox.faults.lose_answers = 1
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(mailbox, letter(), MEMBER)
    await send(mailbox, letter(), MEMBER)
    assert len(mailbox.store.letters(MEMBER)) == 2


async def test_a_stopped_server_comes_back_on_its_port_with_its_letters(mailbox: Mailbox) -> None:
    await send(mailbox, letter(), MEMBER)
    await mailbox.stop()
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await send(mailbox, letter(), MEMBER)
    await mailbox.start()
    await send(mailbox, letter(), MEMBER)
    assert len(mailbox.store.letters()) == 2


async def test_waiting_for_letters_ends(mailbox: Mailbox) -> None:
    waiting = asyncio.create_task(mailbox.wait_for(MEMBER, seconds=5))
    await send(mailbox, letter(), MEMBER)
    assert len(await waiting) == 1
    with pytest.raises(TimeoutError):
        await mailbox.wait_for(OTHER, seconds=0.1)

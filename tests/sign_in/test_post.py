"""The post of sign-in letters: no letter that was asked for is lost, and none is sent for ever."""

import logging
from datetime import timedelta

import pytest

from activities.letters.smtp import SmtpClient
from activities.service_letters.queue import UNDER_WAY, take_up
from activities.sign_in.post import SignInPost
from models.tables.sign_ins import SignInLetterRow
from models.vocabulary.sign_in import SignInLetterOutcome
from tests.sign_in.conftest import SETTINGS, Desk

HEAD = "p08@example.kz"


async def outcomes(desk: Desk) -> list[tuple[str, int, str]]:
    return [(row.outcome, row.tries, row.code) for row in await desk.letters()]


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the product's own log says."""
    return [record.getMessage() for record in caplog.records if record.name.startswith("activities")]


async def test_a_letter_that_the_mail_server_puts_off_is_tried_again_under_one_message_id(desk: Desk) -> None:
    """A copy is known by its Message-ID, whichever try it is of."""
    desk.office.data_answers = ["451 4.3.0 later", "451 4.3.0 later"]
    await desk.asks(HEAD)
    await desk.sends()
    assert await outcomes(desk) == [(SignInLetterOutcome.WAITS, 1, "451")]
    assert not await desk.post.send_next(), "not before its pause is over"
    desk.waits(seconds=5)
    await desk.sends()
    desk.waits(seconds=15)
    await desk.sends()
    assert await outcomes(desk) == [(SignInLetterOutcome.SENT, 3, "250")]
    (letter,) = desk.office.received
    row = (await desk.letters())[0]
    assert letter["message-id"] == f"<sign-in.{row.id}@example.kz>"
    assert (await desk.browser.post(desk.link_in(letter))).status_code == 303


async def test_a_worker_that_dies_under_way_loses_nothing(desk: Desk) -> None:
    await desk.asks(HEAD)
    async with desk.story.sessions() as session:
        assert await take_up(session, SignInLetterRow, desk.now) is not None
    assert not await desk.post.send_next(), "somebody has it"
    desk.waits(seconds=UNDER_WAY.total_seconds())
    await desk.sends()
    assert await outcomes(desk) == [(SignInLetterOutcome.SENT, 2, "250")]
    assert len(desk.office.received) == 1


async def test_two_workers_send_each_letter_once(desk: Desk, smtp: SmtpClient) -> None:
    other = SignInPost(desk.story.sessions, SETTINGS, smtp, lambda: desk.now)
    for number in range(8, 14):
        await desk.asks(f"p{number:02}@example.kz")
    while await desk.post.send_next() or await other.send_next():
        pass
    assert len(desk.office.received) == len({letter["to"] for letter in desk.office.received}) == 6


async def test_one_use_is_enough_for_all_links_of_a_letter(desk: Desk) -> None:
    """The answer to the first try was lost: two copies arrived, with a link each."""
    link = await desk.link_of(HEAD)
    await desk.changes("UPDATE sign_in_letters SET outcome = 'waits', address = 'p08@example.kz'")
    desk.waits(seconds=UNDER_WAY.total_seconds())
    await desk.sends()
    other = desk.link_in(desk.office.received[-1])
    assert other != link
    assert (await desk.browser.post(other)).status_code == 303
    desk.browser.cookies.clear()  # whoever is in already is led on
    assert (await desk.browser.post(link)).status_code == 410


async def test_a_letter_is_given_up_when_nobody_waits_for_it_any_more(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told, without the address; a letter that comes later would only frighten."""
    await desk.office.close()
    await desk.asks(HEAD)
    asked = desk.now
    with caplog.at_level(logging.INFO):
        while desk.now - asked < timedelta(minutes=20):
            await desk.sends()
            desk.waits(seconds=30)
    assert [outcome for outcome, _, _ in await outcomes(desk)] == [SignInLetterOutcome.GIVEN_UP]
    assert "given_up" in told(caplog)[-1]
    assert not any(HEAD in each for each in told(caplog))
    assert (await desk.letters())[0].address == ""
    await desk.office.open()


async def test_an_address_that_is_refused_for_good_is_not_tried_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.office.recipient_answers = ["550 5.1.1 no such mailbox p08@example.kz"]
    await desk.asks(HEAD)
    with caplog.at_level(logging.INFO):
        await desk.sends()
    assert await outcomes(desk) == [(SignInLetterOutcome.REFUSED, 1, "550")]
    assert told(caplog)[-1].endswith("refused: 550")
    assert not any(HEAD in each for each in told(caplog))

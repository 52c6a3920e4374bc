"""Connections are kept open between letters, and given up where the server wants it so: no letter is late."""

import asyncio

import pytest
from pydantic import SecretStr

from activities.letters.handover import Handover
from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from models.letters.post import DeliveryOutcome
from tests.letters.post_office import PostOffice
from tests.waiting import eventually

MESSAGE = b"Subject: x\r\n\r\ny\r\n"
ACCEPTED, DEFERRED = DeliveryOutcome.ACCEPTED, DeliveryOutcome.DEFERRED


def client_of(mailbox: Mailbox, connections: int = 1, idle_seconds: float = 60.0) -> SmtpClient:
    return SmtpClient(SecretStr(mailbox.smtp_url), 20.0, connections=connections, idle_seconds=idle_seconds)


async def sent(client: SmtpClient, to: str = "to@example.kz") -> Handover:
    async with client.turn(60) as connection:
        return await connection.send("from@example.kz", to, MESSAGE)


async def test_a_server_that_takes_so_many_letters_a_connection_gets_a_fresh_one(mailbox: Mailbox) -> None:
    mailbox.faults.letters_per_connection = 3
    async with client_of(mailbox) as client:
        verdicts = [await sent(client) for _ in range(10)]
    assert {verdict.outcome for verdict in verdicts} == {ACCEPTED}
    assert len(mailbox.store.letters()) == 10
    assert mailbox.connections == 4


async def test_a_server_that_takes_few_connections_gets_as_many(mailbox: Mailbox) -> None:
    mailbox.faults.connections = 2
    mailbox.faults.slow_seconds = 0.02
    async with client_of(mailbox, connections=4) as client:
        verdicts = await asyncio.gather(*(sent(client) for _ in range(12)))
        assert mailbox.open_connections == 2
    assert {verdict.outcome for verdict in verdicts} == {ACCEPTED}
    assert len(mailbox.store.letters()) == 12


async def test_a_connection_that_was_cut_between_letters_is_opened_anew(mailbox: Mailbox) -> None:
    async with client_of(mailbox) as client:
        assert (await sent(client)).outcome is ACCEPTED
        mailbox.drop_connections()
        assert (await sent(client)).outcome is ACCEPTED
    assert mailbox.connections == 2


async def test_what_stands_idle_is_closed_and_opened_again(mailbox: Mailbox) -> None:
    async with client_of(mailbox, connections=2, idle_seconds=0.05) as client:
        await asyncio.gather(sent(client), sent(client))

        async def nobody_speaks() -> bool:
            return mailbox.open_connections == 0

        await eventually(nobody_speaks, "idle connections are closed")
        assert (await sent(client)).outcome is ACCEPTED


async def test_a_refused_recipient_leaves_the_connection_as_it_was(mailbox: Mailbox) -> None:
    mailbox.faults.refuse("nobody@example.kz")
    mailbox.faults.refuse("full@example.kz", "452 4.2.2 mailbox full")
    async with client_of(mailbox) as client:
        verdicts = [
            (await sent(client, to)).outcome
            for to in ("to@example.kz", "nobody@example.kz", "full@example.kz", "to@example.kz")
        ]
    assert verdicts == [ACCEPTED, DeliveryOutcome.REJECTED, DEFERRED, ACCEPTED]
    assert mailbox.connections == 1


@pytest.mark.parametrize("stage", ["mail_answers", "recipient_answers"])
async def test_a_connection_in_use_that_says_421_is_given_up_for_a_fresh_one(
    smtp: SmtpClient, post_office: PostOffice, stage: str
) -> None:
    assert (await sent(smtp)).outcome is ACCEPTED
    setattr(post_office, stage, ["421 4.7.0 too much for one connection"])
    assert (await sent(smtp)).outcome is ACCEPTED
    assert (len(post_office.received), post_office.connections) == (2, 2)


@pytest.mark.parametrize("stage", ["mail_answers", "recipient_answers"])
async def test_a_fresh_connection_that_says_421_means_later(
    smtp: SmtpClient, post_office: PostOffice, stage: str
) -> None:
    setattr(post_office, stage, ["421 4.3.2 going down", "421 4.3.2 going down"])
    verdict = await sent(smtp)
    assert (verdict.outcome, verdict.code) == (DEFERRED, 421)
    setattr(post_office, stage, [])
    assert (await sent(smtp)).outcome is ACCEPTED


async def test_a_fresh_connection_is_tried_once(smtp: SmtpClient, post_office: PostOffice) -> None:
    assert (await sent(smtp)).outcome is ACCEPTED
    post_office.mail_answers = ["421 4.7.0 no"] * 5
    assert (await sent(smtp)).outcome is DEFERRED
    assert len(post_office.mail_answers) == 3
    assert smtp.pace.rate < 10


async def test_421_after_the_message_is_a_refusal_and_nothing_is_sent_again(
    smtp: SmtpClient, post_office: PostOffice
) -> None:
    """The server had the message: whoever sends it anew at once may send it twice."""
    assert (await sent(smtp)).outcome is ACCEPTED
    post_office.data_answers = ["421 4.3.0 going down"]
    verdict = await sent(smtp)
    assert (verdict.outcome, verdict.code) == (DEFERRED, 421)
    assert len(post_office.received) == 1
    assert (await sent(smtp)).outcome is ACCEPTED

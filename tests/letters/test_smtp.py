"""The mail client against a real server: its address, its connections, its verdicts."""

import asyncio

import pytest
from pydantic import SecretStr

from activities.bounds.within import within
from activities.letters.smtp import NotItsTurn, SmtpClient
from activities.letters.smtp_address import SmtpScheme, smtp_address
from models.letters.post import DeliveryOutcome
from tests.letters.post_office import PostOffice
from tests.waiting import eventually

MESSAGE = b"Subject: x\r\n\r\ny\r\n"


async def sent(client: SmtpClient) -> DeliveryOutcome:
    async with client.turn(60) as connection:
        return (await connection.send("from@example.kz", "to@example.kz", MESSAGE)).outcome


@pytest.mark.parametrize(
    ("url", "scheme", "host", "port"),
    [
        ("smtp://mail.example.kz", SmtpScheme.PLAIN, "mail.example.kz", 25),
        ("smtp://mail.example.kz:1025", SmtpScheme.PLAIN, "mail.example.kz", 1025),
        ("smtps://mail.example.kz", SmtpScheme.TLS, "mail.example.kz", 465),
        ("smtp+starttls://u%40example.kz:p%2Fw@mail.example.kz", SmtpScheme.STARTTLS, "mail.example.kz", 587),
    ],
)
def test_an_address_is_read(url: str, scheme: SmtpScheme, host: str, port: int) -> None:
    address = smtp_address(SecretStr(url))
    assert (address.scheme, address.host, address.port) == (scheme, host, port)


def test_user_and_password_are_unquoted() -> None:
    address = smtp_address(SecretStr("smtp+starttls://u%40example.kz:p%2Fw@mail.example.kz"))
    assert address.user == "u@example.kz"
    assert address.password is not None
    assert address.password.get_secret_value() == "p/w"


@pytest.mark.parametrize("url", ["http://u:secret@mail.example.kz", "smtp://", "mail.example.kz"])
def test_a_bad_address_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL is not") as refused:
        smtp_address(SecretStr(url))
    assert "secret" not in str(refused.value)


async def test_many_messages_share_one_connection(smtp: SmtpClient, post_office: PostOffice) -> None:
    outcomes = await asyncio.gather(*(sent(smtp) for _ in range(20)))
    assert set(outcomes) == {DeliveryOutcome.ACCEPTED}
    assert len(post_office.received) == 20
    assert post_office.connections == 1


async def test_as_many_messages_are_handed_over_at_once_as_there_are_connections(
    post_office: PostOffice,
) -> None:
    post_office.stalled = True
    async with SmtpClient(SecretStr(post_office.url), timeout_seconds=60.0, connections=3) as client:
        under_way = [asyncio.create_task(sent(client)) for _ in range(3)]

        async def all_stand_at_once() -> bool:
            return post_office.standing == 3

        await eventually(all_stand_at_once, "three messages are under way")
        with pytest.raises(NotItsTurn):
            async with client.turn(0.2):
                raise AssertionError("there is no fourth connection")
        for message in under_way:
            message.cancel()
        await asyncio.wait(under_way)
        post_office.stalled = False
        outcomes = await asyncio.gather(*(sent(client) for _ in range(9)))
    assert set(outcomes) == {DeliveryOutcome.ACCEPTED}
    assert len(post_office.received) == 9


async def test_a_refused_message_does_not_spoil_the_next(smtp: SmtpClient, post_office: PostOffice) -> None:
    post_office.data_answers = ["554 5.7.1 looks like spam"]
    assert [await sent(smtp), await sent(smtp)] == [DeliveryOutcome.REJECTED, DeliveryOutcome.ACCEPTED]
    assert post_office.connections == 1


async def test_a_cancelled_message_does_not_lend_its_answer_to_the_next(
    smtp: SmtpClient, post_office: PostOffice
) -> None:
    assert await sent(smtp) is DeliveryOutcome.ACCEPTED
    post_office.stalled = True
    under_way = asyncio.create_task(sent(smtp))
    await within(60, post_office.reached_data.wait(), "the message is under way")
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    post_office.stalled = False
    post_office.data_answers = ["554 5.7.1 no"]
    assert await sent(smtp) is DeliveryOutcome.REJECTED


async def test_a_login_that_fails_is_our_fault(post_office: PostOffice) -> None:
    url = post_office.url.replace("smtp://", "smtp://user:wrong@")
    async with SmtpClient(SecretStr(url), timeout_seconds=2.0) as client:
        assert await sent(client) is DeliveryOutcome.DEFERRED
    assert post_office.received == []


async def test_an_address_the_server_cannot_read_is_refused_for_good(
    smtp: SmtpClient, post_office: PostOffice
) -> None:
    post_office.any_alphabet = False
    async with smtp.turn(60) as connection:
        verdict = await connection.send("from@example.kz", "сарапшы@example.kz", MESSAGE)
    assert (verdict.outcome, verdict.code) == (DeliveryOutcome.REJECTED, 553)
    assert await sent(smtp) is DeliveryOutcome.ACCEPTED

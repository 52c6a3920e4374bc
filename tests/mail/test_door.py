"""The door over a real socket and a real database: mail is kept whole, sorted, and only then answered."""

import asyncio
import logging
import smtplib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlmodel import col, select

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.mail.door import DoorAddress, DoorScheme, door_address, open_door
from activities.mail.keeping import ReceivedMail
from models.mail.sorts import Sort, SortedMail
from models.tables.received_mail import ReceivedMailRow
from tests.models.mail.corpus.every import CORPUS
from tests.models.mail.corpus.ground import BOUNCE, CLERK, DOMAIN, REPLY, SECRETS, written

NOW = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)
BY_NAME = {each.name: each for each in CORPUS}
LIMIT = 200_000
ANSWER = BY_NAME["an answer, kk"]
REPORT = BY_NAME["postfix, a Cyrillic mailbox in two spellings in one block"]

Talk = Callable[[smtplib.SMTP], object]


@pytest_asyncio.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    engine = engine_for(database_url)
    yield sessions_for(engine)
    await engine.dispose()


@asynccontextmanager
async def opened(mail: ReceivedMail, scheme: DoorScheme = DoorScheme.LMTP) -> AsyncIterator[int]:
    server = await open_door(mail, DOMAIN, DoorAddress(scheme=scheme, host="127.0.0.1", port=0), LIMIT)
    yield server.sockets[0].getsockname()[1]
    server.close()


def says(port: int, talk: Talk, client: type[smtplib.SMTP] = smtplib.LMTP) -> object:
    """What a mail server says at the door, and hears."""
    with client("127.0.0.1", port, local_hostname="mx.example.kz") as server:
        return talk(server)


async def tells(port: int, talk: Talk, client: type[smtplib.SMTP] = smtplib.LMTP) -> object:
    return await asyncio.to_thread(says, port, talk, client)


def hands_over(sender: str, recipient: str, message: bytes) -> Talk:
    return lambda server: server.sendmail(sender, [recipient], message, ["SMTPUTF8", "BODY=8BITMIME"])


async def kept(sessions: Sessions) -> list[ReceivedMailRow]:
    async with sessions() as session:
        return list((await session.exec(select(ReceivedMailRow).order_by(col(ReceivedMailRow.id)))).all())


def received(sessions: Sessions, most_a_day: int = 100) -> ReceivedMail:
    return ReceivedMail(sessions, SECRETS, lambda: NOW, most_a_day)


@pytest.mark.parametrize(
    ("scheme", "client"), [(DoorScheme.LMTP, smtplib.LMTP), (DoorScheme.SMTP, smtplib.SMTP)]
)
async def test_mail_is_kept_whole_and_sorted_before_it_is_acknowledged(
    sessions: Sessions, scheme: DoorScheme, client: type[smtplib.SMTP]
) -> None:
    async with opened(received(sessions), scheme) as port:
        for each in (ANSWER, REPORT):
            await tells(port, hands_over(each.envelope.sender, each.envelope.recipient, each.message), client)
    answer, report = await kept(sessions)
    assert (answer.content, report.content) == (ANSWER.message, REPORT.message)
    assert (answer.sort, report.sort) == (Sort.ANSWER, Sort.BOUNCE)
    assert (answer.sender, report.sender) == (CLERK, "")
    assert (answer.number, answer.letter, answer.attempt) == ("2026-SARY-0001", "L42-0", 1)
    assert SortedMail.model_validate(report.seen).reports[0].mailbox == "кеңсе@әкімдік.example.kz"


async def test_no_log_tells_who_wrote_or_what(sessions: Sessions, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with opened(received(sessions)) as port:
        await tells(port, hands_over(CLERK, REPLY, ANSWER.message))
    assert len(await kept(sessions)) == 1
    own = [each.getMessage() for each in caplog.records if each.name.startswith("mail")]
    assert [each for each in own if CLERK in each or REPLY in each or "Subject" in each] == []


async def test_a_cyrillic_sender_is_taken(sessions: Sessions) -> None:
    cyrillic = BY_NAME["from a Cyrillic mailbox"]
    async with opened(received(sessions)) as port:
        await tells(port, hands_over(cyrillic.envelope.sender, REPLY, cyrillic.message))
    [row] = await kept(sessions)
    assert (row.sender, row.sort) == ("кеңсе@әкімдік.example.kz", Sort.ANSWER)


async def test_the_same_message_again_is_kept_once(sessions: Sessions) -> None:
    async with opened(received(sessions)) as port:
        for _ in range(2):
            await tells(port, hands_over(CLERK, REPLY, ANSWER.message))
    assert len(await kept(sessions)) == 1


async def test_lmtp_answers_for_each_recipient(sessions: Sessions) -> None:
    def talk(server: smtplib.SMTP) -> list[bytes]:
        server.ehlo_or_helo_if_needed()
        server.mail("")
        for recipient in (BOUNCE, f"post@{DOMAIN}"):
            server.rcpt(recipient)
        server.putcmd("data")
        server.getreply()
        server.send(b"From: x@example.kz\r\n\r\nx\r\n.\r\n")
        return [server.getreply()[1] for _ in range(2)]

    async with opened(received(sessions)) as port:
        assert await tells(port, talk) == [b"2.0.0 kept", b"2.0.0 kept"]
    assert [row.recipient for row in await kept(sessions)] == [BOUNCE, f"post@{DOMAIN}"]


async def test_mail_for_another_domain_is_not_taken(sessions: Sessions) -> None:
    async with opened(received(sessions)) as port:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            await tells(port, hands_over(CLERK, "somebody@example.kz", ANSWER.message))
    [(code, _)] = refused.value.recipients.values()
    assert code == 550
    assert await kept(sessions) == []


async def test_a_message_over_the_limit_is_refused_and_one_under_it_with_long_lines_is_not(
    sessions: Sessions,
) -> None:
    async with opened(received(sessions)) as port:
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            await tells(port, hands_over(CLERK, REPLY, written("х" * LIMIT).encode()))
        await tells(port, hands_over(CLERK, REPLY, written("Ұсынымдар қабылданды. " * 1_000).encode()))
    assert refused.value.smtp_code == 552
    [row] = await kept(sessions)
    assert row.sort == Sort.ANSWER


async def test_a_loop_waits_at_its_server(sessions: Sessions) -> None:
    mail = received(sessions, most_a_day=2)
    async with opened(mail) as port:
        for each in range(2):
            await tells(port, hands_over("", BOUNCE, ANSWER.message + str(each).encode()))
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            await tells(port, hands_over("", BOUNCE, ANSWER.message))
        await tells(port, hands_over("", f"post@{DOMAIN}", ANSWER.message))
    assert [code for code, _ in refused.value.recipients.values()] == [452]
    later = ReceivedMail(sessions, SECRETS, lambda: NOW + timedelta(days=2), most_a_day=2)
    assert not await later.is_too_much(BOUNCE)


async def test_what_cannot_be_kept_is_asked_for_again(sessions: Sessions) -> None:
    nowhere = engine_for("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    async with opened(ReceivedMail(sessions_for(nowhere), SECRETS, lambda: NOW)) as port:
        with pytest.raises(smtplib.SMTPDataError) as deferred:
            await tells(port, hands_over(CLERK, f"post@{DOMAIN}", ANSWER.message))
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            await tells(port, hands_over(CLERK, REPLY, ANSWER.message))
    assert deferred.value.smtp_code == 451
    assert [code for code, _ in refused.value.recipients.values()] == [451]
    async with opened(received(sessions)) as port:
        await tells(port, hands_over(CLERK, REPLY, ANSWER.message))
    assert len(await kept(sessions)) == 1
    await nowhere.dispose()


async def test_every_message_of_the_corpus_can_be_kept(sessions: Sessions) -> None:
    mail = received(sessions, most_a_day=1_000)
    small = [each for each in CORPUS if len(each.message) < LIMIT]
    for each in small:
        await mail.keep(each.message, each.envelope.sender, (each.envelope.recipient,))
    assert {row.sort for row in await kept(sessions)} == set(Sort)


def test_where_the_door_is_says_how_it_is_spoken_there() -> None:
    assert door_address("lmtp://127.0.0.1:8024") == DoorAddress(
        scheme=DoorScheme.LMTP, host="127.0.0.1", port=8024
    )
    for wrong in ("http://127.0.0.1:80", "lmtp://127.0.0.1", "lmtp://:8024", "nothing"):
        with pytest.raises(ValueError, match="MAIL_DOOR"):
            door_address(wrong)

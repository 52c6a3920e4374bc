"""What is kept of a letter: the message as it was sent, and nowhere the token of its link."""

import base64
import hashlib
import logging
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

import pytest
from sqlalchemy import text as sql
from sqlmodel import SQLModel, select

from activities.letters.enclosures import EncodedDocuments
from activities.letters.handover import Handover
from activities.letters.kept import kept_letter
from activities.letters.minting import was_given_out
from activities.letters.smtp_connection import SmtpConnection
from models.letters.kept_copy import LinkLeft, holds_link, kept_copy
from models.letters.links import Link, mint, verify
from models.tables.kept_letters import KeptLetterRow
from models.tables.links import MintedLinkRow
from models.vocabulary.letters import LetterKind, Purpose
from tests.letters.causes import OF_MONITORINGS, PURPOSES, order
from tests.letters.conftest import SETTINGS, Bench
from tests.letters.ground import NUMBER
from tests.letters.post_office import part

INVITATION = order(LetterKind.INVITATION)
LINK = Link(number=NUMBER, letter="L10-0", purpose=Purpose.ANSWER_INVITATION, key="a key of these tests")
TOKEN = mint("a secret", LINK)


class Copier:
    """Stands between the post office and the letters: has every message as it was sent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.messages: list[bytes] = []
        hand_over = SmtpConnection.send

        async def send(on: SmtpConnection, sender: str, recipient: str, message: bytes) -> Handover:
            self.messages.append(message)
            return await hand_over(on, sender, recipient, message)

        monkeypatch.setattr(SmtpConnection, "send", send)


@pytest.fixture
def copier(monkeypatch: pytest.MonkeyPatch) -> Copier:
    return Copier(monkeypatch)


def token_in(message: bytes) -> str:
    words = part(message_from_bytes(message, policy=SMTP_POLICY), "text/plain")
    [link] = [line for line in words.splitlines() if "/r/" in line]
    return link.rpartition("/")[2]


def leaves(message: bytes) -> list[bytes]:
    parts = message_from_bytes(message).walk()
    return [bytes(part.get_payload(decode=True)) for part in parts if not part.is_multipart()]


def opened(token: str) -> Link:
    return verify(SETTINGS.link_secret.get_secret_value(), token, SETTINGS.link_days)


async def everything_stored(bench: Bench) -> list[str]:
    """Every cell of every table, bytes too."""
    async with bench.sessions() as session:
        connection = await session.connection()
        rows = [
            row
            for table in SQLModel.metadata.sorted_tables
            for row in (await connection.execute(sql(f"SELECT * FROM {table.name}"))).all()
        ]
    cells = (cell for row in rows for cell in row)
    return [cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for cell in cells]


@pytest.mark.parametrize("kind", OF_MONITORINGS)
async def test_every_letter_is_kept_but_for_its_token(bench: Bench, copier: Copier, kind: LetterKind) -> None:
    await bench.send(order(kind))
    [message] = copier.messages
    [proof] = await bench.deliveries()
    async with bench.sessions() as session:
        kept = (await session.exec(select(KeptLetterRow.sha256))).all()
        copy = await kept_letter(session, proof.kept_sha256 or "", EncodedDocuments())
    assert kept == [proof.kept_sha256]
    assert proof.eml_sha256 == hashlib.sha256(message).hexdigest()
    assert copy is not None
    assert copy == kept_copy(message), "whoever has the letter can make the copy anew"
    assert not holds_link(copy)
    if kind not in PURPOSES:
        assert copy == message
        return
    assert proof.eml_sha256 not in kept
    token = token_in(message)
    removed = token_in(copy)
    assert "link-removed" in removed
    assert "сілтеме-алынды" in removed
    assert [leaf.replace(token.encode(), removed.encode()) for leaf in leaves(message)] == leaves(copy)
    assert len(copy.splitlines()) == len(message.splitlines())
    read = message_from_bytes(copy, _class=EmailMessage, policy=SMTP_POLICY)
    assert [part.defects for part in read.walk()] == [[] for _ in read.walk()]
    sent = message_from_bytes(message, _class=EmailMessage, policy=SMTP_POLICY)
    assert read.items() == sent.items()


async def test_no_row_holds_what_a_link_needs(bench: Bench, copier: Copier) -> None:
    for kind in PURPOSES:
        await bench.send(order(kind))
    stored = await everything_stored(bench)
    for message in copier.messages:
        token = token_in(message)
        for secret in (token, token.rpartition(".")[2], opened(token).key):
            encoded = {base64.b64encode(secret.encode()[skip:])[:40].decode() for skip in range(3)}
            assert not [cell for cell in stored if secret in cell or any(each in cell for each in encoded)]


async def test_no_log_holds_a_link(bench: Bench, copier: Copier, caplog: pytest.LogCaptureFixture) -> None:
    """At the most talkative level, through a deferral, a lost connection and an acceptance."""
    caplog.set_level(logging.DEBUG)
    bench.post_office.data_answers = ["421 4.3.0 try later"]
    with pytest.raises(Exception, match="letter_deferred"):
        await bench.send(INVITATION)
    await bench.post_office.close()
    with pytest.raises(Exception, match="letter_deferred"):
        await bench.send(INVITATION, tried=2)
    await bench.post_office.open()
    await bench.send(INVITATION, tried=3)
    assert len(copier.messages) == 3
    assert "letter L10-0" in caplog.text
    # aiosmtpd speaks for the mail server of this test, which is the recipient's side.
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    for message in copier.messages:
        assert token_in(message) not in ours
        assert opened(token_in(message)).key not in ours


async def test_each_copy_that_may_have_left_opens_and_nothing_else_does(bench: Bench, copier: Copier) -> None:
    bench.post_office.data_answers = ["421 4.3.0 try later"]
    with pytest.raises(Exception, match="letter_deferred"):
        await bench.send(INVITATION)
    await bench.send(INVITATION, tried=2)
    await bench.send(order(LetterKind.INVITATION, attempt=2))
    links = [opened(token_in(message)) for message in copier.messages]
    assert len({link.key for link in links}) == len(links) == 3
    made_up = links[0].model_copy(update={"key": "x" * 32})
    of_another = links[0].model_copy(update={"letter": "L11-0"})
    as_before = links[0].model_copy(update={"key": ""})
    async with bench.sessions() as session:
        assert [await was_given_out(session, link) for link in links] == [True, True, True]
        for link in (made_up, of_another, as_before):
            assert not await was_given_out(session, link)
        assert await was_given_out(session, as_before.model_copy(update={"letter": "L11-0"})), (
            "letters sent before links had keys go on working"
        )
        rows = (await session.exec(select(MintedLinkRow))).all()
    assert {row.key_sha256 for row in rows} == {link.key_sha256 for link in links}


async def test_a_link_works_before_its_letter_can_arrive(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is asked to take a letter may have taken it, whatever becomes of us then."""

    async def dies(on: SmtpConnection, sender: str, recipient: str, message: bytes) -> Handover:
        raise RuntimeError(token_in(message))

    monkeypatch.setattr(SmtpConnection, "send", dies)
    with pytest.raises(Exception, match="letter_fault") as raised:
        await bench.send(INVITATION)
    assert "/r/" not in repr(raised.value)
    async with bench.sessions() as session:
        assert len((await session.exec(select(MintedLinkRow))).all()) == 1


async def test_two_tries_of_a_letter_are_laid_out_alike(bench: Bench, copier: Copier) -> None:
    bench.post_office.data_answers = ["421 4.3.0 try later"]
    with pytest.raises(Exception, match="letter_deferred"):
        await bench.send(INVITATION)
    await bench.send(INVITATION, tried=2)
    first, second = copier.messages
    assert first != second
    assert kept_copy(first) == kept_copy(second)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_token_is_cut_out_of_any_encoding_or_the_message_is_refused(encoding: str) -> None:
    message = EmailMessage(policy=SMTP_POLICY)
    message["Message-ID"] = "<m@example.kz>"
    message.set_content(f"Сілтеме:\nhttps://example.kz/r/{TOKEN}\n", cte=encoding)
    assert holds_link(message.as_bytes())
    if encoding == "quoted-printable":  # broken over lines: there is no cutting in place
        with pytest.raises(LinkLeft):
            kept_copy(message.as_bytes())
        return
    copy = kept_copy(message.as_bytes())
    assert not holds_link(copy)
    assert len(copy) == len(message.as_bytes())


def test_a_token_in_a_header_is_cut_out_too() -> None:
    message = (
        f"Message-ID: <m@example.kz>\r\nList-Unsubscribe: <https://example.kz/r/{TOKEN}>\r\n\r\n".encode()
    )
    copy = kept_copy(message)
    assert not holds_link(copy)
    assert b"/r/link-removed___" in copy
    assert len(copy) == len(message)
    hidden = base64.b64encode(f"https://example.kz/r/{TOKEN}".encode()).decode()
    with pytest.raises(LinkLeft):
        kept_copy(f"Subject: =?utf-8?b?{hidden}?=\r\n\r\n".encode())


@pytest.mark.parametrize("break_at", [76, 60, 7])
def test_the_lines_of_a_part_stay_as_they_were_broken(break_at: int) -> None:
    content = base64.b64encode(f"Сілтеме: https://example.kz/r/{TOKEN}\n".encode() * 3).decode()
    lines = [content[at : at + break_at] for at in range(0, len(content), break_at)]
    message = ("Content-Transfer-Encoding: base64\r\n\r\n" + " \r\n".join(lines) + "\r\n").encode()
    copy = kept_copy(message)
    assert [len(line) for line in copy.split(b"\r\n")] == [len(line) for line in message.split(b"\r\n")]
    assert leaves(copy)[0].count("сілтеме-алынды".encode()) == 3
    assert not holds_link(copy)


def test_what_has_no_link_is_kept_as_it_is() -> None:
    for message in (
        b"",
        b"Subject: 1\r\n\r\n\xd0\x90\r\n",
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n",
    ):
        assert kept_copy(message) == message

"""Letters are kept without their documents, which lie beside them; put together they are what was sent."""

import hashlib
import os
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

import pytest
from sqlmodel import col, delete, func, select

from activities.letters.enclosures import EncodedDocuments
from activities.letters.handover import Handover
from activities.letters.kept import kept_letter
from activities.letters.smtp_connection import SmtpConnection
from activities.registries.lookup import NotOnRecord
from models.letters.apart import LetterApart, as_mail_writes, place_of
from models.letters.kept_copy import kept_copy
from models.letters.links import Link, mint
from models.tables.files import FileRow
from models.tables.kept_letters import KeptLetterRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import Language
from tests.keeping import kept_once, triggers_sleep
from tests.letters.causes import order
from tests.letters.conftest import Bench
from tests.letters.ground import NUMBER, pdf
from tests.letters.post_office import attachments

REPORT = order(LetterKind.REPORT_FOR_CONSIDERATION)
INVITATION = order(LetterKind.INVITATION)
LINK = Link(number=NUMBER, letter="L10-0", purpose=Purpose.ANSWER_REPORT, key="a key of these tests")


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def message(document: bytes, name: str = "Есеп.pdf") -> bytes:
    """A letter as the product lays them out, a calendar file after the document."""
    letter = EmailMessage(policy=SMTP_POLICY)
    letter["Subject"] = "Есеп"
    letter.set_content("Мәтін\n" * 40, cte="base64")
    letter.add_alternative("<p>Мәтін</p>", subtype="html", cte="base64")
    letter.add_attachment(document, maintype="application", subtype="pdf", filename=name)
    letter.add_attachment(b"BEGIN:VCALENDAR\r\n", maintype="text", subtype="calendar", filename="1.ics")
    for index, part in enumerate(part for part in letter.walk() if part.is_multipart()):
        part.set_boundary(f"=boundary-{index}=")
    return letter.as_bytes()


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 113, 114, 5_000])
def test_a_document_put_into_its_place_is_the_message_byte_for_byte(size: int) -> None:
    document = os.urandom(size)
    sha256 = sha256_of(document)
    apart = LetterApart(written=message(place_of(sha256))).without(sha256)
    assert apart.whole({sha256: as_mail_writes(document)}) == message(document)
    [enclosed] = apart.enclosed
    assert enclosed.sha256 == sha256
    assert place_of(sha256) not in apart.written


def test_a_name_that_spells_the_place_moves_nothing() -> None:
    """Whoever knows a document may write into a name what would stand in its place."""
    document = b"%PDF-1.7 the report"
    sha256 = sha256_of(document)
    name = as_mail_writes(place_of(sha256)).decode().strip()
    apart = LetterApart(written=message(place_of(sha256), name)).without(sha256)
    assert apart.whole({sha256: as_mail_writes(document)}) == message(document, name)


async def copy_of(bench: Bench, sha256: str | None) -> bytes | None:
    async with bench.sessions() as session:
        return await kept_letter(session, sha256 or "", EncodedDocuments())


async def test_a_letter_is_kept_without_its_document_and_read_with_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    hand_over = SmtpConnection.send

    async def send(on: SmtpConnection, sender: str, recipient: str, whole: bytes) -> Handover:
        sent.append(whole)
        return await hand_over(on, sender, recipient, whole)

    monkeypatch.setattr(SmtpConnection, "send", send)
    await bench.send(REPORT)
    [proof] = await bench.deliveries()
    [whole] = sent
    document = pdf("filed", Language.KK)
    assert list(attachments(bench.post_office.received[0]).values()) == [document]
    copy = await copy_of(bench, proof.kept_sha256)
    assert copy == kept_copy(whole)
    assert (proof.eml_sha256, proof.kept_sha256) == (sha256_of(whole), sha256_of(copy))
    assert as_mail_writes(document) in whole
    async with bench.sessions() as session:
        row = await session.get_one(KeptLetterRow, proof.kept_sha256)
        assert await session.get(FileRow, proof.kept_sha256) is None
    assert as_mail_writes(document) not in row.content
    assert [each["sha256"] for each in row.enclosed] == [sha256_of(document)]


async def test_a_document_is_read_and_encoded_once_for_all_its_letters(bench: Bench) -> None:
    """The second letter leaves although the file could not be read any more."""
    letters = bench.letters()
    await bench.send(REPORT, letters=letters)
    async with bench.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(delete(FileRow))
    await bench.send(order(LetterKind.REPORT_FOR_CONSIDERATION, attempt=2), letters=letters)
    first, second = bench.post_office.received
    assert attachments(first) == attachments(second)
    assert attachments(first)
    with pytest.raises(Exception, match="NotOnRecord"):
        await bench.send(order(LetterKind.REPORT_FOR_CONSIDERATION, attempt=3))


async def test_what_is_held_ready_has_a_bound(bench: Bench) -> None:
    """What was not asked for longest goes first; what is larger than all the room is not held."""
    documents = [b"%PDF-1.7 " + bytes([65 + number]) * 600 for number in range(4)]
    async with bench.sessions.begin() as session:
        for document in documents:
            await kept_once(session, file_of(document))
    first, second, third, _ = hashes = [sha256_of(document) for document in documents]
    held = EncodedDocuments(most_bytes=2 * len(as_mail_writes(documents[0])))
    async with bench.sessions() as session:
        for sha256 in (first, second, first, third):
            assert (await held.read(session, sha256)).body == as_mail_writes(documents[hashes.index(sha256)])
    async with bench.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(delete(FileRow))
    async with bench.sessions() as session:
        assert [(await held.read(session, sha256)).sha256 for sha256 in (first, third)] == [first, third]
        with pytest.raises(NotOnRecord):
            await held.read(session, second)


async def test_a_document_that_reads_like_a_link_stays_in_its_letters(bench: Bench) -> None:
    """There it is cut out, as it was before: whoever has the letter makes the copy from it alone."""
    token = mint("a secret", LINK)
    document = f"%PDF-1.7 https://example.kz/r/{token}".encode()
    async with bench.sessions.begin() as session:
        await kept_once(session, file_of(document))
        row = await session.get_one(MonitoringRow, NUMBER)
        told = pdf("filed", Language.KK)
        row.state = row.state | {"versions": named(row.state["versions"], sha256_of(told), document)}
    await bench.send(REPORT)
    [proof] = await bench.deliveries()
    assert list(attachments(bench.post_office.received[0]).values()) == [document]
    async with bench.sessions() as session:
        kept = await session.get_one(KeptLetterRow, proof.kept_sha256)
    assert kept.enclosed == []
    copy = await copy_of(bench, proof.kept_sha256)
    assert copy is not None
    assert sha256_of(copy) == proof.kept_sha256
    assert as_mail_writes(document) not in copy


async def test_letters_kept_before_are_read_as_they_are(bench: Bench) -> None:
    before = message(b"%PDF-1.7 of an earlier release")
    async with bench.sessions.begin() as session:
        await kept_once(session, file_of(before, "message/rfc822"))
    assert await copy_of(bench, sha256_of(before)) == before
    assert await copy_of(bench, "0" * 64) is None


async def test_a_letter_whose_document_is_lost_is_not_made_up(bench: Bench) -> None:
    await bench.send(REPORT)
    await bench.send(INVITATION)
    report, invitation = await bench.deliveries()
    async with bench.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(delete(FileRow))
    assert await copy_of(bench, report.kept_sha256) is None
    assert await copy_of(bench, invitation.kept_sha256) is not None


async def test_two_tries_with_one_copy_keep_it_once(bench: Bench) -> None:
    bench.post_office.data_answers = ["451 4.3.0 try later"]
    with pytest.raises(Exception, match="letter_deferred"):
        await bench.send(REPORT)
    await bench.send(REPORT, tried=2)
    assert len({proof.kept_sha256 for proof in await bench.deliveries()}) == 1
    async with bench.sessions() as session:
        assert (await session.exec(select(func.count(col(KeptLetterRow.sha256))))).one() == 1


def file_of(content: bytes, media_type: str = "application/pdf") -> FileRow:
    now = datetime.now(UTC)
    return FileRow(
        sha256=sha256_of(content), media_type=media_type, size=len(content), content=content, at=now
    )


def named(versions: object, before: str, document: bytes) -> object:
    """The versions of a state in which one document is another one."""
    match versions:
        case {"sha256": sha256, **rest} if sha256 == before:
            return rest | {"sha256": sha256_of(document), "size": len(document)}
        case dict():
            return {key: named(each, before, document) for key, each in versions.items()}
        case list():
            return [named(each, before, document) for each in versions]
        case _:
            return versions

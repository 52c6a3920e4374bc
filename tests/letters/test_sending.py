"""Sending against a real mail server and a real database: proof, retries, refusals, silence about people."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, delete
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from models.letters.post import DeliveryOutcome, LetterOutcome, LetterProof, UndeliveredReason
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.tables.content import NoteRow
from models.tables.files import FileRow
from models.tables.kept_letters import KeptLetterRow
from models.tables.people import PersonRow
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Language
from tests.counting import statements_of
from tests.keeping import triggers_sleep
from tests.letters.causes import order
from tests.letters.conftest import PAUSES, Bench
from tests.letters.ground import NUMBER, REASON, TITLES
from tests.letters.post_office import ACCEPTED

SENT = LetterProof(outcome=LetterOutcome.SENT, code="250")
INVITATION = order(LetterKind.INVITATION)
REPORT = order(LetterKind.REPORT_FOR_CONSIDERATION)


async def deferred(bench: Bench, tried: int = 1) -> ApplicationError:
    with pytest.raises(ApplicationError) as raised:
        await bench.send(INVITATION, tried)
    assert raised.value.type == "letter_deferred"
    return raised.value


async def test_a_sent_letter_leaves_proof(bench: Bench) -> None:
    assert await bench.send(INVITATION) == SENT
    [message] = bench.post_office.received
    [proof] = await bench.deliveries()
    assert proof.outcome == DeliveryOutcome.ACCEPTED.value
    assert (proof.number, proof.letter, proof.attempt, proof.smtp_code) == (NUMBER, "L10-0", 1, 250)
    assert proof.smtp_reply in ACCEPTED
    assert "4F1A2B3C" in proof.smtp_reply
    assert (proof.recipient, proof.address, proof.language) == ("expert", "expert@example.kz", "kk")
    assert proof.message_id == message["Message-ID"] == f"<{NUMBER}.L10-0.1@example.kz>"
    assert proof.subject == message["Subject"]
    async with bench.sessions() as session:
        kept = await session.get(KeptLetterRow, proof.kept_sha256)
        assert await session.get(KeptLetterRow, proof.eml_sha256) is None
        assert await session.get(FileRow, proof.eml_sha256) is None, "what was sent is proved, not kept"
    assert kept is not None
    assert hashlib.sha256(kept.content).hexdigest() == proof.kept_sha256
    assert b"Message-ID: " + proof.message_id.encode() in kept.content


async def test_the_envelope_is_that_of_an_automatic_letter(bench: Bench) -> None:
    await bench.send(INVITATION)
    await bench.send(REPORT)
    invitation, report = bench.post_office.received
    assert invitation["From"].addresses[0].addr_spec == "monitoring@example.kz"
    assert invitation["From"].addresses[0].display_name == "Аумақтық бөлімше"
    assert invitation["To"] == "expert@example.kz"
    assert invitation["Reply-To"] == "ao@example.kz"
    assert invitation["Date"].datetime == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert invitation["Auto-Submitted"] == "auto-generated"
    assert invitation["X-Auto-Response-Suppress"] == "All"
    assert invitation["References"] == invitation["In-Reply-To"] == f"<{NUMBER}@example.kz>"
    assert invitation["References"] == report["References"]
    assert invitation["Message-ID"] != report["Message-ID"]


async def test_a_letter_after_others_asks_four_times(bench: Bench) -> None:
    """What was tried, what it is about, its link, its proof: texts, bodies, the report and its content are
    known from the letters before."""
    letters = bench.letters()
    await bench.send(REPORT, letters=letters)
    with statements_of(bench.sessions) as counted:
        await bench.send(order(LetterKind.REPORT_FOR_CONSIDERATION, attempt=2), letters=letters)
    asked = [sent for sent in counted.sent if not sent.startswith(("SELECT snapshots", "SELECT deliveries"))]
    assert len(asked) == 4, "\n".join(asked)
    assert len(counted.of("snapshots")) == 1, "no content is on file here, and what is not there is asked for"


async def test_a_letter_once_accepted_is_not_sent_again(bench: Bench) -> None:
    assert await bench.send(INVITATION) == await bench.send(INVITATION, tried=2) == SENT
    assert len(bench.post_office.received) == 1
    assert len(await bench.deliveries()) == 1


async def test_a_resend_is_a_letter_of_its_own(bench: Bench) -> None:
    await bench.send(INVITATION)
    await bench.send(order(LetterKind.INVITATION, attempt=2))
    first, second = bench.post_office.received
    assert first["Message-ID"] != second["Message-ID"]
    assert [proof.attempt for proof in await bench.deliveries()] == [1, 2]


async def test_a_deferred_letter_waits_longer_each_time_and_keeps_its_name(bench: Bench) -> None:
    bench.post_office.recipient_answers = ["451 4.7.1 greylisted", "452 4.2.2 mailbox full"]
    bench.post_office.data_answers = ["421 4.3.0 try later"]
    pauses = [(await deferred(bench, tried)).next_retry_delay for tried in (1, 2, 3)]
    assert pauses == [PAUSES[0], PAUSES[1], PAUSES[1]]
    assert await bench.send(INVITATION, tried=4) == SENT
    proofs = await bench.deliveries()
    assert [(proof.outcome, proof.smtp_code) for proof in proofs] == [
        ("deferred", 451),
        ("deferred", 452),
        ("deferred", 421),
        ("accepted", 250),
    ]
    assert {proof.message_id for proof in proofs} == {f"<{NUMBER}.L10-0.1@example.kz>"}


@pytest.mark.parametrize("stage", ["recipient_answers", "data_answers"])
async def test_a_refusal_for_good_is_an_outcome(bench: Bench, stage: str) -> None:
    setattr(bench.post_office, stage, ["550 5.1.1 no such mailbox"])
    assert await bench.send(INVITATION) == LetterProof(outcome=LetterOutcome.UNDELIVERABLE, code="550")
    [proof] = await bench.deliveries()
    assert (proof.outcome, proof.smtp_code, proof.smtp_reply) == ("rejected", 550, "5.1.1 no such mailbox")
    assert await bench.send(REPORT) == SENT


async def test_a_refusal_of_ourselves_is_no_fault_of_the_recipient(bench: Bench) -> None:
    bench.post_office.mail_answers = ["550 5.7.1 sender not allowed"]
    bench.post_office.recipient_answers = ["530 5.7.0 authentication required"]
    await deferred(bench)
    await deferred(bench)
    assert [proof.outcome for proof in await bench.deliveries()] == ["deferred", "deferred"]


async def test_a_server_that_stalls_dies_and_returns_gets_the_letter(bench: Bench) -> None:
    bench.post_office.stalled = True
    await deferred(bench)
    await bench.post_office.close()
    await deferred(bench)
    bench.post_office.stalled = False
    await bench.post_office.open()
    assert await bench.send(INVITATION) == SENT
    assert [proof.smtp_code for proof in await bench.deliveries()] == [None, None, 250]


async def test_nothing_personal_leaves_in_an_error(bench: Bench) -> None:
    bench.post_office.recipient_answers = ["450 4.2.0 <expert@example.kz> Қала әкімдігі is busy"]
    error = await deferred(bench)
    assert error.category is ApplicationErrorCategory.BENIGN
    assert str(error) == "letter_deferred: deferred: 450"
    assert error.__cause__ is None


async def test_a_fault_of_ours_is_retried_and_quotes_nothing(bench: Bench) -> None:
    async with bench.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(delete(NoteRow))
    with pytest.raises(ApplicationError) as raised:
        await bench.send(order(LetterKind.MONITORING_CANCELLED))
    assert (raised.value.type, raised.value.message, raised.value.non_retryable) == (
        "letter_fault",
        "NotOnRecord",
        False,
    )
    assert raised.value.__cause__ is None
    assert not any(word in repr(raised.value) for word in (REASON, *TITLES.values()))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", UndeliveredReason.NO_ADDRESS),
        ("  ", UndeliveredReason.NO_ADDRESS),
        ("expert at example.kz", UndeliveredReason.BAD_ADDRESS),
        ("a@example.kz\nBcc: b@example.kz", UndeliveredReason.BAD_ADDRESS),
    ],
)
async def test_no_usable_address_is_an_outcome(bench: Bench, address: str, reason: UndeliveredReason) -> None:
    await change_person(bench, address)
    proof = await bench.send(INVITATION)
    assert proof == LetterProof(outcome=LetterOutcome.UNDELIVERABLE, code=reason.value)
    [row] = await bench.deliveries()
    assert (row.outcome, row.smtp_reply, row.address) == ("no_address", reason.value, address)
    assert bench.post_office.received == []


async def test_a_recipient_nobody_knows_is_an_outcome(bench: Bench) -> None:
    stranger = INVITATION.letter.model_copy(update={"recipient": "stranger"})
    proof = await bench.send(INVITATION.model_copy(update={"letter": stranger}))
    assert proof == LetterProof(outcome=LetterOutcome.UNDELIVERABLE, code="no_address")


async def test_an_address_in_kazakh_is_written_to(bench: Bench) -> None:
    await change_person(bench, "сарапшы@үлгі.example.kz")
    assert await bench.send(INVITATION) == SENT
    [proof] = await bench.deliveries()
    assert proof.address.startswith("сарапшы@xn--")


async def test_a_body_is_written_to_where_it_is_today(bench: Bench) -> None:
    moved_on = date(2026, 12, 1)
    async with bench.sessions.begin() as session:
        old = await session.get(OrganisationVersionRow, ("akimat", date(2020, 1, 1)))
        assert old is not None
        old.valid_until = moved_on - timedelta(days=1)
        fields = old.model_dump() | {
            "valid_from": moved_on,
            "valid_until": None,
            "email": "new@example.kz",
            "language": "ru",
        }
        session.add(OrganisationVersionRow(**fields))
    await bench.send(REPORT)
    # 19:30 UTC on 30 November is already 1 December in Almaty.
    resent = order(LetterKind.REPORT_FOR_CONSIDERATION, attempt=2)
    await bench.send(resent, clock=lambda: datetime(2026, 11, 30, 19, 30, tzinfo=UTC))
    proofs = await bench.deliveries()
    assert [(proof.address, proof.language) for proof in proofs] == [
        ("akimat@example.kz", "kk"),
        ("new@example.kz", "ru"),
    ]


async def test_the_head_is_written_to_personally_else_through_the_body(bench: Bench) -> None:
    approval = order(LetterKind.APPROVAL_REQUEST)
    assert approval.letter.recipient_kind is RecipientKind.HEAD
    await bench.send(approval)
    async with bench.sessions.begin() as session:
        await session.exec(delete(AccountRow).where(col(AccountRow.role) == "head"))
    await bench.send(order(LetterKind.APPROVAL_REQUEST, attempt=2))
    assert [proof.address for proof in await bench.deliveries()] == ["head@example.kz", "ao@example.kz"]


async def change_person(bench: Bench, address: str) -> None:
    async with bench.sessions.begin() as session:
        person = await session.get(PersonRow, "expert")
        assert person is not None
        person.email = address
        person.language = Language.KK.value

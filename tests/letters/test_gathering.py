"""What only informs: as it comes or gathered, never at night; whatever asks for something comes at once."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.policy import SMTP

import pytest
from temporalio.exceptions import ApplicationError

from activities.correspondence.digests.letters import DigestLetters
from activities.correspondence.digests.looking import gather_due
from activities.letters.gathering import LOOK_AGAIN, PATIENCE, prefer
from activities.service_letters.post import ServicePost
from models.letters.post import LetterOutcome, LetterProof
from models.letters.preference import LetterPreference
from models.tables.kept_letters import KeptLetterRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.service_letters import ServiceLetterKind
from tests.letters.causes import order
from tests.letters.conftest import SETTINGS, Bench
from tests.letters.post_office import part

HEAD = "head-account"
NEWS, RESTED = LetterKind.NEWS_GATHERED, LetterKind.MONITORING_RESTED
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 11:00 in Almaty
AT_SIXTEEN = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
NEXT_OPENING = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)


async def wants(bench: Bench, hour: int | None) -> None:
    """News gathered at this hour, or as it comes."""
    wanted = LetterPreference(gathered=hour is not None, hour=hour or 9)
    async with bench.sessions.begin() as session:
        await prefer(session, HEAD, wanted, MONDAY)


async def waits(bench: Bench, kind: LetterKind, now: datetime) -> timedelta:
    """So long the letter is put off."""
    with pytest.raises(ApplicationError) as told:
        await bench.send(order(kind), clock=lambda: now)
    assert (told.value.type, told.value.message) == ("letter_informs", "it only informs")
    assert told.value.next_retry_delay is not None
    return told.value.next_retry_delay


async def leaves(bench: Bench, kind: LetterKind, now: datetime) -> LetterProof:
    return await bench.send(order(kind), clock=lambda: now)


async def digests_leave(bench: Bench, now: datetime) -> None:
    await gather_due(bench.sessions, now)
    writers = dict.fromkeys(ServiceLetterKind, DigestLetters(SETTINGS))
    post = ServicePost(bench.sessions, SETTINGS, bench.smtp, writers, lambda: now)
    while await post.send_next():
        pass


async def test_nobody_is_informed_on_a_day_off_and_letters_that_ask_come_at_once(bench: Bench) -> None:
    assert await waits(bench, NEWS, SATURDAY) == NEXT_OPENING - SATURDAY
    assert (await leaves(bench, LetterKind.APPROVAL_REQUEST, SATURDAY)).outcome is LetterOutcome.SENT
    assert (await leaves(bench, NEWS, NEXT_OPENING)).outcome is LetterOutcome.SENT


async def test_news_of_several_letters_is_one_letter_at_the_reader_s_hour(bench: Bench) -> None:
    """Each is proved by it: the workflow that waits learns when and under which hash it left."""
    await wants(bench, 16)
    for kind in (NEWS, RESTED):
        assert await waits(bench, kind, MONDAY) == AT_SIXTEEN + LOOK_AGAIN - MONDAY
    await digests_leave(bench, MONDAY)
    assert bench.post_office.received == []
    await digests_leave(bench, AT_SIXTEEN)
    await digests_leave(bench, AT_SIXTEEN)
    (letter,) = bench.post_office.received
    said = part(letter, "text/plain")
    assert letter["to"] == "head@example.kz"
    assert said.count("https://monitoring.example.kz/monitorings/") == 2
    for kind in (NEWS, RESTED):
        assert (await leaves(bench, kind, AT_SIXTEEN + LOOK_AGAIN)).code == "250"
    assert len(bench.post_office.received) == 1
    enclosed = [each.get_content() for each in letter.iter_attachments()]
    proofs = await bench.deliveries()
    assert [each.message_id for each in proofs] == [each["message-id"].strip() for each in enclosed]
    whole = letter.as_bytes(policy=SMTP)
    async with bench.sessions() as session:
        for each in proofs:
            kept = await session.get(KeptLetterRow, each.kept_sha256)
            assert kept is not None
            assert kept.content in whole, "each monitoring keeps the letter of its own, byte for byte"
            assert each.eml_sha256 == hashlib.sha256(kept.content).hexdigest(), "it has no link that works"


async def test_what_nobody_gathers_leaves_by_itself(bench: Bench) -> None:
    """No worker looked; the choice was taken back; the letter that was to tell it was refused."""
    await wants(bench, 16)
    await waits(bench, NEWS, MONDAY)
    assert await waits(bench, NEWS, AT_SIXTEEN + LOOK_AGAIN) == LOOK_AGAIN
    late = AT_SIXTEEN + PATIENCE + LOOK_AGAIN
    assert (await leaves(bench, NEWS, late)).outcome is LetterOutcome.SENT
    await waits(bench, RESTED, MONDAY)
    bench.post_office.recipient_answers = ["550 5.7.1 not this one"]
    await digests_leave(bench, AT_SIXTEEN)
    assert (await leaves(bench, RESTED, AT_SIXTEEN + LOOK_AGAIN)).outcome is LetterOutcome.SENT


async def test_whoever_wants_news_as_it_comes_again_gets_what_waits(bench: Bench) -> None:
    await wants(bench, 16)
    await waits(bench, NEWS, MONDAY)
    await wants(bench, None)
    await digests_leave(bench, AT_SIXTEEN)
    assert bench.post_office.received == []
    assert (await leaves(bench, NEWS, AT_SIXTEEN + LOOK_AGAIN)).outcome is LetterOutcome.SENT

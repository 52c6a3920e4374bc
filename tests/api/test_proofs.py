"""What an auditor takes home: messages and frozen contents, byte by byte, under their hashes."""

import hashlib
from datetime import UTC, datetime

from local.samples import content_of, load_scenario
from models.letters.post import DeliveryOutcome
from models.report.content import canonical
from models.tables.content import SnapshotRow
from models.tables.deliveries import DeliveryRow
from models.tables.files import FileRow
from models.vocabulary.letters import LetterKind
from tests.api.world import Case, World
from tests.keeping import kept_once

LETTER = "L12-0"


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def handed_over(case: Case, attempt: int, message: bytes | None, outcome: DeliveryOutcome) -> None:
    """One try at a letter as the activity records it; without a message where no address was on file."""
    now = datetime.now(UTC)
    async with case.world.sessions.begin() as session:
        if message is not None:
            file = FileRow(
                sha256=sha256_of(message),
                media_type="message/rfc822",
                size=len(message),
                content=message,
                at=now,
            )
            await kept_once(session, file)
        row = DeliveryRow(
            number=case.number,
            letter=LETTER,
            attempt=attempt,
            kind=LetterKind.INVITATION.value,
            message_id="m",
            recipient="r",
            address="somebody@example.kz",
            language="kk",
            subject="s",
            outcome=outcome.value,
            eml_sha256="5" * 64 if message is not None else None,
            kept_sha256=sha256_of(message) if message is not None else None,
            at=now,
        )
        session.add(row)


async def test_a_message_is_read_as_it_is_kept(world: World) -> None:
    case, other = await world.started(), await world.started()
    first, last = b"Subject: 1\r\n\r\n\xd0\x90\r\n", b"Subject: 2\r\n\r\n"
    await handed_over(case, 1, first, DeliveryOutcome.DEFERRED)
    await handed_over(case, 1, last, DeliveryOutcome.ACCEPTED)
    await handed_over(case, 1, None, DeliveryOutcome.NO_ADDRESS)
    await handed_over(case, 2, first, DeliveryOutcome.ACCEPTED)
    await handed_over(case, 3, None, DeliveryOutcome.NO_ADDRESS)
    path = f"{case.path}/letters/{LETTER}/attempts"
    for who in ("uo-auditor", "sary-analyst"):
        for attempt, message in {1: last, 2: first}.items():
            answer = await world.call(who, "GET", f"{path}/{attempt}/eml")
            assert (answer.status_code, answer.content) == (200, message), answer.text
            assert answer.headers["content-type"] == "message/rfc822"
            assert answer.headers["etag"] == f'"{sha256_of(message)}"'
            assert answer.headers["content-disposition"].startswith("attachment;")
    elsewhere = f"{other.path}/letters/{LETTER}/attempts/1/eml"
    for missing in (f"{path}/3/eml", f"{path}/4/eml", elsewhere):
        answer = await world.call("uo-auditor", "GET", missing)
        assert (answer.status_code, answer.json()["code"]) == (404, "attachment_unknown"), missing
    assert (await world.call("koko-analyst", "GET", f"{path}/1/eml")).status_code == 404


async def test_a_frozen_content_is_read_as_it_was_hashed(world: World) -> None:
    case = await world.started()
    await case.approved()
    content = canonical(content_of(load_scenario(case.name), case.number))
    path = f"{case.path}/report/versions"
    async with world.sessions.begin() as session:
        row = SnapshotRow(
            sha256=sha256_of(content), number=case.number, body=content.decode(), at=datetime.now(UTC)
        )
        session.add(row)
    listed = (await world.call("uo-auditor", "GET", path)).json()
    for who in ("uo-auditor", "sary-head"):
        answer = await world.call(who, "GET", f"{path}/1/content")
        assert (answer.status_code, answer.content) == (200, content)
        assert sha256_of(answer.content) == listed[0]["content_sha256"]
        assert answer.headers["etag"] == f'"{listed[0]["content_sha256"]}"'
        assert answer.headers["content-type"] == "application/json"
    assert (await world.call("uo-auditor", "GET", f"{path}/2/content")).status_code == 404
    await case.dispatched()
    addressee = await world.call("uo-analyst", "GET", f"{path}/1/content")
    assert addressee.status_code == 403, "who was sent the report reads its printed form"

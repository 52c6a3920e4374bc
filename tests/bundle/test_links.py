"""Nobody can act by what a bundle holds; bundles from before, which held letters with their links, verify."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, delete, select

from activities.letters.enclosures import EncodedDocuments
from activities.letters.kept import MEDIA_TYPE, kept_letter
from models.events import LetterSent
from models.letters.links import Link, mint
from models.proof.bundle import DELIVERIES, HISTORIES, LETTERS, DeliveryLine, JournalLine, plain_json
from models.tables.deliveries import DeliveryRow
from models.tables.files import FileRow
from models.tables.kept_letters import KeptLetterRow
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Sha256
from tests.bundle.conftest import Kept, bundle_of
from tests.bundle.forger import Forger, forger_of, verdict
from tests.e2e.town import Town
from tests.harvest import tokens_in
from tests.keeping import triggers_sleep

pytestmark = pytest.mark.xdist_group("bundle")
LIVE = "https://example.kz/r/" + mint(
    "a secret", Link(number="2026-SARY-0001", letter="L12-0", purpose=Purpose.ANSWER_INVITATION)
)
_PAYLOAD = re.compile(rb'"data":"([A-Za-z0-9+/=]+)"')


async def test_nothing_in_a_bundle_opens_a_form(town: Town, each: Kept) -> None:
    arrived = town.stack.mailbox.store.letters()
    own = {found for letter in arrived for found in re.findall(r"/r/(\S+)", letter.text)}
    assert own
    found = tokens_in(each.content)
    assert any("link-removed" in token for token in found), "letters were among what was looked at"
    assert found & own == set()
    for token in sorted(found):
        # Followed as a browser follows: what ends in a slash is sent on to the address without it.
        page = await town.browser.get(f"{town.stack.api_url}/r/{token}", follow_redirects=True)
        assert page.status_code == 404, token


async def test_no_file_of_the_installation_holds_a_link(town: Town, each: Kept) -> None:
    """Neither logs nor what PostgreSQL and Temporal write; the mailbox is the recipients' own."""
    letters = town.stack.mailbox.store.letters()
    own = {found.encode() for letter in letters for found in re.findall(r"/r/(\S+)", letter.text)}
    # The mail came, and was opened and answered: a token's end is its signature, which says it all.
    signatures = {token.rpartition(b".")[2] for token in own}
    assert len(signatures) == len(own) > 5
    looked_at = 0
    for path in town.stack.home.rglob("*"):
        if path.is_file() and "mailbox" not in path.relative_to(town.stack.home).parts:
            content = path.read_bytes()
            looked_at += len(content)
            assert not [signature for signature in signatures if signature in content], path
    assert looked_at > 1_000_000


async def test_a_link_slipped_into_a_kept_letter_is_noticed(kept: Kept, tmp_path: Path) -> None:
    forger = forger_of(kept.content)
    lines = forger.lines
    sent = [line.entry.event for line in lines if isinstance(line.entry.event, LetterSent)]
    copy = next(event.kept for event in sent if event.kept and event.kept != event.eml)
    renamed = _with_links(forger, {copy})
    _rename(forger, {copy: (None, renamed[copy])})
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert "a link" in str(wrong)


async def test_a_bundle_that_holds_letters_as_sent_verifies(each: Kept, tmp_path: Path) -> None:
    """As bundles were made before: the message itself under its hash, and no word of a copy."""
    forger = forger_of(each.content)
    events = [line.entry.event for line in forger.lines if isinstance(line.entry.event, LetterSent)]
    renamed = _with_links(forger, {event.kept for event in events if event.kept})
    _rename(forger, {copy: (sent, None) for copy, sent in renamed.items()})
    whole = json.dumps({name: len(content) for name, content in forger.files.items()})
    assert all(f"{LETTERS}{sent}.eml" in whole for sent in renamed.values())
    assert await verdict(forger.seal(), tmp_path) is None


async def test_a_monitoring_from_before_verifies_after_the_upgrade(each: Kept, tmp_path: Path) -> None:
    """Its journal pins the messages alone; the proofs name the copies that took their places."""
    forger = forger_of(each.content)
    events = [line.entry.event for line in forger.lines if isinstance(line.entry.event, LetterSent)]
    proofs = forger.files[DELIVERIES]
    _rename(forger, {event.kept: (event.eml, None) for event in events if event.kept})
    assert not [
        e for e in (line.entry.event for line in forger.lines) if isinstance(e, LetterSent) and e.kept
    ]
    forger.files[DELIVERIES] = proofs
    assert await verdict(forger.seal(), tmp_path) is None


async def test_letters_kept_before_and_since_verify_in_one_bundle(
    town: Town, kept: Kept, tmp_path: Path
) -> None:
    """One of the letters lies whole among the files, as earlier releases kept them: it is the same bundle."""
    since = await _apart(town, kept.number)
    assert since, "letters of this monitoring are kept without their documents"
    async with town.inside.sessions.begin() as session:
        whole = await kept_letter(session, since[0], EncodedDocuments())
        assert whole is not None
        session.add(
            FileRow(
                sha256=since[0],
                media_type=MEDIA_TYPE,
                size=len(whole),
                content=whole,
                at=datetime.now(UTC),
            )
        )
        await triggers_sleep(session)
        await session.exec(delete(KeptLetterRow).where(col(KeptLetterRow.sha256) == since[0]))
    assert await _apart(town, kept.number) == since[1:]
    forger = forger_of(await bundle_of(town, kept.number))
    name = f"{LETTERS}{since[0]}.eml"
    assert forger.files[name] == forger_of(kept.content).files[name] == whole
    assert hashlib.sha256(whole).hexdigest() == since[0]
    assert await verdict(forger.seal(), tmp_path) is None


async def _apart(town: Town, number: str) -> list[Sha256]:
    """The letters of a monitoring that are kept without the documents in them."""
    async with town.inside.sessions() as session:
        rows = await session.exec(
            select(KeptLetterRow)
            .join(DeliveryRow, col(DeliveryRow.kept_sha256) == col(KeptLetterRow.sha256))
            .where(DeliveryRow.number == number)
            .order_by(col(KeptLetterRow.sha256))
        )
        return [row.sha256 for row in rows if row.enclosed]


def _with_links(forger: Forger, copies: set[Sha256]) -> dict[Sha256, Sha256]:
    """Letters with a link in them instead of these copies; their hashes by those of the copies."""
    renamed = {}
    for copy in copies:
        message = f"X-Link: {LIVE}\r\n".encode() + forger.files.pop(f"{LETTERS}{copy}.eml")
        renamed[copy] = hashlib.sha256(message).hexdigest()
        forger.files[f"{LETTERS}{renamed[copy]}.eml"] = message
    return renamed


def _rename(forger: Forger, hashes: Mapping[Sha256, tuple[Sha256 | None, Sha256 | None]]) -> None:
    """Say so wherever a letter's hashes are told: proofs, journal, histories. None: no word of it."""
    rows = [DeliveryLine.model_validate_json(line) for line in forger.files[DELIVERIES].splitlines()]
    told = [_told(row.model_dump(mode="json"), hashes) for row in rows]
    forger.files[DELIVERIES] = b"".join(plain_json(row) + b"\n" for row in told)
    for name in [name for name in forger.files if name.startswith(HISTORIES)]:
        forger.files[name] = _PAYLOAD.sub(lambda found: _payload(found[1], hashes), forger.files[name])
    forger.rewrite_journal(_line(line, hashes) for line in forger.lines)


def _told(value: object, hashes: Mapping[Sha256, tuple[Sha256 | None, Sha256 | None]]) -> object:
    match value:
        case {"kept": str(copy), **rest} if copy in hashes:
            sent, kept = hashes[copy]
            return rest | ({"eml": sent} if sent else {}) | ({"kept": kept} if kept else {})
        case dict():
            return {key: _told(each, hashes) for key, each in value.items()}
        case list():
            return [_told(each, hashes) for each in value]
        case _:
            return value


def _payload(data: bytes, hashes: Mapping[Sha256, tuple[Sha256 | None, Sha256 | None]]) -> bytes:
    content = base64.b64decode(data)
    if b'"kept"' in content:
        content = json.dumps(_told(json.loads(content), hashes), ensure_ascii=False).encode()
    return b'"data":"' + base64.b64encode(content) + b'"'


def _line(line: JournalLine, hashes: Mapping[Sha256, tuple[Sha256 | None, Sha256 | None]]) -> JournalLine:
    return line.model_copy(update={"written": _told(line.written, hashes)})

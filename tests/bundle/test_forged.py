"""Whoever changes a bundle and recomputes everything is found out: by the rest, by head or by key."""

import hashlib
import random
from pathlib import Path
from typing import Final

import pytest

from models.events import LetterSent
from models.proof.bundle import DELIVERIES, JOURNAL, MANIFEST, DeliveryLine, line_bytes
from models.proof.histories import record_orders
from tests.bundle.conftest import Kept
from tests.bundle.forger import forger_of, verdict, zipped

pytestmark = pytest.mark.xdist_group("bundle")
SEED: Final = 192


@pytest.mark.parametrize("added", [b"\0", b"PK"])
async def test_nothing_can_be_added_before_or_after(each: Kept, tmp_path: Path, added: bytes) -> None:
    for content in (added + each.content, each.content + added, each.content[:-1]):
        assert await verdict(content, tmp_path) is not None


async def test_a_file_more_or_less_is_named(each: Kept, tmp_path: Path) -> None:
    files = forger_of(each.content).files
    more = await verdict(zipped({"a-note.txt": b"", **files}), tmp_path)
    assert more is not None
    assert more.element == "a-note.txt"
    for name in files:
        fewer = await verdict(zipped({n: c for n, c in files.items() if n != name}), tmp_path)
        assert fewer is not None
        assert fewer.element == name


async def test_any_removed_event_is_noticed_though_all_was_made_anew(each: Kept, tmp_path: Path) -> None:
    count = len(forger_of(each.content).lines)
    for removed in range(count):
        forger = forger_of(each.content)
        lines = forger.lines
        forger.rewrite_journal(lines[:removed] + lines[removed + 1 :])
        wrong = await verdict(forger.seal(), tmp_path)
        assert wrong is not None, removed
        assert wrong.element.startswith(JOURNAL), str(wrong)


async def test_two_events_in_another_order_are_noticed(each: Kept, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    for _ in range(10):
        forger = forger_of(each.content)
        lines = forger.lines
        one, other = chance.sample(range(1, len(lines)), 2)
        lines[one], lines[other] = lines[other], lines[one]
        forger.rewrite_journal(lines)
        wrong = await verdict(forger.seal(), tmp_path)
        assert wrong is not None
        assert wrong.element.startswith(JOURNAL), str(wrong)


async def test_a_cut_tail_that_fits_in_itself_is_found_by_a_printed_head_and_by_the_key(
    kept: Kept, tmp_path: Path
) -> None:
    """An open monitoring may be ahead of its journal: cut by an entry it looks whole.

    Whoever has the head, or knows the key, is not deceived.
    """
    forger = forger_of(kept.content)
    forger.rewrite_journal(forger.lines[:-1], ahead=1)
    forged = forger.seal()
    assert await verdict(forged, tmp_path) is None, "nothing inside contradicts it"
    by_head = await verdict(forged, tmp_path, head=kept.head)
    assert by_head is not None
    assert by_head.element == JOURNAL
    by_key = await verdict(forged, tmp_path, key=kept.key)
    assert by_key is not None
    assert by_key.element == MANIFEST


async def test_an_edited_letter_is_noticed(each: Kept, tmp_path: Path) -> None:
    forger = forger_of(each.content)
    name = next(name for name in sorted(forger.files) if name.endswith(".eml"))
    edited = forger.files[name].replace(b"Auto-Submitted", b"Auto-submitted", 1)
    assert edited != forger.files[name]
    forger.files[name] = edited
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert wrong.element == name


async def test_an_edited_letter_whose_proof_was_rewritten_is_noticed(kept: Kept, tmp_path: Path) -> None:
    forger = forger_of(kept.content)
    sent = [line.entry.event for line in forger.lines if isinstance(line.entry.event, LetterSent)]
    name = next(f"letters/{event.kept}.eml" for event in sent if event.kept and event.kept != event.eml)
    edited = forger.files.pop(name).replace(b"Auto-Submitted", b"Auto-submitted", 1)
    sha256 = hashlib.sha256(edited).hexdigest()
    forger.files[f"letters/{sha256}.eml"] = edited
    lines = [DeliveryLine.model_validate_json(line) for line in forger.files[DELIVERIES].splitlines()]
    old = name.removeprefix("letters/").removesuffix(".eml")
    forger.files[DELIVERIES] = line_bytes(
        tuple(x.model_copy(update={"kept": sha256}) if x.kept == old else x for x in lines)
    )
    by_key = await verdict(forger.seal(), tmp_path, key=kept.key)
    assert by_key is not None
    assert by_key.element == MANIFEST
    by_journal = await verdict(forger.seal(), tmp_path)
    assert by_journal is not None, "the journal itself pins each letter"
    assert by_journal.element.startswith("letter ")


async def test_a_changed_history_does_not_replay_or_says_another_thing(kept: Kept, tmp_path: Path) -> None:
    forger = forger_of(kept.content)
    name = next(name for name in forger.files if name.startswith("histories/"))
    assert sum(len(order.entries) for order in record_orders(forger.files[name].decode())) == len(
        forger.lines
    )
    forger.files[name] = forger.files[name].replace(b'{"name":"send_letter"}', b'{"name":"send_a_letter"}', 1)
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert wrong.element == name


async def test_a_bundle_of_another_release_that_does_not_replay_names_its_release(
    kept: Kept, tmp_path: Path
) -> None:
    forger = forger_of(kept.content)
    name = next(name for name in forger.files if name.startswith("histories/"))
    forger.files[name] = forger.files[name].replace(b'{"name":"send_letter"}', b'{"name":"send_a_letter"}', 1)
    code = forger.manifest.code.model_copy(update={"version": "0.0.9", "fingerprint": "9" * 64})
    manifest = forger.manifest.model_copy(update={"code": code})
    forger.files[MANIFEST] = manifest.model_dump_json().encode()
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert "verify it with that release" in str(wrong)
    assert "0.0.9" in str(wrong)

"""The bundles of a duty and of the consolidation: proved as those of monitorings, by the same `verify`."""

import random
import time
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
import pytest_asyncio

from local.samples import ScenarioName
from models.events import LetterSent, PaperReportRegistered, ReportReceived
from models.proof.bundle import JOURNAL, MANIFEST, SIGNATURE, STATE, sha256_of
from tests.bundle.conftest import AUDITOR, AUDITORS_ACCOUNT, Demo, Kept
from tests.bundle.forger import forger_of, verdict, zipped
from tests.bundle.proceedings import CONSOLIDATION, DUTY, SCAN, has_passed_on, kept_of, with_paper
from tests.bundle.test_flipped import flipped
from tests.bundle.test_untouched import WITHIN_SECONDS, verify
from tests.e2e.town import Town
from tests.waiting import eventually

pytestmark = pytest.mark.xdist_group("bundle")
SEED: Final = 192
FLIPS: Final = 200


@pytest_asyncio.fixture(scope="module")
async def bundles(town: Town, demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kept]:
    """Of the duty that scenario A fulfils, and of the consolidation that scenario B's report reached: both
    passed on in scenario D."""
    fulfils = (await demo.whole())[ScenarioName.A]
    folder = tmp_path_factory.mktemp("proceedings")
    await with_paper(town)
    await eventually(lambda: has_passed_on(town, fulfils), "duty and inbox have passed on", 60)
    return {path: await kept_of(town, path, folder) for path in (DUTY, CONSOLIDATION)}


@pytest.fixture(params=[DUTY, CONSOLIDATION], ids=["duty", "consolidation"])
def proceeding(request: pytest.FixtureRequest, bundles: dict[str, Kept]) -> Kept:
    return bundles[request.param]


def test_untouched_it_verifies_without_network_and_in_time(proceeding: Kept) -> None:
    begun = time.monotonic()
    done = verify(str(proceeding.path), "--head", proceeding.head, "--key", proceeding.key)
    took = time.monotonic() - begun
    print(f"verify {proceeding.number}: {took:.2f} s for {len(proceeding.content)} bytes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"Verified: {proceeding.number}, ")
    assert took < WITHIN_SECONDS


def test_everything_about_it_is_in_it(proceeding: Kept) -> None:
    forger = forger_of(proceeding.content)
    sheet = forger.sheet
    assert (sheet.number, sheet.stage) == (proceeding.number, None)
    assert forger.sheet_name in {"duty.json", "consolidation.json"}
    assert [run.file for run in sheet.runs] == sorted(n for n in forger.files if n.startswith("histories/"))
    for language in ("kk", "ru", "en"):
        readme = forger.files[f"README.{language}.md"].decode()
        for part in (proceeding.number, forger.sheet_name, forger.manifest.head.hash):
            assert part in readme
    assert sheet.workflow_id.encode() in forger.files[MANIFEST]


def test_reports_of_the_consolidation_are_there_as_they_were_frozen_with_the_scans(
    bundles: dict[str, Kept],
) -> None:
    forger = forger_of(bundles[CONSOLIDATION].content)
    events = [line.entry.event for line in forger.lines]
    sent = [event.report for event in events if isinstance(event, ReportReceived)]
    paper = [event.report for event in events if isinstance(event, PaperReportRegistered)]
    assert sent
    assert [forger.files[f"attachments/{report.file}"] for report in paper] == [SCAN]
    for report in (*sent, *paper):
        assert sha256_of(forger.files[f"content/snapshots/{report.content}.json"]) == report.content
    assert [name for name in forger.files if name.startswith("notes/")]


async def test_a_file_more_or_less_is_named(proceeding: Kept, tmp_path: Path) -> None:
    files = forger_of(proceeding.content).files
    more = await verdict(zipped({"a-note.txt": b"", **files}), tmp_path)
    assert more is not None
    assert more.element == "a-note.txt"
    for name in files:
        fewer = await verdict(zipped({n: c for n, c in files.items() if n != name}), tmp_path)
        assert fewer is not None
        assert fewer.element == name


async def test_any_removed_event_also_the_last_is_named(proceeding: Kept, tmp_path: Path) -> None:
    for removed in range(len(forger_of(proceeding.content).lines)):
        forger = forger_of(proceeding.content)
        lines = forger.lines
        forger.rewrite_journal(lines[:removed] + lines[removed + 1 :])
        wrong = await verdict(forger.seal(), tmp_path)
        assert wrong is not None, removed
        assert wrong.element.startswith(JOURNAL), str(wrong)


async def test_a_cut_tail_is_found_by_a_printed_head(proceeding: Kept, tmp_path: Path) -> None:
    forger = forger_of(proceeding.content)
    forger.rewrite_journal(forger.lines[:-1], ahead=1)
    wrong = await verdict(forger.seal(), tmp_path, head=proceeding.head)
    assert wrong is not None
    assert wrong.element == JOURNAL


async def test_two_events_in_another_order_are_named(proceeding: Kept, tmp_path: Path) -> None:
    for at in range(1, len(forger_of(proceeding.content).lines)):
        forger = forger_of(proceeding.content)
        lines = forger.lines
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
        forger.rewrite_journal(lines)
        wrong = await verdict(forger.seal(), tmp_path)
        assert wrong is not None, at
        assert wrong.element.startswith(JOURNAL), str(wrong)


async def test_flipped_bytes_of_any_file_are_named(proceeding: Kept, tmp_path: Path) -> None:
    """First and last byte of each file, and as many random ones as for monitorings."""
    chance = random.Random(SEED)
    files = forger_of(proceeding.content).files
    ends = [(name, at) for name, content in files.items() if content for at in (0, len(content) - 1)]
    names = chance.choices(list(files), weights=[len(content) for content in files.values()], k=FLIPS)
    for name, at in (*ends, *((name, chance.randrange(len(files[name]))) for name in names)):
        changed = flipped(files[name], at, chance.randrange(8))
        wrong = await verdict(zipped(files | {name: changed}), tmp_path)
        assert wrong is not None, (name, at)
        assert wrong.element in {name, SIGNATURE if name == MANIFEST else name}, (name, at, str(wrong))


async def test_flips_anywhere_in_the_archive_are_noticed(proceeding: Kept, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    content = proceeding.content
    for _ in range(FLIPS):
        at = chance.randrange(len(content))
        assert await verdict(flipped(content, at, chance.randrange(8)), tmp_path) is not None, at


async def test_a_verdict_made_better_in_the_state_is_named(proceeding: Kept, tmp_path: Path) -> None:
    forger = forger_of(proceeding.content)
    forger.files[STATE] = forger.files[STATE].replace(b'"ended_on":null', b'"ended_on":"2020-01-01"', 1)
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert wrong.element == STATE


async def test_another_report_in_the_place_of_a_received_one_is_named(
    bundles: dict[str, Kept], tmp_path: Path
) -> None:
    """Though everything that can be made anew was made anew."""
    forger = forger_of(bundles[CONSOLIDATION].content)
    lines = forger.lines
    at = next(n for n, x in enumerate(lines) if isinstance(x.entry.event, PaperReportRegistered))
    event = lines[at].entry.event
    assert isinstance(event, PaperReportRegistered)
    old = f"content/snapshots/{event.report.content}.json"
    other = forger.files.pop(old).replace("Балабақша".encode(), "Мектептер".encode())
    content = sha256_of(other)
    forger.files[f"content/snapshots/{content}.json"] = other
    report = event.report.model_copy(update={"content": content})
    written = lines[at].entry.model_copy(update={"event": event.model_copy(update={"report": report})})
    lines[at] = lines[at].model_copy(update={"written": written.model_dump(mode="json")})
    forger.rewrite_journal(lines)
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert wrong.element == f"{JOURNAL}, entry {at + 1}"


async def test_an_edited_letter_is_named(proceeding: Kept, tmp_path: Path) -> None:
    forger = forger_of(proceeding.content)
    sent = [line.entry.event for line in forger.lines if isinstance(line.entry.event, LetterSent)]
    for event in sent:
        name = f"letters/{event.kept}.eml"
        edited = forger_of(proceeding.content)
        edited.files[name] = edited.files[name].replace(b"Auto-Submitted", b"Auto-submitted", 1)
        wrong = await verdict(edited.seal(), tmp_path)
        assert wrong is not None
        assert wrong.element == name


async def test_who_may_take_it_and_what_auditors_take_is_written_down(
    town: Town, bundles: dict[str, Kept]
) -> None:
    named = {DUTY: "download_duty_bundle", CONSOLIDATION: "download_consolidation_bundle"}
    for path, kept in bundles.items():
        allowed = {w: (await town.ask(w, f"{path}/bundle")).status_code for w in (AUDITOR, "uo-head")}
        assert allowed == {AUDITOR: 200, "uo-head": 200}, path
        assert (await town.ask("uo-analyst", f"{path}/bundle")).status_code == 403
        assert (await town.ask("sary-head", f"{path}/bundle")).status_code in (403, 404)
        assert (await town.ask(None, f"{path}/bundle")).status_code == 401
        reads = await town.ask(AUDITOR, f"/reads?number={kept.number}&account={AUDITORS_ACCOUNT}&limit=5")
        assert [x["what"] for x in reads.json()["items"]][:1] == [named[path]], (path, reads.text)


def test_the_same_files_give_the_same_archive(proceeding: Kept) -> None:
    with ZipFile(proceeding.path) as files:
        assert files.namelist()[-2:] == [MANIFEST, SIGNATURE]
    assert zipped(forger_of(proceeding.content).files) == proceeding.content

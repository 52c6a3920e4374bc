"""A bundle as it was made: complete, readable, verified without any service."""

import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
from sqlmodel import select

from activities.database.sessions import engine_for, sessions_for
from activities.keepers.erasing import Order, erase
from local.programs import ROOT
from local.samples import ScenarioName
from models.calendar.country import COUNTRY
from models.proof.bundle import Manifest, Sheet
from models.tables.people import PersonRow
from tests.bundle.conftest import AUDITOR, Demo, Kept, bundle_of
from tests.e2e.town import Town

pytestmark = pytest.mark.xdist_group("bundle")
WITHIN_SECONDS: Final = 10.0

# A process that has no network at all: whatever opens a socket to somewhere fails.
WITHOUT_NETWORK: Final = """
import runpy, socket, sys
def refused(*_):
    raise OSError("no network here")
socket.socket.connect = refused
socket.getaddrinfo = refused
sys.argv = ["verify.py", *sys.argv[1:]]
runpy.run_path("verify.py", run_name="__main__")
"""


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, *arguments],
        cwd=ROOT,
        env={"PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_it_verifies_without_network_and_in_time(each: Kept) -> None:
    begun = time.monotonic()
    done = verify(str(each.path), "--head", each.head, "--key", each.key)
    took = time.monotonic() - begun
    print(f"verify {each.number}: {took:.2f} s for {len(each.content)} bytes")  # shown by pytest -rP
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("Verified: ")
    assert took < WITHIN_SECONDS


def test_a_foreign_key_and_an_unknown_head_are_told(kept: Kept) -> None:
    for argument, told in (("--head", "f" * 64), ("--key", "A" * 43)):
        done = verify(str(kept.path), argument, told)
        assert done.returncode == 1
        assert done.stdout.startswith("NOT VERIFIED."), done.stdout + done.stderr


def test_everything_about_the_monitoring_is_in_it(kept: Kept) -> None:
    with ZipFile(kept.path) as files:
        names = files.namelist()
        manifest = Manifest.model_validate_json(files.read("manifest.json"))
        sheet = Sheet.model_validate_json(files.read("monitoring.json"))
        registry = json.loads(files.read("registry.json"))
        readme = files.read("README.kk.md").decode()
    assert [file.name for file in manifest.files] == sorted(names[:-2])
    assert names[-2:] == ["manifest.json", "manifest.sig"]
    for folder in ("histories/", "notes/", "documents/", "content/snapshots/", "letters/", "attachments/"):
        assert [name for name in names if name.startswith(folder)], folder
    assert len([name for name in names if name.endswith(".eml")]) > 5
    assert sheet.number in readme
    assert manifest.head.hash in readme
    assert {"uo", "td-sary"} <= {body["id"] for body in registry["organisations"]}


async def test_the_same_content_gives_the_same_bytes(town: Town, kept: Kept) -> None:
    """Taken twice: since the first of all, the office that it was sent to has passed on."""
    taken: list[dict[str, bytes]] = []
    for _ in range(2):
        with ZipFile(BytesIO(await bundle_of(town, kept.number))) as files:
            taken.append({name: files.read(name) for name in files.namelist()})
    before, again = taken
    changed = {name for name in before | again if before.get(name) != again.get(name)}
    assert changed <= {"manifest.json", "manifest.sig"}


async def test_what_is_erased_of_people_changes_nothing_that_a_bundle_tells(
    town: Town, demo: Demo, tmp_path: Path
) -> None:
    """A year later the addresses of its members lead nowhere and are erased by an order."""
    kept = (await demo.whole())[ScenarioName.A]
    order = Order(act="№ 5 бұйрық", dated=datetime.now(COUNTRY).date())
    taken = [tmp_path / name for name in ("before.zip", "after.zip")]
    taken[0].write_bytes(await bundle_of(town, kept.number))
    engine = engine_for(town.stack.postgres.application_url())
    async with sessions_for(engine)() as session:
        known = {person.id: person.email for person in await session.exec(select(PersonRow))}
        await erase(session, order, datetime.now(UTC) + timedelta(days=400))
        await session.commit()
        session.expire_all()
        people = list(await session.exec(select(PersonRow)))
        erased = [person.id for person in people if person.email != known[person.id]]
        taken[1].write_bytes(await bundle_of(town, kept.number))
        for person in people:  # who comes next finds the town as it was
            person.email = known[person.id]
        session.add_all(people)
        await session.commit()
    await engine.dispose()
    with ZipFile(taken[0]) as files:
        told = b"".join(map(files.read, files.namelist()))
    assert [person for person in erased if f'"{person}"'.encode() in told], "somebody it tells of among them"
    contents: list[dict[str, bytes]] = []
    for path in taken:
        done = verify(str(path), "--key", kept.key)
        assert done.returncode == 0, done.stdout + done.stderr
        with ZipFile(path) as files:
            contents.append({name: files.read(name) for name in files.namelist()})
    before, after = contents
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed <= {"manifest.json", "manifest.sig"}


async def test_an_open_monitoring_says_up_to_which_event(
    town: Town, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number = await town.starts()
    path = tmp_path_factory.mktemp("open") / "open.zip"
    path.write_bytes(await bundle_of(town, number))
    done = verify(str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    with ZipFile(path) as files:
        sheet = Sheet.model_validate_json(files.read("monitoring.json"))
        assert f"event {sheet.runs[-1].events} " in files.read("README.en.md").decode()


async def test_auditor_and_head_may_take_it_and_others_not(town: Town, kept: Kept) -> None:
    path = f"/monitorings/{kept.number}/bundle"
    asked = {who: (await town.ask(who, path)).status_code for who in (AUDITOR, "sary-head")}
    assert asked == {AUDITOR: 200, "sary-head": 200}
    refused = {who: (await town.ask(who, path)).status_code for who in ("sary-analyst", "koko-analyst", None)}
    assert refused == {"sary-analyst": 403, "koko-analyst": 404, None: 401}


def test_no_socket_is_needed_by_the_fixture_itself() -> None:
    """The stand-in for a machine without network does stop connections."""
    code = WITHOUT_NETWORK.replace(
        "runpy.run_path", "socket.create_connection(('127.0.0.1', 1)); runpy.run_path"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "no network here" in done.stderr

"""A duty and the consolidation after the demo, and their bundles as an auditor downloads them."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx

from local.demo.caller import Json
from local.samples import ScenarioName
from tests.bundle.conftest import AUDITOR, Kept, public_key
from tests.e2e.town import Town
from tests.waiting import eventually
from tests.workflows.running import CALENDAR

ANALYST = "uo-analyst"
DUTY, CONSOLIDATION = "/duties/13.1-UO2", "/consolidation"
SCAN = b"%PDF-1.7\n% the scan of a report that came on paper\n%%EOF\n"


async def with_paper(town: Town) -> str:
    """A report that came on paper, registered with its scan and considered; returns its number."""
    await eventually(lambda: _has_begun(town), "the consolidation has begun", 60)
    who = {"Authorization": f"Bearer {town.tokens[ANALYST]}"}
    files = {"file": ("Есеп.pdf", SCAN, "application/pdf")}
    uploaded = await town.api.post(f"/api/v1{CONSOLIDATION}/files", files=files, headers=who)
    assert uploaded.is_success, uploaded.text
    today = CALENDAR.local_date(datetime.now(UTC)).isoformat()
    paper: Json = {
        "sender": "td-sary",
        "kind": "thematic",
        "received_on": today,
        "started_on": today,
        "ended_on": today,
        "title": {"kk": "Балабақшаларға кезек"},
        "file": uploaded.json()["id"],
    }
    registered = await town.command(ANALYST, f"{CONSOLIDATION}/reports", paper, uuid4().hex)
    assert registered.is_success, registered.text
    number = str(registered.json()["report"])
    note: Json = {"note": "Қаралды"}
    considered = await town.command(ANALYST, f"{CONSOLIDATION}/reports/{number}/consider", note, uuid4().hex)
    assert considered.is_success, considered.text
    return number


async def has_passed_on(town: Town, fulfils: Kept) -> bool:
    """Whether the office of today owes its predecessor's year and has all that was received."""
    duty = (await town.ask(AUDITOR, DUTY)).json()
    counted = {each["number"] for each in duty["evidence"] if each["published_on"]}
    owed = not duty["period"]["exempt"] and counted == {fulfils.number}
    inbox = (await town.ask(AUDITOR, CONSOLIDATION)).json()["inbox"]
    return owed and inbox["received"] == len(ScenarioName) + 1


async def kept_of(town: Town, path: str, folder: Path) -> Kept:
    """The bundle of a proceeding, and what somebody outside knows of it."""
    shown = (await town.ask(AUDITOR, path)).json()
    answer = await town.ask(AUDITOR, f"{path}/bundle")
    assert answer.status_code == httpx.codes.OK, answer.text
    file = folder / f"{shown['mark']}.zip"
    file.write_bytes(answer.content)
    return Kept(shown["mark"], file, await public_key(town), shown["head_hash"])


async def _has_begun(town: Town) -> bool:
    return (await town.ask(ANALYST, CONSOLIDATION)).status_code == httpx.codes.OK

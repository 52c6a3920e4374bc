"""What an auditor takes away is on record, for ever: bundles, exports, raw histories, letters, contents."""

import pytest

from models.events import LetterSent
from tests.bundle.conftest import AUDITOR, AUDITORS_ACCOUNT, Kept
from tests.bundle.forger import forger_of
from tests.e2e.town import Town

pytestmark = pytest.mark.xdist_group("bundle")
TAKEN = {
    "/bundle": "download_bundle",
    "/history": "read_timeline",
    "/history.csv": "export_timeline_as_table",
    "/history.json": "export_timeline",
    "/history/raw": "read_raw_history",
    "/history/check": "check_history",
    "/journal": "read_journal",
    "/report/versions/1/content": "read_content",
}


async def seen(town: Town, number: str) -> list[str]:
    """What is on record of the auditor's reads of a monitoring, newest first."""
    answer = await town.ask(AUDITOR, f"/reads?number={number}&account={AUDITORS_ACCOUNT}&limit=50")
    assert answer.status_code == 200, answer.text
    return [row["what"] for row in answer.json()["items"]]


async def test_everything_an_auditor_takes_is_written_down(town: Town, kept: Kept) -> None:
    before = await seen(town, kept.number)
    sent = [line.entry.event for line in forger_of(kept.content).lines]
    letter = next(event for event in sent if isinstance(event, LetterSent))
    mail = f"/letters/{letter.letter}/attempts/{letter.attempt}/eml"
    for path in (*TAKEN, mail):
        answer = await town.ask(AUDITOR, f"/monitorings/{kept.number}{path}")
        assert answer.status_code == 200, (path, answer.text)
    after = await seen(town, kept.number)
    fresh = list(reversed(after[: len(after) - len(before)]))
    assert len(fresh) == len(TAKEN) + 1
    assert fresh[: len(TAKEN) - 1] == list(TAKEN.values())[:-1]


async def test_what_the_conductors_head_takes_is_its_own_work(town: Town, kept: Kept) -> None:
    before = await seen(town, kept.number)
    answer = await town.ask("sary-head", f"/monitorings/{kept.number}/bundle")
    assert answer.status_code == 200
    assert await seen(town, kept.number) == before

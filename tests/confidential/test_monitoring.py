"""A monitoring from start to end with encryption on: what Temporal keeps of it says nothing to a stranger."""

import json

import pytest
from sqlmodel import select
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.encryption.data_converter import codec_of, data_converter_of
from activities.encryption.payload_codec import UnreadablePayload
from activities.proofs.plain_history import decrypted, legible, plain
from activities.proofs.verification.replaying import replay
from local.samples import ScenarioName
from models.settings.environment import Settings
from models.tables.content import NoteRow, SnapshotRow
from models.vocabulary.procedure import Stage
from tests.confidential.keys import NEW, OLD, settings_with
from tests.replay.histories import KeptHistory, without_search_attributes
from tests.replay.personal import LINK_TOKEN, personal
from tests.workflows.conduct import (
    closes_for_good,
    dispatches,
    everyone_answers,
    has_an_approved_report,
    is_considered,
)
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre
from workflows import ALL_WORKFLOWS


async def played(theatre: Theatre) -> Running:
    """Scenario B to its end; `ends` replays it with the keys."""
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b)
    await everyone_answers(b)
    await is_considered(b)
    await closes_for_good(b)
    assert (await b.ends()).stage is Stage.CLOSED
    return b


async def hashes_of(theatre: Theatre) -> set[str]:
    """Every text and every frozen content of the database, by hash: what a history refers to."""
    async with theatre.sessions() as session:
        notes = (await session.exec(select(NoteRow.sha256))).all()
        return {*notes, *(await session.exec(select(SnapshotRow.sha256))).all()}


def said(history: WorkflowHistory) -> str:
    """Everything a reader without keys can see, payloads unpacked."""
    events = json.loads(history.to_json())["events"]
    return "\n".join(KeptHistory(workflow_id=history.workflow_id, workflow="", events=events).said())


async def test_the_history_is_sealed_for_strangers_and_whole_for_whoever_has_the_key(
    sealed_theatre: Theatre, sealing: Settings
) -> None:
    b = await played(sealed_theatre)
    history = await b.handle.fetch_history()
    opened = legible(await plain(history.to_json(), codec_of(sealing)))

    # The conductor is a search attribute; of the others, ids too short to look for ("uo") are left out.
    others = {a.organisation for a in b.scenario.dispatch.addressees} - {*b.scenario.conductors, "uo"}
    known = await hashes_of(sealed_theatre) | others | {b.scenario.accounts.head, "report_for_consideration"}
    assert len(known) > 10
    assert [word for word in known if word not in opened] == []
    assert [word for word in known if word in said(history)] == []
    assert '"encoding": "YmluYXJ5L2VuY3J5cHRlZA=="' in history.to_json()
    assert '"encoding": "anNvbi9wbGFpbg=="' not in without_search_attributes(history.to_json())

    assert [word for word in personal() if word in opened] == []
    assert LINK_TOKEN.search(opened) is None

    await replays_from(history, b, sealing)
    await is_closed_to_another_key(history)


async def replays_from(history: WorkflowHistory, b: Running, sealing: Settings) -> None:
    """Sealed, after a rotation, and as decrypted for the archive without any key."""
    rotated = settings_with(f"{NEW},{OLD}")
    for converter in (data_converter_of(sealing), data_converter_of(rotated)):
        assert await replay(history, ALL_WORKFLOWS, converter) is None
    archived = WorkflowHistory.from_json(b.handle.id, await plain(history.to_json(), codec_of(sealing)))
    for copy in (archived, await decrypted(history, codec_of(rotated))):
        assert await replay(copy, ALL_WORKFLOWS, pydantic_data_converter) is None


async def is_closed_to_another_key(history: WorkflowHistory) -> None:
    with pytest.raises(UnreadablePayload, match="2026a"):
        await plain(history.to_json(), codec_of(settings_with(NEW)))

"""Readiness says when closed runs wait too long for the archive; keys and bundle refuse in words."""

from datetime import UTC, datetime, timedelta

import pytest

from models.settings.environment import Settings, settings
from models.tables.archive import ArchivedRunRow
from tests.api.world import World


async def closes(world: World, ago: timedelta, *, archived: bool = False) -> None:
    """A closed run as the sweep notices it."""
    at = datetime.now(UTC) - ago
    async with world.sessions.begin() as session:
        row = ArchivedRunRow(
            workflow_id="monitoring/2026-SARY-0001",
            run_id=f"run-{ago}-{archived}",
            workflow_type="MonitoringWorkflow",
            status="completed",
            first_event_at=at,
            closed_at=at,
            noticed_at=at,
            archived_at=at if archived else None,
        )
        session.add(row)


async def test_a_closed_run_that_waits_too_long_shows(world: World) -> None:
    async def archive() -> tuple[bool, int]:
        said = (await world.call(None, "GET", "/health/ready")).json()
        return said["archive"], said["waiting_to_be_archived"]

    assert await archive() == (True, 0)
    await closes(world, timedelta(days=30), archived=True)
    await closes(world, timedelta(minutes=5))
    assert await archive() == (True, 1)
    await closes(world, timedelta(hours=2))
    assert await archive() == (False, 2)


async def test_without_a_key_a_bundle_is_refused_in_words(world: World) -> None:
    case = await world.started()
    refused = await world.call("uo-auditor", "GET", f"{case.path}/bundle")
    assert (refused.status_code, refused.json()["code"]) == (409, "signing_key_missing")
    keys = await world.client.get("/.well-known/monitoring-keys.json")
    assert keys.json() == {"algorithm": "Ed25519", "present": None, "former": []}
    assert (await world.client.get("/keys?lang=kk")).status_code == 200


def test_the_program_does_not_start_without_a_signing_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINK_SECRET", "x" * 32)
    monkeypatch.delenv("SIGNING_KEY", raising=False)
    settings.cache_clear()
    with pytest.raises(ValueError, match="SIGNING_KEY"):
        settings()
    assert Settings().min_retention_days == 90

"""The two stores: do they answer, are they of this release, do they keep what they have to?"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import GetSystemInfoRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.bounds.temporal import answered
from activities.database.sessions import Sessions
from activities.doctor.finding import Finding, broken, doubtful, sound
from activities.keepers.moments import missed_moments
from activities.proofs.retention import ForgetsTooSoon, check_retention
from activities.proofs.sweep import waiting_runs
from activities.record.disagreements import how_many_disagree
from models.settings.environment import Settings
from models.settings.temporal_set import SERVER, Beside, beside_the_set
from models.tables.heartbeats import HeartbeatRow
from models.vocabulary.queues import Queue

_ROOT: Final = Path(__file__).parents[2]
_UPGRADING: Final = "Versions"
_STALE: Final = timedelta(seconds=30)


def newest_schema() -> str:
    """The migration that this program's tables need."""
    config = Config()
    config.set_main_option("script_location", str(_ROOT / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head is not None, "a product with tables has migrations"
    return head


async def database(sessions: Sessions, given: Settings) -> Sequence[Finding]:
    """PostgreSQL, and what it says of the rest."""
    try:
        async with sessions() as session:
            found = [await _schema(session)]
            if found[0].gravity:
                return found
            return [*found, await _writable(session), *await _workers(session), *await _work(session, given)]
    except (SQLAlchemyError, OSError) as fault:
        return (
            broken(
                "database",
                f"PostgreSQL does not answer ({type(fault).__name__}).",
                "Start it, or set DATABASE_URL right.",
                "Watching",
            ),
        )


async def _schema(session: AsyncSession) -> Finding:
    connection = await session.connection()
    there = (await connection.execute(text("SELECT to_regclass('alembic_version')"))).scalar_one()
    found = (
        (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one_or_none()
        if there
        else None
    )
    newest = newest_schema()
    if found == newest:
        return sound("schema", f"The database has the newest schema ({newest}).")
    return broken(
        "schema",
        f"The database has the schema {found or 'of nothing'}, this release needs {newest}.",
        "Run the migrations as the tables' owner (alembic upgrade head), or the release they belong to.",
        _UPGRADING,
    )


async def _writable(session: AsyncSession) -> Finding:
    connection = await session.connection()
    standby = (await connection.execute(text("SELECT pg_is_in_recovery()"))).scalar_one()
    read_only = (await connection.execute(text("SHOW default_transaction_read_only"))).scalar_one() == "on"
    if standby or read_only:
        return broken(
            "database",
            "The database is read-only: a standby, or set so.",
            "Point DATABASE_URL at the primary.",
            "Watching",
        )
    return sound("database", "PostgreSQL answers and may be written to.")


async def _workers(session: AsyncSession) -> Sequence[Finding]:
    now = datetime.now(UTC)
    rows = await session.exec(select(HeartbeatRow))
    alive = {
        name.strip()
        for row in rows
        if now - row.at < _STALE
        for name in row.queues.split(",")
        if name.strip()
    }
    idle = [queue.value for queue in Queue if queue.value not in alive]
    if not idle:
        return (sound("workers", "A worker of each queue gives signs of life."),)
    todo = "Start worker.py with WORKER_QUEUES of that name."
    return tuple(broken("workers", f"No worker works on {queue}.", todo, "Watching") for queue in idle)


async def _work(session: AsyncSession, given: Settings) -> Sequence[Finding]:
    """What the watches have found."""
    found: list[Finding] = []
    missed = len(await missed_moments(session))
    if missed:
        said = f"{missed} proceedings missed their moment."
        found.append(broken("moments", said, "python -m operate moments --refresh", "Missed moments"))
    apart = await how_many_disagree(session)
    if apart:
        said = f"The stores of {apart} proceedings disagree."
        found.append(broken("stores", said, "python -m api.reconcile_cli", "Reconcile"))
    waiting = await waiting_runs(session)
    bound = timedelta(minutes=given.archive_within_minutes)
    if waiting.oldest is not None and datetime.now(UTC) - waiting.oldest > bound:
        said = f"{waiting.count} closed runs wait to be archived, since {waiting.oldest:%F %T} UTC."
        found.append(broken("archive", said, "Look into the log of worker-procedure.", "Watching"))
    return found or (sound("work", "No moment was missed, the stores agree, the archive is up to date."),)


async def temporal(client: Client, given: Settings, attributes: Sequence[str]) -> Sequence[Finding]:
    """The server: its release, how long it keeps histories, which attributes it knows."""
    try:
        asked = client.workflow_service.get_system_info(GetSystemInfoRequest())
        release = (await answered(asked, "the server says its release")).server_version
        return [_release(release), await _retention(client, given), await _attributes(client, attributes)]
    except (RPCError, TimeoutError) as fault:
        return (temporal_away(type(fault).__name__),)


def temporal_away(why: str) -> Finding:
    return broken(
        "temporal",
        f"Temporal does not answer ({why}).",
        "Start it, or set TEMPORAL_ADDRESS right.",
        "Watching",
    )


def _release(release: str) -> Finding:
    stands = beside_the_set(release)
    if stands is Beside.SAME:
        return sound("temporal", f"Temporal answers; it is of the release {release}.")
    return doubtful(
        "temporal",
        f"Temporal is of the release {release}, {stands.value} than this product was tried with ({SERVER}).",
        "Bring it there, one minor release at a time, its schema before the server.",
        _UPGRADING,
    )


async def _retention(client: Client, given: Settings) -> Finding:
    try:
        await check_retention(client, given.min_retention_days)
    except ForgetsTooSoon as why:
        return broken("retention", str(why), "At once: what closes meanwhile is lost.", "Retention")
    return sound("retention", f"Closed histories are kept for {given.min_retention_days} days or longer.")


async def _attributes(client: Client, wanted: Sequence[str]) -> Finding:
    asked = client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    known = (await answered(asked, "attributes are listed")).custom_attributes
    missing = [name for name in wanted if name not in known]
    if not missing:
        return sound("temporal", "Temporal knows the search attributes of proceedings.")
    return broken(
        "temporal",
        f"Temporal does not know the search attributes {', '.join(missing)}: who uses one stands still.",
        "Run docker/temporal-namespace.sh.",
        "Retention",
    )

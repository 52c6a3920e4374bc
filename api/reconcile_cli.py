"""After a restore: `python -m api.reconcile_cli` shows where the stores disagree, `--apply` puts it right.

Nothing is changed without `--apply` and the order it rests on. Exit codes: 0 both stores agree, 1 they do
not, 2 something cannot be repaired, 3 a store cannot be reached.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Annotated, Final

import typer
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.encryption.data_converter import codec_of
from activities.keepers.duty_notices import DutyPost
from activities.reconciliation.evidence import evidence_of, in_no_journal
from activities.reconciliation.findings import BeyondRepair, Finding, finding_of
from activities.reconciliation.missing import missing_content
from activities.reconciliation.repairing import Repairs
from activities.reconciliation.survey import all_proceedings, restore_numbers
from activities.record.disagreements import agree_again, disagreements
from activities.record.recorder import NotRecorded
from models.duty.state import DutyState
from models.settings.environment import Settings
from models.vocabulary.stores import Store
from models.vocabulary.texts import says_something
from workflows.carrying_on import carried_on
from workflows.client import connect

DISAGREE: Final = 1
BEYOND: Final = 2
UNREACHABLE: Final = 3


def main(
    apply: Annotated[
        bool, typer.Option("--apply", help="Put it right; without it nothing is changed.")
    ] = False,
    order: Annotated[
        str, typer.Option(help="The order it is done by: kind, number, date. It stands in the journals.")
    ] = "",
    only: Annotated[
        list[str] | None, typer.Option(help="Only these workflows, e.g. monitoring/2026-UO-0001.")
    ] = None,
) -> None:
    """Compare PostgreSQL's journals with Temporal's histories; bring together what a restore set apart."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s")
    if apply and not says_something(order):
        raise typer.BadParameter("say by whose order: --order 'Order No. 12 of 3 March 2027'")
    try:
        code = asyncio.run(_reconcile(Settings(), order.strip() if apply else None, only or []))
    except (SQLAlchemyError, RPCError, RuntimeError, OSError) as error:
        typer.echo(f"A store cannot be reached ({type(error).__name__}). Nothing more was done.", err=True)
        raise typer.Exit(UNREACHABLE) from None
    raise typer.Exit(code)


async def _reconcile(settings: Settings, order: str | None, only: Sequence[str]) -> int:
    engine = engine_for(settings.database_url, pool_size=2)
    try:
        sessions, client = sessions_for(engine), await connect(settings)
        found, beyond = await _look(settings, sessions, client, only)
        for finding in found:
            typer.echo(told(finding))
        if found and order is not None:
            repairs = Repairs(client, sessions, codec_of(settings), carried_on, order)
            beyond += await _repair(repairs, found)
            found = [] if not beyond else found
        await _tell_what_is_lost(sessions, [finding.workflow_id for finding in found])
        typer.echo(_verdict(len(found), beyond, applied=order is not None))
        return BEYOND if beyond else DISAGREE if found else 0
    finally:
        await engine.dispose()


async def _look(
    settings: Settings, sessions: Sessions, client: Client, only: Sequence[str]
) -> tuple[list[Finding], int]:
    """Every proceeding, one after the other; those that were listed and agree leave the list."""
    async with sessions() as session:
        ids = list(only) or await all_proceedings(session, client)
    typer.echo(f"{len(ids)} proceedings are compared.")
    found: list[Finding] = []
    agreeing: list[str] = []
    beyond = 0
    for workflow_id in ids:
        try:
            async with sessions() as session:
                evidence = await evidence_of(session, client, codec_of(settings), workflow_id)
            finding = finding_of(evidence)
        except (BeyondRepair, ValueError) as wrong:
            typer.echo(f"{workflow_id}: CANNOT BE REPAIRED HERE: {wrong}")
            beyond += 1
            continue
        if finding is None:
            agreeing.append(workflow_id)
        else:
            found.append(finding)
    async with sessions() as session, session.begin():
        listed = {known.workflow_id for known in await disagreements(session)}
        await agree_again(session, listed & set(agreeing))
    return found, beyond


async def _repair(repairs: Repairs, found: Sequence[Finding]) -> int:
    """How many could not be brought together."""
    repaired: list[Finding] = []
    for finding in found:
        try:
            await repairs.repair(finding)
        except (NotRecorded, BeyondRepair, RPCError) as wrong:
            typer.echo(f"{finding.mark}: NOT REPAIRED: {wrong}")
            continue
        repaired.append(finding)
        await _catch_up(repairs, finding)
    noted = await asyncio.gather(*(repairs.noted(finding) for finding in repaired))
    for finding, seen in zip(repaired, noted, strict=True):
        later = "" if seen else "; its journal will say so when a worker runs"
        typer.echo(f"{finding.mark}: repaired{later}")
    async with repairs.sessions() as session, session.begin():
        await restore_numbers(session)
    return len(found) - len(repaired)


async def _catch_up(repairs: Repairs, finding: Finding) -> None:
    """A duty whose run was begun anew hears again what monitorings told the one before."""
    if finding.behind is Store.JOURNAL or not finding.workflow_id.startswith("duty/"):
        return
    async with repairs.sessions() as session:
        evidence = await evidence_of(session, repairs.client, repairs.codec, finding.workflow_id)
    state = evidence.state
    assert isinstance(state, DutyState)
    await DutyPost(repairs.client, repairs.sessions).catch_up(state.organisation, state.kind)


def told(finding: Finding) -> str:
    """One finding in one line."""
    entries = f"entries {finding.from_seq}-{finding.to_seq}"
    if finding.behind is Store.JOURNAL:
        said = f"the journal is behind: {entries} are in the workflow's history only"
    elif finding.fault.value == "differ":
        said = f"the workflow went another way: {entries} of the journal are not its own"
    else:
        said = f"the workflow is behind: {entries} are in the journal only"
    lost = f"; acknowledged and in neither: {', '.join(finding.lost)}" if finding.lost else ""
    return f"{finding.mark}: {said}{lost}"


async def _tell_what_is_lost(sessions: Sessions, apart: Sequence[str]) -> None:
    """Commands answered as done that are in no journal, and content that entries name and that is gone."""
    async with sessions() as session:
        for row in await in_no_journal(session):
            typer.echo(
                f"acknowledged, in no journal: command {row.id} ({row.name}, {row.number}, {row.at:%F %T})"
            )
        for workflow_id, what, sha256 in await missing_content(session):
            typer.echo(f"named by {workflow_id}, not in the database: {what} {sha256}")
    if apart:
        typer.echo("What stands in the store that is ahead is not lost: it comes back with --apply.")


def _verdict(found: int, beyond: int, *, applied: bool) -> str:
    if beyond:
        return f"{beyond} proceedings need more than this program: see docs/operations.md."
    if found:
        return f"{found} proceedings disagree. Nothing was changed: `--apply --order …` puts them right."
    return "Both stores agree." if not applied else "Both stores agree again."


if __name__ == "__main__":
    typer.run(main)

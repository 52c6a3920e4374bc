"""Which proceedings there are, whichever store knows of them; and the numbers that are taken."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client

from models.proof.archive import is_product
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.tables.numbers import NumberRow
from models.tables.received_reports import ReceivedReportRow
from models.vocabulary.procedure import Id

TYPES: Final = ("MonitoringWorkflow", "DutyWorkflow", "ConsolidationWorkflow")
QUERY: Final = f"WorkflowType IN ({', '.join(repr(name) for name in TYPES)})"
_PAGE: Final = 500


async def all_proceedings(session: AsyncSession, client: Client) -> list[str]:
    """The ids of all workflows that keep a journal. Raises RPCError."""
    known = set(await session.exec(select(EntryRow.workflow_id).distinct()))
    async for run in client.list_workflows(QUERY, page_size=_PAGE):
        if is_product(run.id):
            known.add(run.id)
    return sorted(known)


async def restore_numbers(session: AsyncSession) -> None:
    """No number that stands in a journal is given again: a counter set back goes on after the last."""
    highest: dict[tuple[int, str], int] = {}
    numbers = list(await session.exec(select(MonitoringRow.number)))
    numbers += await session.exec(select(ReceivedReportRow.report).distinct())
    for sequence, serial in _serials(numbers):
        highest[sequence] = max(serial, highest.get(sequence, 0))
    for (year, code), last in highest.items():
        counter = insert(NumberRow).values(year=year, code=code, last=last)
        further = func.greatest(col(NumberRow.last), last)
        await session.exec(
            counter.on_conflict_do_update(index_elements=["year", "code"], set_={"last": further})
        )


def _serials(numbers: list[Id]) -> Iterator[tuple[tuple[int, str], int]]:
    """`2026-SARY-0007` is the seventh of its body's year; `P-2026-0003` the third paper report."""
    for number in numbers:
        first, second, serial = number.split("-")
        year, code = (second, f"{first}-") if second.isdigit() else (first, second)
        yield (int(year), code), int(serial)

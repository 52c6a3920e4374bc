"""Contents of reports as they were frozen: what lies under its hash never changes."""

from typing import Final

from cachetools import LRUCache
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.remembered import memory_of
from models.report.content import ReportContent
from models.tables.content import SnapshotRow
from models.vocabulary.procedure import Sha256

_HELD: Final = 4
"""A report goes to many, and all of them read it within days; a large one takes a megabyte."""


async def frozen_content(session: AsyncSession, sha256: Sha256) -> ReportContent | None:
    """None where it is not on file. It is to be read only: the few that were read last are remembered."""
    memory = memory_of(session)
    held = memory.setdefault("contents read last", LRUCache(_HELD)) if memory is not None else LRUCache(_HELD)
    assert isinstance(held, LRUCache)
    content: ReportContent | None = held.get(sha256)
    if content is None:
        row = await session.get(SnapshotRow, sha256)
        if row is None:
            return None
        content = ReportContent.model_validate_json(row.body)
        held[sha256] = content
    return content

"""What the registries say, remembered by the process for as long as nothing is entered into them.

Remembered is only for sessions that have read which version is in force, with the statement they began with
(`VERSION`, `seen`) or by one of its own (`see`), until they commit. Nobody else is told anything remembered:
whoever changes a registry reads it as it is.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, MutableMapping
from typing import Final, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.tables.registries import RegistriesRow

T = TypeVar("T")
Memory = MutableMapping[Hashable, object]
VERSION: Final = select(col(RegistriesRow.version)).scalar_subquery()
"""To be selected beside whatever a reader begins with."""
_MOST: Final = 20_000
_VERSIONS: Final = 3  # a reader may have begun just before the last change
_SEEN: Final = "registries"
_of_databases: WeakKeyDictionary[Pool, OrderedDict[str, Memory]] = WeakKeyDictionary()


def seen(session: AsyncSession, version: str) -> None:
    """The session has read that this version is in force."""
    given = session.sync_session
    session.info[_SEEN] = (given.get_transaction() or given.begin(), version)


async def see(session: AsyncSession) -> None:
    """Read which version is in force, where it was not read yet."""
    if memory_of(session) is None:
        seen(session, (await session.exec(select(RegistriesRow.version))).one())


def memory_of(session: AsyncSession) -> Memory | None:
    """What is remembered of the version that the session has read; None for one that has read none."""
    transaction, version = session.info.get(_SEEN, (None, ""))
    if transaction is None or transaction is not session.sync_session.get_transaction():
        return None
    versions = _of_databases.setdefault(session.sync_session.get_bind().engine.pool, OrderedDict())
    memory = versions.setdefault(version, {})
    if len(versions) > _VERSIONS:
        versions.popitem(last=False)
    if len(memory) > _MOST:
        memory.clear()
    return memory


async def remembered(session: AsyncSession, what: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
    """The answer to a question, asked of the database once for each version. Nobody changes what it is.

    That there is none (None) is asked again: what is not there yet may come without a new version.
    """
    memory = memory_of(session)
    if memory is not None and what in memory:
        return cast(T, memory[what])
    answer = await ask()
    if memory is not None and answer is not None:
        memory[what] = answer
    return answer

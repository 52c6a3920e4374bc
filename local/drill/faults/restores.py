"""One store is set back alone: copied while everything runs, and put back some seconds of work later.

Then an operator reconciles, by the words of `docs/operations.md` and by the program that is told there.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Final, Protocol

from local.drill.copying import Copying
from local.drill.faults.fault import Kind
from local.process import StackError
from local.stack import Part
from models.vocabulary.stores import Store

_TRIES: Final = 3
"""An operator repeats the program where people were in between."""


@dataclass(frozen=True)
class SetBack:
    """A restore that is over: what was done after `copied` is gone from the store; `said` is the program."""

    store: Store
    copied: datetime
    stopped: datetime
    reconciled: datetime
    said: str

    def lacks(self, done: datetime) -> bool:
        """Whether the copy may lack what was acknowledged at an instant."""
        return self.copied <= done <= self.reconciled


class Forgetting(Protocol):
    """Told while a database is set back: content that is newer than the copy is there no more."""

    def begins(self) -> None:
        """From now on people meet what is missing."""
        ...

    async def is_over(self) -> None:
        """It is reconciled: whoever had begun cannot go on as if nothing were missing."""
        ...


@dataclass
class Restore:
    """Of PostgreSQL's database, or of Temporal's."""

    copying: Copying
    store: Store
    note: Callable[[SetBack], None]
    forgetting: Forgetting
    between: tuple[float, float]
    """Seconds of work between the copy and the day it is put back."""
    lasts: tuple[float, float] = (0.0, 0.0)
    kind = Kind.RESTORE
    severs = True
    ends: frozenset[Part] = frozenset()

    @property
    def where(self) -> str:
        return "database" if self.store is Store.JOURNAL else "histories"

    async def strike(self, chance: Random) -> None:
        """Copy, let people work, then stop whoever works, as an orderly operator does."""
        self._copied = datetime.now(UTC)
        self._copy = self.copying.home / "copies" / f"{self.where}-{self._copied:%H%M%S}"
        self._copy.mkdir(parents=True, mode=0o700)
        await self.copying.copy(self.store, self._copy)
        await asyncio.sleep(chance.uniform(*self.between))
        await self.copying.work_ends()
        self._stopped = datetime.now(UTC)

    async def mend(self) -> None:
        """Put back, start, reconcile. Raises StackError where the program does not bring them together."""
        if self.store is Store.JOURNAL:
            self.forgetting.begins()
        await self.copying.put_back(self.store, self._copy)
        await self.copying.work_begins()
        said = await self._reconciled()
        if self.store is Store.JOURNAL:
            await self.forgetting.is_over()
        self.note(SetBack(self.store, self._copied, self._stopped, datetime.now(UTC), said))

    async def _reconciled(self) -> str:
        """What the program said, in all tries."""
        said = ""
        for _ in range(_TRIES):
            code, words = await self.copying.reconcile()
            said += words
            if code == 0:
                return said
        raise StackError(f"The stores were not reconciled after {self.where} was set back:\n{said}")

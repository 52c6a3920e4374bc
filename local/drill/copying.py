"""How a store is copied and put back alone, and both are reconciled: as an operator does on this ground."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from activities.bounds.within import within
from local.copies import copy_database, copy_histories, put_back_database, put_back_histories
from local.process import ended
from local.programs import ROOT
from local.stack import Part, Stack
from models.vocabulary.stores import Store

RECONCILES_WITHIN: Final = 180.0
_ORDER: Final = "Order No. 1 of a drill"


class Copying(Protocol):
    """What an operator does, by the words of `docs/operations.md`."""

    @property
    def home(self) -> Path:
        """Copies are kept below it."""
        ...

    async def copy(self, store: Store, to: Path) -> None:
        """One store as of now, while everybody works, into an empty folder."""
        ...

    async def work_ends(self) -> None:
        """An orderly stop of whoever works."""
        ...

    async def put_back(self, store: Store, copy: Path) -> None:
        """The store as it was copied, while nobody works."""
        ...

    async def work_begins(self) -> None:
        """Whoever worked works again when this returns."""
        ...

    async def reconcile(self) -> tuple[int, str]:
        """The program that brings the stores together: its exit code and what it said."""
        ...


@dataclass(frozen=True)
class StackCopying:
    """On the stack of one machine."""

    stack: Stack

    @property
    def home(self) -> Path:
        return self.stack.home

    async def copy(self, store: Store, to: Path) -> None:
        if store is Store.JOURNAL:
            await copy_database(self.stack.postgres, to / store)
        else:
            await asyncio.to_thread(copy_histories, self.stack.home, to / store)

    async def work_ends(self) -> None:
        for part in (Part.API, Part.WORKER):
            await self.stack.stop(part)

    async def put_back(self, store: Store, copy: Path) -> None:
        if store is Store.JOURNAL:
            await put_back_database(self.stack.postgres, copy / store)
            return
        await self.stack.stop(Part.TEMPORAL)
        put_back_histories(self.stack.home, copy / store)
        await self.stack.start(Part.TEMPORAL)

    async def work_begins(self) -> None:
        for part in (Part.WORKER, Part.API):
            await self.stack.start(part)

    async def reconcile(self) -> tuple[int, str]:
        return await reconcile(self.stack, "--apply", "--order", _ORDER)


async def reconcile(stack: Stack, *options: str) -> tuple[int, str]:
    """The program as an operator runs it, as the application's role: its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api.reconcile_cli", *options),
        cwd=ROOT,
        env={**os.environ, **stack.settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    with ended(process):
        said, _ = await within(RECONCILES_WITHIN, process.communicate(), "reconciling ends")
    assert process.returncode is not None
    return process.returncode, said.decode()

"""Two stores, each copied in the middle of several lives and put back alone while people go on acting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import httpx
from sqlmodel import col, select

from activities.proofs.verification.verify import verify
from local.demo.caller import Json
from local.drill.copying import StackCopying, reconcile
from models.calendar.country import COUNTRY
from models.tables.commands import CommandRow
from models.tables.journal import EntryRow
from models.vocabulary.stores import Store
from tests.e2e.town import Town
from tests.waiting import eventually
from workflows import ALL_WORKFLOWS

ANALYST: Final = "sary-analyst"
ORDER: Final = "Order No. 7 of 2026-11-30"


@dataclass
class Lives:
    """Some monitorings at several points of their lives, and what their people were told was done."""

    town: Town
    copies: Path
    told: set[str] = field(default_factory=set)  # commands that the API answered as done

    # ——— people ———
    async def begins(self, number: str) -> httpx.Response:
        return await self.command(number, "/collection", {"began_on": _today()})

    async def works(self, number: str, times: int = 1) -> list[httpx.Response]:
        """So many activities at once; whatever is not answered in time is nobody's promise."""
        body: Json = {"activity": "analyse", "done_on": _today(), "note": "орындалды"}
        return await asyncio.gather(*(self.command(number, "/activities", body) for _ in range(times)))

    async def command(self, number: str, path: str, body: Json) -> httpx.Response:
        return await self.town.command(ANALYST, f"/monitorings/{number}{path}", body, uuid4().hex)

    async def works_all_the_time(self, *numbers: str) -> None:
        """Until cancelled; a store that is taken away makes it fail, and it goes on."""
        while True:
            for number in numbers:
                try:
                    await self.works(number, 3)
                except httpx.TransportError:
                    await asyncio.sleep(0)

    # ——— operators ———
    async def remembers_what_was_told(self) -> None:
        """Before the database is taken away: what its answers promised."""
        async with self.town.inside.sessions() as session:
            done = select(CommandRow.id).where(
                CommandRow.outcome == "done", col(CommandRow.number).is_not(None)
            )
            self.told |= set(await session.exec(done))

    async def copied(self, store: Store) -> None:
        folder = self.copies / store
        folder.mkdir()
        await StackCopying(self.town.stack).copy(store, folder)

    @asynccontextmanager
    async def set_back(self, store: Store) -> AsyncIterator[None]:
        """Everything stops, one store is put back as it was copied, everything starts."""
        operator = StackCopying(self.town.stack)
        await operator.work_ends()
        await self.remembers_what_was_told()
        await operator.put_back(store, self.copies / store)
        await operator.work_begins()
        yield

    async def reconcile(self, *options: str) -> tuple[int, str]:
        """The program as an operator runs it, as the application's role."""
        return await reconcile(self.town.stack, *options)

    # ——— what must be ———
    async def is_under_repair(self, number: str) -> None:
        """Within some attempts: at first nobody knows, and the command has no answer."""

        async def says_so() -> bool:
            [answer] = await self.works(number)
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
            return bool(answer.json()["code"] == "under_repair")

        await eventually(says_so, f"{number} is known to be under repair", within=30)

    async def nothing_told_is_lost(self, said: str) -> None:
        """Every acknowledged command stands in a journal, or the program has named it."""
        async with self.town.inside.sessions() as session:
            noted = set(await session.exec(select(EntryRow.command_id).distinct()))
        assert {command for command in self.told if command not in noted and command not in said} == set()

    async def bundle_verifies(self, number: str) -> None:
        """Whoever has only the bundle is told of the repair and finds nothing wrong."""
        answer = await self.town.ask("uo-auditor", f"/monitorings/{number}/bundle")
        assert answer.status_code == httpx.codes.OK, answer.text
        file = self.copies / f"{number}.zip"
        file.write_bytes(answer.content)
        await verify(file, ALL_WORKFLOWS)

    async def check_agrees(self, *numbers: str) -> None:
        for number in numbers:

            async def agrees(number: str = number) -> bool:
                found = (await self.town.ask("uo-auditor", f"/monitorings/{number}/history/check")).json()
                return bool(found["agrees"]) and found["workflow"]["verdict"] == "agrees"

            await eventually(agrees, f"the check of {number} agrees", within=30)


def _today() -> str:
    return datetime.now(COUNTRY).date().isoformat()

"""Reading letters as their recipients do, in the mailbox: wait for one, find the link in it."""

import asyncio
import re
from typing import Final

import httpx
from pydantic import TypeAdapter

from local.demo.caller import DemoFailed
from local.mailbox import Letter, Summary

WAIT_SECONDS: Final = 120.0
_SUMMARIES = TypeAdapter(list[Summary])
_LINK: Final = re.compile(r"https?://\S+/r/[\w.~-]+")
_CHECK: Final = re.compile(r"https?://\S+/check/\S+\?word=[\w-]+")


class Letterbox:
    """The mailbox over HTTP. What was read once is not offered again."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._read: set[str] = set()

    async def next_with_link(self, address: str, number: str) -> str:
        """The link of the oldest unread letter of a monitoring to an address that has one; waits for it."""
        until = asyncio.get_running_loop().time() + WAIT_SECONDS
        while asyncio.get_running_loop().time() < until:
            for summary in reversed(await self._letters(address)):
                if summary.id in self._read or number not in summary.subject:
                    continue
                letter = await self._opened(summary)
                self._read.add(summary.id)
                link = _LINK.search(letter.text)
                if link:
                    return link.group()
            await asyncio.sleep(0.1)
        raise DemoFailed(f"{number}: no letter with a link came to {address} within {WAIT_SECONDS:.0f} s")

    async def all(self) -> list[Summary]:
        """Every letter, newest first."""
        return await self._letters(None)

    async def check_page(self, number: str) -> str:
        """Where a letter of a monitoring says that it can be checked."""
        for summary in await self._letters(None):
            found = _CHECK.search((await self._opened(summary)).text) if number in summary.subject else None
            if found:
                return found.group()
        raise DemoFailed(f"{number}: no letter says where it can be checked")

    async def _opened(self, summary: Summary) -> Letter:
        return Letter.model_validate_json((await self._client.get(f"/messages/{summary.id}")).content)

    async def _letters(self, address: str | None) -> list[Summary]:
        params = {"to": address} if address else {}
        response = await self._client.get("/messages", params=params)
        return _SUMMARIES.validate_json(response.content)

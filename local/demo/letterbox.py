"""Reading letters as their recipients do, in the mailbox: wait for one, find the link in it."""

import re
from collections.abc import Awaitable, Callable
from typing import Final

import httpx
from pydantic import TypeAdapter

from local.demo.caller import DemoFailed
from local.demo.patience import WAIT_SECONDS, until
from local.mailbox import Letter, Summary

_SUMMARIES = TypeAdapter(list[Summary])
_LINK: Final = re.compile(r"https?://\S+/r/[\w.~-]+")
_WAY_IN: Final = re.compile(r"https?://\S+/sign-in/link/[\w.~-]+")
_CHECK: Final = re.compile(r"https?://\S+/check/\S+\?word=[\w-]+")


class Letterbox:
    """The mailbox over HTTP. What was read once is not offered again, nor a second copy of it."""

    def __init__(self, client: httpx.AsyncClient, patience: float = WAIT_SECONDS) -> None:
        self._client = client
        self._patience = patience
        self._read: set[str] = set()  # by Message-ID, as mail programs tell copies

    async def next_with_link(self, address: str, number: str) -> str:
        """The link of the oldest unread letter of a monitoring to an address that has one; waits for it."""

        async def any_one(_: str) -> bool:
            return True

        return await self.next_that(address, number, any_one)

    async def next_that(self, address: str, number: str, asks: Callable[[str], Awaitable[bool]]) -> str:
        """The same of those that ask for something; the others stay unread. Each is asked about once."""
        found: list[str] = []
        passed_over: set[str] = set()

        async def came() -> bool:
            for message_id, link in await self._unread_links(address, number, passed_over):
                if await asks(link):
                    self._read.add(message_id)
                    found.append(link)
                    return True
                passed_over.add(message_id)
            return False

        await until(came, f"{number}: no letter with such a link came to {address}", self._patience)
        return found[0]

    async def _unread_links(self, address: str, number: str, passed_over: set[str]) -> list[tuple[str, str]]:
        """Message-ID and link of unread letters that have one, the oldest first."""
        links: list[tuple[str, str]] = []
        for summary in reversed(await self._letters(address)):
            if summary.message_id in self._read | passed_over or number not in summary.subject:
                continue
            link = _LINK.search((await self._opened(summary)).text)
            if link:
                links.append((summary.message_id, link.group()))
            else:
                self._read.add(summary.message_id)
        return links

    async def all(self) -> list[Summary]:
        """Every letter, newest first."""
        return await self._letters(None)

    async def way_in(self, address: str) -> str:
        """The newest link to sign in by that was mailed to an address; waits for it."""
        found: list[str] = []

        async def came() -> bool:
            for summary in await self._letters(address):
                link = _WAY_IN.search((await self._opened(summary)).text)
                if link:
                    found.append(link.group())
                    return True
            return False

        await until(came, f"no link to sign in by came to {address}", self._patience)
        return found[0]

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

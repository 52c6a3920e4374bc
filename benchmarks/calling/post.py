"""Letters as their recipients read them: from the files of the mailbox, because asking it would cost it."""

import asyncio
import re
from collections import defaultdict
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from activities.bounds.within import within
from local.mailbox.store import Envelope

LOOK_SECONDS: Final = 0.03
LINK: Final = re.compile(r"https?://\S+/r/[\w.~-]+")


@dataclass(frozen=True)
class Arrived:
    """A letter: to whom, of what, and the link in it."""

    address: str
    subject: str
    link: str | None


class Post:
    """Letters as they arrive, by address, each given out once. It looks only while somebody waits."""

    def __init__(self, letters: Path) -> None:
        self._letters = letters
        self._seen: set[str] = set()
        self._unread: defaultdict[str, list[Arrived]] = defaultdict(list)
        self._looking: asyncio.Lock = asyncio.Lock()
        self.count = 0

    async def next_with_link(self, address: str, number: str, seconds: float = 120.0) -> str:
        """The link of the oldest unread letter to an address whose subject names a monitoring."""

        async def came() -> str:
            while (link := self._taken(address.lower(), number)) is None:
                await self._pause()
            return link

        return await within(seconds, came(), f"a letter of {number} with a link comes to {address}")

    async def have_come(self, count: int, seconds: float = 180.0) -> None:
        """Wait until so many letters have arrived in all."""

        async def came() -> None:
            while self.count < count:
                await self._pause()

        await within(seconds, came(), f"{count} letters have come ({self.count} have)")

    async def catch_up(self) -> int:
        """Read what is there by now; how many have come in all."""
        async with self._looking:
            self._look()
        return self.count

    async def _pause(self) -> None:
        """Whoever comes first looks for everybody."""
        if self._looking.locked():
            await asyncio.sleep(LOOK_SECONDS)
            return
        async with self._looking:
            self._look()
            await asyncio.sleep(LOOK_SECONDS)

    def _taken(self, address: str, number: str) -> str | None:
        for letter in self._unread[address]:
            if letter.link and number in letter.subject:
                self._unread[address].remove(letter)
                return letter.link
        return None

    def _look(self) -> None:
        fresh = {path.stem for path in self._letters.glob("*.json")} - self._seen
        for name in sorted(fresh, key=_order):
            # The envelope comes last, and is there for a moment before it says anything.
            if not (self._letters / f"{name}.json").stat().st_size:
                continue
            self._seen.add(name)
            self.count += 1
            for letter in read(self._letters, name):
                self._unread[letter.address].append(letter)


def read(letters: Path, name: str) -> list[Arrived]:
    """A letter for each of its recipients."""
    envelope = Envelope.model_validate_json((letters / f"{name}.json").read_bytes())
    raw = (letters / f"{name}.eml").read_bytes()
    message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    found = LINK.search(str(body.get_content())) if body else None
    # Decoded whole: `policy.default` keeps the blank between two encoded words.
    subject = str(make_header(decode_header(str(dict(message.raw_items()).get("Subject", "")))))
    return [Arrived(to.lower(), subject, found.group() if found else None) for to in envelope.recipients]


def _order(name: str) -> tuple[int, int]:
    moment, _, number = name.partition("-")
    return int(moment), int(number)

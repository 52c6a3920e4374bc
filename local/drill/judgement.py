"""Whether every promise was kept, judged once nothing goes wrong any more."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, TypeVar

import httpx
from bs4 import BeautifulSoup

from activities.bounds.within import NotInTime, within
from local.drill.faults import Storm
from local.drill.insisting import insisting
from local.drill.ledger import KEY, Exchange, Ledger, receipt_of
from local.drill.letters import Post
from local.drill.promises import Broken, Promise
from local.drill.records import Recorded, Records
from local.stack import Part
from models.events import Entry, ReportAcknowledged
from models.letters.links import verify
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Number, Stage

AT_ONCE: Final = 8
READY_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 60.0
_REPEATED: Final = ("Authorization", KEY, "Content-Type", "Accept-Language", "If-Match")
_LINK_DAYS: Final = 180
_AGREES: Final = "agrees"
T = TypeVar("T")
U = TypeVar("U")


class SeenComparison(Model):
    verdict: str


class SeenCheck(Model):
    """What the live check says."""

    agrees: bool
    workflow: SeenComparison


class SeenStage(Model):
    stage: Stage


@dataclass
class Judge:
    """Looks at one drill. `auditor` is the token of somebody who may read everything."""

    ledger: Ledger
    storm: Storm
    records: Records
    post: Post
    auditor: str
    link_secret: str
    broken: list[Broken] = field(default_factory=list)

    async def judge(self) -> None:
        """Fill `broken`; nothing is in it when every promise was kept."""
        after = Ledger(self.ledger.accounts)
        async with insisting(PATIENCE_SECONDS, after.note, self.storm.stack.api_url) as client:
            numbers = self._numbers()
            recorded = await _each(numbers, self.records.read)
            for one in recorded:
                self._are_on_record_once(one)
            self._breaks(Promise.LETTERS, self.post.contradictions(recorded, self.storm))
            await _each(self.ledger.commands(), lambda each: self._answers_the_same(client, each))
            await _each(self.ledger.replies(), lambda each: self._shows_the_same(client, each))
            await _each(_latest(self.ledger.written()), lambda each: self._reads_the_same(client, each))
            await _each(numbers, lambda number: self._has_ended(client, number))
            await self._is_ready()
        self._breaks(Promise.ANSWERS, self._bad_answers((*self.ledger.exchanges, *after.exchanges)))
        self._breaks(Promise.PARTS, (f"{part}, {times} times" for part, times in self.storm.fell.items()))

    def _numbers(self) -> list[Number]:
        """Of all monitorings whose start was acknowledged."""
        return sorted({receipt_of(each).number for each in self.ledger.commands()})

    def _breaks(self, promise: Promise, what: Iterable[str]) -> None:
        self.broken += (Broken(promise, each) for each in what)

    # ——— exactly once ———
    def _are_on_record_once(self, one: Recorded) -> None:
        commands = [command for command, _ in groupby(e.command for e in one.journal if e.command)]
        twice = {command for command in commands if commands.count(command) > 1}
        self._breaks(Promise.ONCE, (f"{one.number}: {each} is in the journal twice" for each in twice))
        again = {command for command, times in one.accepted.items() if times > 1}
        self._breaks(Promise.ONCE, (f"{one.number}: {each} is in the history twice" for each in again))
        if one.projected != len(one.journal):
            what = f"{one.number}: the projection is at line {one.projected} of {len(one.journal)}"
            self._breaks(Promise.ONCE, (what,))
        mine = [each for each in self.ledger.commands() if receipt_of(each).number == one.number]
        for exchange in mine:
            self._breaks(Promise.ONCE, self._missing(one, exchange))
        self._breaks(Promise.ONCE, self._replies_missing(one))
        self._breaks(Promise.ONCE, self._nobodys(one))

    def _missing(self, one: Recorded, exchange: Exchange) -> Iterator[str]:
        command, what = self.ledger.command(exchange), f"{one.number}: {exchange.what}"
        lines = [entry for entry in one.journal if entry.command == command]
        if not lines:
            yield f"{what} was acknowledged and is not in the journal"
        elif lines[-1].seq > receipt_of(exchange).seq:
            yield f"{what} led to line {lines[-1].seq} and was acknowledged up to {receipt_of(exchange).seq}"
        starts = bool(lines) and lines[0].seq == 1  # what a history begins with, not an update
        if not starts and one.accepted[command] != 1:
            yield f"{what} was acknowledged and is in the history {one.accepted[command]} times"

    def _replies_missing(self, one: Recorded) -> Iterator[str]:
        """An answer by a link is known by its letter: the key of the form is the server's own."""
        for exchange in self.ledger.replies():
            link = verify(self.link_secret, exchange.token, _LINK_DAYS)
            if link.number != one.number:
                continue
            lines = (entry for entry in one.journal if entry.actor.letter == link.letter)
            commands = {e.command for e in lines if _acknowledges(e) is exchange.is_receipt}
            if len(commands) != 1:
                times = f"is in the journal {len(commands)} times"
                yield f"{one.number}: an answer by the letter {link.letter} {times}"
            for command in commands:
                if command is not None and one.accepted[command] != 1:
                    yield f"{one.number}: {command} is in the history {one.accepted[command]} times"

    def _nobodys(self, one: Recorded) -> Iterator[str]:
        sent = {self.ledger.command(each) for each in self.ledger.exchanges if each.is_command}
        asked = {entry.command for entry in one.journal if entry.actor.account and entry.command}
        return (f"{one.number}: nobody asked for {each}" for each in asked - sent)

    # ——— the same again ———
    async def _answers_the_same(self, client: httpx.AsyncClient, exchange: Exchange) -> None:
        asked = exchange.request
        headers = {name: asked.headers[name] for name in _REPEATED if name in asked.headers}
        again = await client.request(asked.method, asked.url, content=exchange.content, headers=headers)
        if (again.status_code, again.json()) != (exchange.status, _told(exchange)):
            what = f"{exchange.what} answered {exchange.status}, now {again.status_code} {again.text:.200}"
            self._breaks(Promise.SAME, (what,))

    async def _shows_the_same(self, client: httpx.AsyncClient, exchange: Exchange) -> None:
        page = self.ledger.page_after(exchange)
        if page is None or exchange.is_receipt:
            return  # receipt of a report is a line on its page, which goes on changing
        again = await client.get(page.request.url)
        if _words(again.content) != _words(page.answer):
            self._breaks(Promise.SAME, (f"the confirmation of {exchange.what} says something else now",))

    async def _reads_the_same(self, client: httpx.AsyncClient, exchange: Exchange) -> None:
        written = _told(exchange)
        item = "" if exchange.request.method == "PUT" else f"/{written.get('id')}"
        headers = {"Authorization": exchange.request.headers["Authorization"]}
        read = await client.get(f"{exchange.request.url}{item}", headers=headers)
        if not read.is_success or read.json() != written:
            self._breaks(Promise.SAME, (f"{exchange.what}{item} was acknowledged and reads otherwise",))

    # ——— answers ———
    def _bad_answers(self, exchanges: Iterable[Exchange]) -> Iterator[str]:
        for exchange in exchanges:
            for each in exchange.tries:
                if each.status is None:
                    if not self.storm.away(Part.API, each.begun, each.ended):
                        yield f"{exchange.what} lost its connection while the API was there"
                elif each.status >= 500 and not (each.status == 503 and each.retry_after):
                    come_again = "with" if each.retry_after else "without"
                    yield f"{exchange.what} answered {each.status} {come_again} Retry-After"

    # ——— the end ———
    async def _has_ended(self, client: httpx.AsyncClient, number: Number) -> None:
        path, headers = f"/api/v1/monitorings/{number}", {"Authorization": f"Bearer {self.auditor}"}
        seen = SeenStage.model_validate_json((await client.get(path, headers=headers)).content)
        if seen.stage is not Stage.CLOSED:
            self._breaks(Promise.ENDS, (f"{number} is {seen.stage.value}",))
        answer = await client.get(f"{path}/history/check", headers=headers)
        check = SeenCheck.model_validate_json(answer.content)
        if not check.agrees or check.workflow.verdict != _AGREES:
            self._breaks(Promise.ENDS, (f"the live check of {number} says {answer.text:.300}",))

    async def _is_ready(self) -> None:
        try:
            await within(READY_SECONDS, self.storm.ready(), "the service is ready")
        except NotInTime as late:
            self._breaks(Promise.ENDS, (str(late),))


def _acknowledges(entry: Entry) -> bool:
    return isinstance(entry.event, ReportAcknowledged)


def _latest(written: Iterator[Exchange]) -> list[Exchange]:
    """Of several writings of one thing the last one."""
    by_place: dict[tuple[str, Id], Exchange] = {}
    for exchange in written:
        by_place[str(exchange.request.url), str(_told(exchange).get("id", ""))] = exchange
    return list(by_place.values())


def _told(exchange: Exchange) -> dict[str, object]:
    """What it was answered."""
    told: dict[str, object] = json.loads(exchange.answer)
    return told


def _words(page: bytes) -> str:
    """What a page says."""
    main = BeautifulSoup(page, "html.parser").find("main")
    return main.get_text(" ", strip=True) if main else ""


async def _each(items: Iterable[T], look: Callable[[T], Awaitable[U]]) -> list[U]:
    """Look at all, a few at once; in their order."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def looked(item: T) -> U:
        async with gate:
            return await look(item)

    return await asyncio.gather(*(looked(item) for item in items))

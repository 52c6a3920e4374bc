"""Whether every promise was kept, judged once nothing goes wrong any more."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

import httpx
from bs4 import BeautifulSoup

from activities.bounds.within import NotInTime, within
from local.drill.answers import bad_answers
from local.drill.faults.choosing import Choice
from local.drill.insisting import insisting
from local.drill.ledger import KEY, Exchange, Ledger, receipt_of
from local.drill.letters import Post
from local.drill.once import LINK_DAYS, not_once
from local.drill.promises import Broken, Promise
from local.drill.reckoning import moved, not_reckoned
from local.drill.records import Records
from local.drill.storm import Storm
from models.commands.receipt import Receipt
from models.letters.links import verify
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Number, Stage
from models.vocabulary.stores import Store

AT_ONCE: Final = 8
READY_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 60.0
_REPEATED: Final = ("Authorization", KEY, "Content-Type", "Accept-Language", "If-Match")
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
    """Looks at one drill. `auditor` is the token of somebody who may read everything; `given_up` are the
    monitorings whose people could not end them, since what they had typed was not in a copy."""

    ledger: Ledger
    storm: Storm
    choice: Choice
    records: Records
    post: Post
    auditor: str
    link_secret: str
    given_up: Collection[Number] = ()
    named: int = 0
    """Acknowledged commands that are in neither store, and that reconciling has named."""
    forgotten: int = 0
    """Commands whose answer two restores made both stores forget."""
    moved: int = 0
    """Deadlines that a changed calendar has moved."""
    broken: list[Broken] = field(default_factory=list)

    async def judge(self) -> None:
        """Fill `broken`; nothing is in it when every promise was kept."""
        after = Ledger(self.ledger.accounts)
        async with insisting(PATIENCE_SECONDS, after.note, self.storm.ground.api_url) as client:
            numbers = self._numbers()
            recorded = await _each(numbers, self.records.read)
            named = "".join(each.said for each in self.choice.set_back)
            self.named = sum(self.ledger.command(each) in named for each in self.ledger.commands())
            for one in recorded:
                self._breaks(Promise.ONCE, not_once(one, self.ledger, self.link_secret, named))
                known = (each for each in self.choice.declared if not self._was_lost(each.at))
                self._breaks(Promise.CALENDAR, not_reckoned(one, known, self.storm.outages))
                self.moved += moved(one)
            self._breaks(Promise.LETTERS, self.post.contradictions(recorded, self.storm.outages))
            await _each(self.ledger.commands(), lambda each: self._answers_the_same(client, each))
            pages = self.ledger.pages()
            shown = self._kept(_confirmations(self.ledger))
            await _each(shown, lambda each: self._shows_the_same(client, pages, each.leads_to))
            written = self._kept(_latest(self.ledger.written()))
            await _each(written, lambda each: self._reads_the_same(client, each))
            await _each(numbers, lambda number: self._has_ended(client, number))
            await self._is_ready()
        exchanges = (*self.ledger.exchanges, *after.exchanges)
        self._breaks(Promise.ANSWERS, bad_answers(exchanges, self.storm.outages))
        self._breaks(Promise.PARTS, (f"{part}, {times} times" for part, times in self.storm.fell.items()))

    def _numbers(self) -> list[Number]:
        """Of all monitorings whose start was acknowledged."""
        return sorted({receipt_of(each).number for each in self.ledger.commands()})

    def _kept(self, exchanges: Iterable[Exchange]) -> Iterator[Exchange]:
        """Those that no database was set back after."""
        return (each for each in exchanges if not self._was_lost(each.answered))

    def _was_lost(self, done: datetime) -> bool:
        """Whether it is newer than a copy of the database that was put back: texts are kept there alone."""
        return any(each.store is Store.JOURNAL and each.lacks(done) for each in self.choice.set_back)

    def _is_forgotten(self, exchange: Exchange) -> bool:
        """Whether the database was set back to before it, which forgot the answer, and Temporal after that,
        which forgot the update: the journal alone knows the command, and that it is not to happen again."""
        lost = [each for each in self.choice.set_back if each.store is Store.JOURNAL]
        lost = [each for each in lost if each.lacks(exchange.answered)]
        later = (each.copied for each in self.choice.set_back if each.store is Store.WORKFLOW)
        return bool(lost) and any(copied > lost[0].copied for copied in later)

    def _breaks(self, promise: Promise, what: Iterable[str]) -> None:
        self.broken += (Broken(promise, each) for each in what)

    # ——— the same again ———
    async def _answers_the_same(self, client: httpx.AsyncClient, exchange: Exchange) -> None:
        asked = exchange.request
        headers = {name: asked.headers[name] for name in _REPEATED if name in asked.headers}
        again = await client.request(asked.method, asked.url, content=exchange.content, headers=headers)
        if self._is_forgotten(exchange):
            self.forgotten += 1  # nothing happens again; who asks is told how it stands now
            return
        told = again.json(), _told(exchange)
        if self._was_lost(exchange.answered) and again.is_success:
            # Beside the receipt a start tells what it was warned of: that is the database's alone.
            same = len({Receipt.model_validate(each) for each in told}) == 1
        else:
            same = told[0] == told[1]
        if again.status_code != exchange.status or not same:
            what = f"{exchange.what} answered {exchange.status}, now {again.status_code} {again.text:.200}"
            self._breaks(Promise.SAME, (what,))

    async def _shows_the_same(
        self, client: httpx.AsyncClient, pages: Mapping[str, Exchange], address: str
    ) -> None:
        page = pages.get(address)
        if page is None:  # whoever answered was stopped before it was read: nothing was said
            return
        if _words((await client.get(address)).content) != _words(page.answer):
            letter = verify(self.link_secret, address.split("/")[4], LINK_DAYS)
            what = f"{letter.number}: the confirmation of an answer by {letter.letter} says something else"
            self._breaks(Promise.SAME, (what,))

    async def _reads_the_same(self, client: httpx.AsyncClient, exchange: Exchange) -> None:
        written = _told(exchange)
        item = "" if exchange.request.method == "PUT" else f"/{written.get('id')}"
        headers = {"Authorization": exchange.request.headers["Authorization"]}
        read = await client.get(f"{exchange.request.url}{item}", headers=headers)
        if not read.is_success or read.json() != written:
            self._breaks(Promise.SAME, (f"{exchange.what}{item} was acknowledged and reads otherwise",))

    # ——— the end ———
    async def _has_ended(self, client: httpx.AsyncClient, number: Number) -> None:
        path, headers = f"/api/v1/monitorings/{number}", {"Authorization": f"Bearer {self.auditor}"}
        shown = await client.get(path, headers=headers)
        stage = SeenStage.model_validate_json(shown.content).stage if shown.is_success else None
        if stage is not Stage.CLOSED and number not in self.given_up:
            self._breaks(Promise.ENDS, (f"{number} is {stage.value if stage else shown.status_code}",))
        answer = await client.get(f"{path}/history/check", headers=headers)
        check = SeenCheck.model_validate_json(answer.content) if answer.is_success else None
        if check is None or not check.agrees or check.workflow.verdict != _AGREES:
            self._breaks(Promise.ENDS, (f"the live check of {number} says {answer.text:.300}",))

    async def _is_ready(self) -> None:
        try:
            await within(READY_SECONDS, self.storm.ready(), "the service is ready")
        except NotInTime as late:
            self._breaks(Promise.ENDS, (str(late),))


def _confirmations(ledger: Ledger) -> Iterator[Exchange]:
    """Where answers by a link led to. Receipt of a report is a line on its page, which goes on changing; and
    who sends a form again is shown what is recorded, without being led anywhere."""
    return (each for each in ledger.replies() if each.leads_to and not each.is_receipt)


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

"""Who conducts monitorings in a drill: each client leads one after another from its start to its closing."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from typing import Final

import httpx
from pydantic import ValidationError
from rich.console import Console

from local.demo.caller import Caller, DemoFailed
from local.demo.letterbox import Letterbox
from local.demo.play import Scene
from local.demo.screen import Screen
from local.demo.theatre import Theatre
from local.demo.visitor import Visitor
from local.drill.ground import Ground
from local.drill.insisting import insisting
from local.drill.ledger import Ledger
from local.drill.plan import Plan
from local.sample_scenario import Scenario
from local.samples import ScenarioName, load_country, load_scenario
from local.seed import renew_tokens

PLAYED: Final = (ScenarioName.C, ScenarioName.B)
"""An association and a division by turns, both thematic."""
_CANNOT_GO_ON: Final = (DemoFailed, httpx.HTTPError, ValidationError, LookupError)
_LINK: Final = re.compile(r"/r/[\w.~-]+")


@dataclass
class People:
    """What all clients share, and what they have come through so far."""

    theatre: Theatre
    plan: Plan
    numbers: list[str] = field(default_factory=list)
    """Of the monitorings that were led to their closing."""
    failed: list[str] = field(default_factory=list)
    """What people could not go on after."""
    given_up: list[str] = field(default_factory=list)
    """Monitorings under way while a database was set back: what their people had typed since is gone."""

    def __post_init__(self) -> None:
        self._turn = itertools.count()
        self._begun = 0
        self._under_way: dict[asyncio.Task[object], Scene] = {}
        self._cut_short: set[asyncio.Task[object]] = set()
        self._whole = asyncio.Event()
        self._whole.set()

    def progress(self) -> float:
        """What part of the lifecycles has begun."""
        return self._begun / self.plan.lifecycles

    @property
    def busy(self) -> bool:
        """Whether a lifecycle is under way or has yet to begin."""
        return bool(self._under_way) or self._begun < self.plan.lifecycles

    async def play(self, go_on: Callable[[], bool]) -> None:
        """All clients at once, until enough is played and nobody asks to go on."""

        async def client() -> None:
            while self._begun < self.plan.lifecycles or go_on():
                await self._lifecycle(next(self._turn))

        await asyncio.gather(*(client() for _ in range(self.plan.clients)))

    async def _lifecycle(self, turn: int) -> None:
        self._begun += 1
        name = PLAYED[turn % len(PLAYED)]
        scene = Scene(name.name, light(load_scenario(name)), self.theatre)
        playing: asyncio.Task[object] = asyncio.create_task(scene.play())
        self._under_way[playing] = scene
        try:
            await asyncio.wait({playing})
        finally:
            playing.cancel()
            del self._under_way[playing]
        forgotten = playing in self._cut_short or not self._whole.is_set()
        self._cut_short.discard(playing)
        if playing.cancelled() or (playing.exception() and forgotten):
            await self._gives_up(scene)
        elif playing.exception() is None:
            self.numbers.append(scene.number)
        else:
            self._fails(scene.number or f"lifecycle {turn + 1}", playing.exception())

    def _fails(self, whose: str, failed: BaseException | None) -> None:
        if not isinstance(failed, _CANNOT_GO_ON):
            assert failed is not None
            raise failed
        self.failed.append(f"{whose}: {_LINK.sub('/r/…', str(failed) or repr(failed)):.500}")

    # ——— a database is set back ———
    def begins(self) -> None:
        """From now on what was typed after the copy may be missing."""
        self._whole.clear()

    async def is_over(self) -> None:
        """Whoever had begun gives up; the next ones begin on what is there."""
        self._cut_short.update(self._under_way)  # also who fails in being stopped
        for playing in self._under_way:
            playing.cancel()
        self._whole.set()

    async def _gives_up(self, scene: Scene) -> None:
        """Whoever gives up cancels the monitoring. It takes that command, or refuses it by its rule where the
        report is approved: either way it works again.
        """
        if not scene.number:
            return
        await self._whole.wait()
        self.given_up.append(scene.number)
        try:
            await scene.post("/cancellation", {"reason": "Қалпына келтіруден кейін"})
        except DemoFailed as refused:
            if f": {httpx.codes.CONFLICT.value} " not in str(refused):
                self._fails(scene.number, refused)
        try:
            await scene.until(scene.nothing_is_due, "a letter did not leave")
        except DemoFailed as failed:
            self._fails(scene.number, failed)


def light(scenario: Scenario) -> Scenario:
    """The scenario without what happens once in a country: an address mended, an item carried out."""
    return scenario.model_copy(update={"mended_letter": None, "implementations": ()})


@asynccontextmanager
async def people(stack: Ground, plan: Plan, tokens: dict[str, str], ledger: Ledger) -> AsyncIterator[People]:
    """People of the sample country who insist; what they ask the API and its pages is on the ledger."""
    country = load_country()
    async with (
        insisting(plan.patience, ledger.note, stack.api_url) as api,
        insisting(plan.patience, ledger.note) as browser,
        insisting(plan.patience, base_url=stack.mailbox.http_url or "") as mail,
    ):
        theatre = Theatre(
            call=lambda account: Caller(api, tokens[country.account(account).label]),
            renew_tokens=partial(renew_tokens, stack.postgres.url(), tokens),
            letterbox=Letterbox(mail, plan.patience),
            mailbox=stack.mailbox,
            visitor=Visitor(browser),
            screen=Screen(Console(file=StringIO(), quiet=True)),
            public_url=stack.api_url,
            patience=plan.patience,
        )
        yield People(theatre, plan)

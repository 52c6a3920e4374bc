"""A whole monitoring over HTTP: an NGO's thematic one, from its start to its closing.

Scenario C with two more addressees: 10 commands after the start, 12 content writes, 4 PDFs, 6 letters, and 5
replies by link (4 receipts and one full answer).
"""

import io
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Final

import httpx
from rich.console import Console

from benchmarks.calling.post import Post
from benchmarks.calling.visits import ToleratingVisits, Ways
from benchmarks.sides.product import Product
from local.demo.caller import Caller
from local.demo.letterbox import Letterbox
from local.demo.play import Scene, Theatre
from local.demo.screen import Screen
from local.demo.visitor import Visitor
from local.mailbox import Mailbox, Summary
from local.sample_scenario import SampleAddressee, Scenario
from local.samples import ScenarioName, load_country, load_scenario
from models.report.content import Wording
from models.vocabulary.procedure import Ground, Id

ALSO_TOLD: Final = ("min-edu", "akimat-sary")
REASON: Final = Wording(kk="Балабақша кезегін үйлестіреді.", ru="Координирует очередь в детские сады.")


@cache
def scenario() -> Scenario:
    """What is played."""
    played = load_scenario(ScenarioName.C)
    more = tuple(SampleAddressee(organisation=body, ground=Ground.OTHER, reason=REASON) for body in ALSO_TOLD)
    dispatch = played.dispatch.model_copy(update={"addressees": (*played.dispatch.addressees, *more)})
    return played.model_copy(update={"dispatch": dispatch})


class _Letters(Letterbox):
    """The demo's letterbox over the files of the mailbox."""

    def __init__(self, post: Post, client: httpx.AsyncClient) -> None:
        super().__init__(client)
        self._post = post

    async def next_with_link(self, address: str, number: str) -> str:
        return await self._post.next_with_link(address, number)

    async def next_that(self, address: str, number: str, asks: Callable[[str], Awaitable[bool]]) -> str:
        raise NotImplementedError("nobody in this scenario waits for one letter among several")

    async def all(self) -> list[Summary]:
        return []

    async def check_page(self, number: str) -> str:
        return ""


class Lifecycles:
    """Plays them against one build."""

    def __init__(self, product: Product, home: Path) -> None:
        labels = {account.id: account.label for account in load_country().accounts}

        def call(account: Id) -> Caller:
            return Caller(product.http, product.told.tokens[labels[account]])

        self._theatre = Theatre(
            call=call,
            letterbox=_Letters(product.post, product.http),
            mailbox=Mailbox(home / "unused"),
            visitor=Visitor(product.browser),
            screen=Screen(Console(file=io.StringIO())),
            public_url=product.told.api,
        )
        self._ways = Ways()

    async def play(self) -> str:
        """One of them; its number. Raises `DemoFailed`, TimeoutError."""
        scene = Scene("C", scenario(), self._theatre)
        scene.visits = ToleratingVisits(self._theatre.visitor, self._theatre.letterbox, self._ways)
        await scene.play()
        return scene.number

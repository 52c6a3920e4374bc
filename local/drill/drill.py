"""One drill: people and faults at once, then the judgement."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from activities.bounds.within import NotInTime, within
from local.drill.faults import Storm
from local.drill.figures import Figures
from local.drill.judgement import Judge
from local.drill.ledger import Ledger
from local.drill.letters import Post
from local.drill.people import People, people
from local.drill.plan import MAIL_PER_SECOND, Plan
from local.drill.promises import Broken, Promise
from local.drill.records import records
from local.process import StackError
from local.samples import load_country
from local.seed import seed
from local.stack import STATE, Stack

NAME: Final = "drill"
AUDITOR: Final = "uo-auditor"


@dataclass(frozen=True)
class Drilled:
    """What came of it."""

    figures: Figures
    broken: tuple[Broken, ...]


def stack_for(state: Path = STATE, *, fast: bool = False) -> Stack:
    """A stack of a drill's own, encrypted as in production, on empty ground."""
    more = {"MAIL_PER_SECOND": MAIL_PER_SECOND}
    return Stack(NAME, state=state, usual_ports=False, reset=True, encrypted=True, fast=fast, more=more)


async def drill(stack: Stack, plan: Plan, tell: Callable[[str], None] = lambda _: None) -> Drilled:
    """Drill a running, empty stack."""
    tokens = (await seed(stack.postgres.url())).tokens
    ledger = Ledger({tokens[account.label]: account.id for account in load_country().accounts})
    storm, begun = Storm(stack, plan), time.monotonic()
    async with people(stack, plan, tokens, ledger) as players:
        broken = await _through(players, storm, plan, tell)
    judged, post = time.monotonic(), Post(stack.mailbox.store)
    tell("judging")
    post.read()
    async with records(stack) as read:
        secret = stack.settings["LINK_SECRET"]
        judge = Judge(ledger, storm, read, post, tokens[AUDITOR], secret)
        await judge.judge()
    figures = Figures(
        seed=plan.seed,
        lifecycles=len(players.numbers),
        commands=sum(1 for _ in ledger.commands()),
        replies=sum(1 for _ in ledger.replies()),
        writings=sum(1 for _ in ledger.written()),
        letters=post.letters,
        doubled=post.doubled,
        unproved=post.unproved,
        kills=storm.kills(),
        statuses=ledger.statuses(),
        repeated=sum(len(exchange.tries) > 1 for exchange in ledger.exchanges),
        seconds=judged - begun,
        judged_seconds=time.monotonic() - judged,
    )
    return Drilled(figures, (*broken, *judge.broken))


async def _through(players: People, storm: Storm, plan: Plan, tell: Callable[[str], None]) -> list[Broken]:
    """Faults as many as asked for, and lifecycles meanwhile, as many or more; what did not end."""

    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(storm.rage(players.progress))
            group.create_task(players.play(lambda: not storm.over))
            group.create_task(_tells())

    async def _tells() -> None:
        while players.busy or not storm.over:
            tell(f"{len(players.numbers)} lifecycles, {len(storm.outages)} kills")
            await asyncio.sleep(1)

    what: list[str] = []
    try:
        await within(plan.bound.total_seconds(), both(), "all lifecycles and kills")
    except* (NotInTime, StackError) as failed:
        what += (str(each) for each in failed.exceptions)
    return [Broken(Promise.ENDS, each) for each in (*what, *players.failed)]

"""One drill: people and faults at once, then the judgement."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from activities.bounds.within import NotInTime, within
from local.demo.conduct import ADMIN
from local.drill.copying import Copying
from local.drill.faults.choosing import Choice
from local.drill.figures import Figures
from local.drill.ground import Ground
from local.drill.judgement import Judge
from local.drill.ledger import Ledger
from local.drill.letters import Post
from local.drill.people import People, people
from local.drill.plan import MAIL_PER_SECOND, Plan
from local.drill.promises import Broken, Promise
from local.drill.records import records
from local.drill.storm import Storm
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


def stack_for(state: Path = STATE, *, fast: bool = False, settings: Mapping[str, str] | None = None) -> Stack:
    """A stack of a drill's own, encrypted as in production, on empty ground."""
    more = {"MAIL_PER_SECOND": MAIL_PER_SECOND, **(settings or {})}
    return Stack(
        NAME,
        state=state,
        usual_ports=False,
        reset=True,
        encrypted=True,
        fast=fast,
        more=more,
        relayed=True,
    )


async def drill(
    ground: Ground, copying: Copying, plan: Plan, tell: Callable[[str], None] = lambda _: None
) -> Drilled:
    """Drill a running, empty stack or cluster; `copying` is of the same ground."""
    tokens = (await seed(ground.postgres.url())).tokens
    ledger = Ledger({tokens[account.label]: account.id for account in load_country().accounts})
    chance, begun = Random(plan.seed), time.monotonic()
    async with people(ground, plan, tokens, ledger) as players:
        choice = Choice(ground, copying, plan, players.theatre.call(ADMIN), players)
        storm = Storm(ground, plan, choice.faults(chance), chance)
        broken = await _through(players, storm, plan, tell)
    for part in ground.dead_parts():  # where a bad day did not end, what came of it is judged all the same
        await ground.start(part)
    judged, post = time.monotonic(), Post(ground.mailbox.store)
    tell("judging")
    post.read()
    async with records(ground) as read:
        secret = ground.settings["LINK_SECRET"]
        judge = Judge(ledger, storm, choice, read, post, tokens[AUDITOR], secret, players.given_up)
        await judge.judge()
    figures = Figures(
        seed=plan.seed,
        lifecycles=len(players.numbers),
        given_up=len(players.given_up),
        commands=sum(1 for _ in ledger.commands()),
        named=judge.named,
        forgotten=judge.forgotten,
        replies=sum(1 for _ in ledger.replies()),
        writings=sum(1 for _ in ledger.written()),
        moved=judge.moved,
        letters=post.letters,
        doubled=post.doubled,
        unproved=post.unproved,
        outages=tuple(storm.outages),
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
            tell(f"{len(players.numbers)} lifecycles, {len(storm.outages)} of {len(storm.faults)} bad days")
            await asyncio.sleep(1)

    what: list[str] = []
    try:
        await within(plan.bound.total_seconds(), both(), "all lifecycles and bad days")
    except* (NotInTime, StackError) as failed:
        what += (str(each) for each in failed.exceptions)
    return [Broken(Promise.ENDS, each) for each in (*what, *players.failed)]

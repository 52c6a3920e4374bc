"""`make bench`: what a coordinator waits for, on a stack of its own with the disk's real speed.

Prints figures and exits with 1 when the promised one (a command's median under 150 ms) is missed.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import httpx
from rich.console import Console
from rich.table import Table

from local.demo.caller import Caller
from local.process import leave
from local.samples import ScenarioName, load_country, load_scenario
from local.seed import seed
from local.stack import Stack
from models.receipt import Receipt

COMMANDS: Final = 100
TOGETHER: Final = 16
PROMISED_MS: Final = 150.0
OUT: Final = Console()


async def bench(directory: Path) -> int:
    """Measure on a fresh stack; returns the exit code."""
    async with Stack("bench", state=directory, usual_ports=False, encrypted=True) as stack:
        tokens = (await seed(stack.postgres.url())).tokens
        async with httpx.AsyncClient(base_url=stack.api_url, timeout=60) as client:
            analyst = Caller(client, tokens[_label("a-sary-analyst")])
            number = await _started(analyst)
            path = f"/api/v1/monitorings/{number}"
            began = load_scenario(ScenarioName.B).began_on.isoformat()
            await analyst.post(f"{path}/collection", {"began_on": began})
            body: dict[str, object] = {"activity": "collect", "done_on": began, "note": "қорытынды"}
            command = await _times(lambda: analyst.post(f"{path}/activities", body), COMMANDS)
            read = await _times(lambda: analyst.ask(path), COMMANDS)
            listed = await _times(lambda: analyst.ask("/api/v1/monitorings"), COMMANDS)
            starts = await _starts_per_second(analyst)
    table = Table("what", "median ms", "p95 ms", "worst ms")
    for words, times in (("a command", command), ("read one", read), ("list", listed)):
        quantiles = statistics.quantiles(times, n=20)
        figures = (statistics.median(times), quantiles[-1], max(times))
        table.add_row(words, *(f"{figure:.1f}" for figure in figures))
    OUT.print(table)
    OUT.print(f"monitorings started per second, {TOGETHER} at once: {starts:.1f}")
    met = statistics.median(command) < PROMISED_MS
    OUT.print(f"a command's median is {'under' if met else 'NOT under'} {PROMISED_MS:.0f} ms")
    return 0 if met else 1


async def _started(analyst: Caller) -> str:
    scenario = load_scenario(ScenarioName.B)
    body: dict[str, object] = {
        "kind": scenario.kind.value,
        "title": scenario.title.model_dump(),
        "objects": list(scenario.objects),
        "studied_from": scenario.studied_from.isoformat(),
        "studied_until": scenario.studied_until.isoformat(),
    }
    answer = await analyst.post("/api/v1/monitorings", body)
    return Receipt.model_validate_json(answer.content).number


async def _times(action: Callable[[], Awaitable[object]], count: int) -> list[float]:
    """Milliseconds of each call, one after another; the first five warm up and are left out."""
    times = []
    for _ in range(count + 5):
        begun = time.perf_counter()
        await action()
        times.append((time.perf_counter() - begun) * 1000)
    return times[5:]


async def _starts_per_second(analyst: Caller) -> float:
    begun = time.perf_counter()
    rounds = 3
    for _ in range(rounds):
        await asyncio.gather(*(_started(analyst) for _ in range(TOGETHER)))
    return rounds * TOGETHER / (time.perf_counter() - begun)


def _label(account: str) -> str:
    return load_country().account(account).label


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        code = asyncio.run(bench(Path(directory)))
    leave(code)

"""`python -m tests.upgrade.back CHECKOUT RELEASE`: to today's release and back to the former one.

As docs/operations.md has it: a copy of both stores, today's release works on them, both are put back as they
were copied, the former release's own code (CHECKOUT, with its `.venv`) goes on.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import httpx
import typer

from local.copies import back_up, put_back
from local.process import leave
from local.stack import Stack
from tests.upgrade.former import GOES_ON_ON_A_STACK, by_the_former
from tests.upgrade.left import KEPT, STACK, STORY, left_by, put_into


async def there_and_back(checkout: Path, release: str) -> int:
    """The former release's exit code: 0 when it found what it had left and went on with it."""
    left = left_by(release)
    with TemporaryDirectory() as kept:
        state = Path(kept)
        await put_into(state, release)
        await back_up(state / STACK, state / "before")
        async with Stack(STACK, state=state, usual_ports=False, encrypted=True) as stack:
            headers = {"Authorization": f"Bearer {left.tokens['sary-head']}", "Idempotency-Key": "upgraded-1"}
            path = f"{stack.api_url}/api/v1/monitorings/{left.numbers.submitted}/report/versions/1/approval"
            async with httpx.AsyncClient(timeout=60) as api:
                answer = await api.post(path, json={}, headers=headers)
            typer.echo(f"today's release approves {left.numbers.submitted}: {answer.status_code}")
        await put_back(state / STACK, state / "before")
        return await by_the_former(checkout, GOES_ON_ON_A_STACK, state, STACK, KEPT / release / STORY)


def main(
    checkout: Annotated[Path, typer.Argument(help="A working copy of the former release, with its .venv.")],
    release: Annotated[str, typer.Argument(help="Which of tests/upgrade/kept it is.")],
) -> None:
    """Upgrade, act, go back, go on."""
    leave(asyncio.run(there_and_back(checkout.resolve(), release)))


if __name__ == "__main__":
    typer.run(main)

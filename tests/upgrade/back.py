"""`python -m tests.upgrade.back CHECKOUT RELEASE`: to today's release and back to the former one.

As docs/operations.md has it: a copy of both stores, today's release works on them, both are put back as they
were copied, the former release's own code (CHECKOUT, with its `.venv`) goes on.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import httpx
import typer

from local.copies import back_up, put_back
from local.process import leave
from local.stack import Stack
from tests.upgrade.left import KEPT, STACK, STORY, left_by, put_into

_GOES_ON: Final = """
import asyncio, json, sys, uuid
from pathlib import Path
import httpx
from local.stack import Stack

async def main(state, name, story):
    left = json.loads(Path(story).read_text())
    async with Stack(name, state=Path(state), usual_ports=False, encrypted=True) as stack:
        async with httpx.AsyncClient(base_url=stack.api_url + "/api/v1", timeout=60) as api:
            def by(label):
                token = left["tokens"][label]
                return {"Authorization": "Bearer " + token, "Idempotency-Key": uuid.uuid4().hex}
            for number, head in left["heads"].items():
                found = await api.get("/monitorings/" + number + "/history/check", headers=by("uo-auditor"))
                said = found.json()
                assert said["agrees"] and said["head"]["whole"] == head, said
                print(number, "stands at", head.partition(":")[0], flush=True)
            number = left["numbers"]["submitted"]
            path = "/monitorings/" + number + "/report/versions/1/approval"
            answer = await api.post(path, json={}, headers=by("sary-head"))
            print("the former release approves", number + ":", answer.status_code, flush=True)
            assert answer.status_code == 200, answer.text

asyncio.run(main(*sys.argv[1:]))
"""


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
        former = await asyncio.create_subprocess_exec(
            checkout / ".venv" / "bin" / "python",
            *("-c", _GOES_ON, str(state), STACK, str(KEPT / release / STORY)),
            cwd=checkout,
        )
        return await former.wait()


def main(
    checkout: Annotated[Path, typer.Argument(help="A working copy of the former release, with its .venv.")],
    release: Annotated[str, typer.Argument(help="Which of tests/upgrade/kept it is.")],
) -> None:
    """Upgrade, act, go back, go on."""
    leave(asyncio.run(there_and_back(checkout.resolve(), release)))


if __name__ == "__main__":
    typer.run(main)

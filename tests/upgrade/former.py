"""What a former release's own code does: its programs on a ground, four monitorings half led, and going on.

Texts for `python -c` in a working copy of that release: nothing here is imported by today's code.
"""

import asyncio
from pathlib import Path
from typing import Final

_IMPORTS: Final = """
import asyncio, json, sys, uuid
from contextlib import asynccontextmanager
from pathlib import Path
import httpx
"""

_ON_A_STACK: Final = """
from local.stack import Stack

@asynccontextmanager
async def ground(state, name):
    async with Stack(name, state=Path(state), usual_ports=False, encrypted=True) as stack:
        yield stack.postgres.url(), stack.api_url, stack.mailbox
"""

_ON_A_CLUSTER: Final = """
from local.mailbox import Mailbox
from local.ports import LOOPBACK, free_port
from local.programs import Api, Worker, migrate

@asynccontextmanager
async def ground(state, name):
    home, port = Path(state) / name, free_port()
    mailbox = Mailbox(home / "mailbox", http_port=free_port())
    await mailbox.start()
    settings = json.loads((home / "settings.json").read_text()) | {
        "SMTP_URL": mailbox.smtp_url, "PUBLIC_URL": f"http://{LOOPBACK}:{port}",
    }
    await migrate(settings["DATABASE_URL"], home / "migrate.log")
    programs = Worker(home / "worker.log", settings), Api(home / "api.log", settings, port)
    for program in programs:
        await program.start()
    try:
        yield settings["DATABASE_URL"], settings["PUBLIC_URL"], mailbox
    finally:
        for program in reversed(programs):
            await program.stop()
        await mailbox.stop()
"""

_PLAYS: Final = """
from local.demo.caller import Caller
from local.demo.letterbox import Letterbox
from local.demo.play import Scene, Theatre
from local.demo.screen import Screen
from local.demo.visitor import Visitor
from local.samples import ScenarioName, load_country, load_scenario
from local.seed import seed

async def main(state, name, story):
    async with ground(state, name) as (database, url, mailbox):
        seeded = await seed(database)
        labels = {account.id: account.label for account in load_country().accounts}
        async with (
            httpx.AsyncClient(base_url=url, timeout=60) as api,
            httpx.AsyncClient(base_url=mailbox.http_url, timeout=60) as mail,
            httpx.AsyncClient(timeout=60) as browser,
        ):
            theatre = Theatre(
                call=lambda account: Caller(api, seeded.tokens[labels[account]]),
                letterbox=Letterbox(mail), mailbox=mailbox, visitor=Visitor(browser),
                screen=Screen(), public_url=url,
            )
            def scene(which):
                return Scene(which.name, load_scenario(which), theatre)
            closed = scene(ScenarioName.C)
            await closed.play()
            dispatched = scene(ScenarioName.A)
            to_analysis = ("_starts", "_forms_a_working_group", "_collects", "_analyses")
            for act in (*to_analysis, "_reports", "_dispatches"):
                await getattr(dispatched, act)()
            submitted = scene(ScenarioName.B)
            for act in to_analysis:
                await getattr(submitted, act)()
            await submitted._submits(1)
            begun = scene(ScenarioName.B)
            await begun._starts()
            await begun._post("/collection", {"began_on": begun.scenario.began_on.isoformat()})
            request = begun.scenario.information_requests[0]
            await begun._post("/information-requests", {
                "holder": request.holder,
                "source_kind": request.source_kind.value,
                "question": request.question.kk,
            })
            unread, links = theatre.letterbox.next_with_link, {}
            for addressee in dispatched.scenario.dispatch.addressees:
                address = dispatched._mended_address(addressee.organisation)
                links[addressee.organisation] = await unread(address, dispatched.number)
            asked = await unread(begun._address(request.holder), begun.number)
            scenes = {"closed": closed, "dispatched": dispatched, "submitted": submitted, "begun": begun}
            heads = {}
            for each in scenes.values():
                checked = await theatre.call("a-uo-auditor").ask(each._path + "/history/check")
                heads[each.number] = checked.json()["head"]["whole"]
            Path(story).write_text(json.dumps({
                "tokens": seeded.tokens,
                "numbers": {part: each.number for part, each in scenes.items()},
                "links": {part: "/r/" + link.rpartition("/r/")[2] for part, link in links.items()},
                "asked": "/r/" + asked.rpartition("/r/")[2],
                "heads": heads,
            }, ensure_ascii=False))
"""

_GOES_ON: Final = """
async def main(state, name, story):
    left = json.loads(Path(story).read_text())
    async with ground(state, name) as (_, url, _), httpx.AsyncClient(base_url=url, timeout=60) as api:
        def by(label):
            return {"Authorization": "Bearer " + left["tokens"][label], "Idempotency-Key": uuid.uuid4().hex}
        for number, head in left["heads"].items():
            path = "/api/v1/monitorings/" + number + "/history/check"
            said = (await api.get(path, headers=by("uo-auditor"))).json()
            assert said["agrees"] and said["head"]["whole"] == head, said
            print(number, "stands at", head.partition(":")[0], flush=True)
        number = left["numbers"]["submitted"]
        path = "/api/v1/monitorings/" + number + "/report/versions/1/approval"
        answer = await api.post(path, json={}, headers=by("sary-head"))
        print("the former release approves", number + ":", answer.status_code, flush=True)
        assert answer.status_code == 200, answer.text
"""

_RUN: Final = "\nasyncio.run(main(*sys.argv[1:]))\n"

PLAYS_ON_A_STACK: Final = f"{_IMPORTS}{_ON_A_STACK}{_PLAYS}{_RUN}"
PLAYS_ON_A_CLUSTER: Final = f"{_IMPORTS}{_ON_A_CLUSTER}{_PLAYS}{_RUN}"
GOES_ON_ON_A_STACK: Final = f"{_IMPORTS}{_ON_A_STACK}{_GOES_ON}{_RUN}"
GOES_ON_ON_A_CLUSTER: Final = f"{_IMPORTS}{_ON_A_CLUSTER}{_GOES_ON}{_RUN}"


async def by_the_former(checkout: Path, text: str, state: Path, name: str, story: Path) -> int:
    """Its exit code. `checkout` is a working copy of the former release with its `.venv`; what is played lies
    in `state/name`, what was left is told in `story`."""
    process = await asyncio.create_subprocess_exec(
        checkout / ".venv" / "bin" / "python", *("-c", text, str(state), name, str(story)), cwd=checkout
    )
    return await process.wait()

"""The pictures of the guide, taken anew: `python -m tests.browser.pictures` (minutes, on a stack of its own).

Scenario B is played at browsers; on the way each kind of user holds still, in three languages.
"""

import asyncio
import tempfile
from pathlib import Path
from typing import Final

from playwright.async_api import async_playwright

from local.process import leave
from local.programs import ROOT
from local.samples import ScenarioName
from local.stack import Stack
from models.vocabulary.procedure import Language
from tests.browser.cast import ADMIN, AUDITOR, EDITOR, OFFICER
from tests.browser.chromium import ARGS, chromium
from tests.browser.person import Person
from tests.browser.playing import TO_RECEIPT, Play
from tests.e2e.town import town_on

FOLDER: Final = ROOT / "docs" / "pictures"
SIZE: Final = {"width": 960, "height": 640}
LARGEST: Final = 120_000
COUNCIL, SECRETARY = "council-sary", "[name=minutes_number]"
GROUP: Final = {
    "post": "Бөлімше басшысы",
    "decided_on": "01.07.2026",
    "decision_number": "17-Ө",
    "person-1": "p-public-1",
    "community-1": "public",
    "person-2": "p-expert-2",
    "community-2": "expert",
}


async def taken(who: Person, name: str) -> None:
    """The page that is open, in each language; it stays open in the one it was."""
    page = who.page
    here = page.url.partition("?")[0]
    await page.set_viewport_size({"width": SIZE["width"], "height": SIZE["height"]})
    for language in reversed(Language):
        await page.goto(f"{here}?lang={language.value}")
        path = FOLDER / f"{name}-{language.value}.png"
        size = len(await page.screenshot(path=path, animations="disabled", caret="hide"))
        assert size <= LARGEST, f"{path.name} has {size} bytes"


async def take(play: Play) -> None:
    """From the sign-in to the council."""
    stranger, analyst, head = await play.reader(), await play.analyst(), await play.head()
    await stranger.opens("/sign-in")
    await taken(stranger, "sign-in")
    await analyst.opens("/staff/monitorings/new")
    await taken(analyst, "start")
    await play.starts()
    await play.does(head, "working-group", typed=GROUP)
    for person in ("p-public-1", "p-expert-2"):
        member = await play.letter(play.country.person(person).email, "[name=consent]")
        if person == "p-public-1":
            await taken(member, "member")
        await member.sends({"consent": "consent"})
    await play.collects(seen=lambda holder: taken(holder, "holder"))
    await analyst.opens("/staff")
    await taken(analyst, "my-work")
    await play.analyses()
    await play.writes_the_draft()
    await play.goes(analyst)
    await taken(analyst, "monitoring")
    await play.submits(analyst, 1)
    await play.goes(head, "versions/1/approval")
    await taken(head, "head")
    await play.does(head, "versions/1/approval")
    await play.goes(analyst, "dispatches")
    await taken(analyst, "dispatch")
    await play.is_dispatched()
    await others(play)


async def others(play: Play) -> None:
    """Those to whom the report came."""
    clerk = await play.letter(play.address("clinic-2"), TO_RECEIPT)
    await taken(clerk, "addressee")
    await play.does(await play.analyst(), "councils/submission", typed={"council": COUNCIL})
    secretary = play.country.person(play.country.council(COUNCIL).secretary)
    await taken(await play.letter(secretary.email, SECRETARY), "secretary")
    editor = await play.account(EDITOR)
    await play.goes(editor, "publication")
    await taken(editor, "web-editor")
    for label, address, name in (
        (OFFICER, "/staff/consolidation/inbox", "desk-officer"),
        (AUDITOR, f"/monitorings/{play.number}/history", "auditor"),
        (ADMIN, "/staff/registries/bodies", "administrator"),
    ):
        who = await play.account(label)
        await who.opens(address)
        await taken(who, name)


async def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        async with (
            Stack("pictures", state=Path(state), fast=True, usual_ports=False) as stack,
            town_on(stack) as town,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(executable_path=chromium(), args=[*ARGS])
            await take(Play(town, browser, ScenarioName.B))
            await browser.close()
    return 0


if __name__ == "__main__":
    leave(asyncio.run(main()))

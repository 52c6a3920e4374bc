"""Every page there is, by its route: with what a path is filled that has parameters.

A route that nothing fills fails the test with what to do.
"""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Final

from sqlmodel import col, select

from api.pages.desk.desk_form import ABOUT, AnyDeskForm, MonitoringForm
from api.pages.desk.forms import FORMS
from api.pages.desk.from_paper import asks_for_words
from api.pages.links.forms import FORMS as LINK_FORMS
from models.letters.letter import Letter
from models.letters.purposes import LINKS
from models.monitoring.state import MonitoringState
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Number, monitoring_workflow_id
from tests.browser.beside import GONE, INCIDENT, SCHEDULE, WEBHOOK
from tests.browser.everything import (
    IMPORTED,
    LONG,
    ON_PAPER,
    PAPER,
    REPORTED,
    TAKEN,
    YESTERDAY,
    Everything,
)
from tests.pages.story import NOW

NO_PAGES: Final = re.compile(
    r"""/static/ | /files/ | \.(json|csv|xlsx|zip|atom|pdf|docx|ics)$ | \.\{(kind|file)\}$
    | /(raw|bundle|eml|file)$ | /attachments/\{ | /documents/ | ^/monitorings/\{number\}$ | ^/\.well-known
    | ^/sign-in/provider""",
    re.VERBOSE,
)
"""What is read there is a file, or the way to another page."""
# Of those that have an id in their path: one of each, as the samples name it.
THINGS: Final = {
    "/staff/accounts/{about}": "a-koko-analyst",
    "/staff/editions/{about}": "192-2023",
    "/staff/webhooks/{about}": WEBHOOK,
    "/staff/file-schedules/{about}": SCHEDULE,
    "/staff/personal-data/incidents/{about}": INCIDENT,
    "/staff/registries/bodies/{about}/succession": GONE,
    "/staff/registries/bodies/{about}": "td-koko",
    "/staff/registries/people/{about}": "p-public-1",
    "/staff/registries/councils/{about}": "council-sary",
    "/staff/registries/spheres/{about}": "land-relations",
    "/staff/consolidation/reports/{about}": PAPER,
    "/staff/consolidation/rounds/{about}": "1",
    "/sources/imports/{about}": IMPORTED["sources"],
    "/indicators/imports/{about}": IMPORTED["indicators"],
    "/sources/{about}": "s1",
    "/indicators/{about}": "i1",
    "/findings/{about}": "f1",
    "/draft/items/{about}": "p1",
    "/items/{item}": "n1",
    "/rules/{paragraph}": "12",
    "/duties/{mark}": "13.1-SARY",
}
# Whose pages are other ones where more or less has happened.
STAGES: Final = ("whole", "grouped", REPORTED, "cancelled", "end_follow_up")
# Whose letters are answered, or can be.
ANSWERED: Final = ("answered", ON_PAPER, REPORTED, LONG, "cancelled")
LINKED: Final = ("whole", "grouped", "joint", "by the code", *ANSWERED)
CONFIRMED: Final = ("whole", TAKEN)
# Which can be read as they were on a day.
LOOKED_BACK: Final = re.compile(
    r"^(/staff/monitorings/\{number\}(/(letters|deadlines|items|answers))?|/monitorings/\{number\}/history)$"
)
# Whose rows stand in the address, as they were ticked.
TICKED: Final = re.compile(r"^/staff/monitorings/(chosen|reassigning(/done)?)$")
LETTERS: Final = re.compile(r"/letters/\{about\}/answer")


class Addresses:
    """All addresses of a country in which everything is under way."""

    def __init__(self, everything: Everything) -> None:
        self._everything = everything
        self._states: dict[str, MonitoringState] = {}

    async def of(self, path: str) -> list[str]:
        """Where the page of a route can be read, the likeliest first; nothing where nobody has said how."""
        if TICKED.search(path):
            chosen = [(await self._state(name)).number for name in STAGES]
            return [f"{path}?of={'0' * 32}&number={'&number='.join(chosen)}", path]
        if LOOKED_BACK.search(path):
            state, day = await self._state(YESTERDAY), NOW.date() - timedelta(days=1)
            beside = [each async for each in self._filled(path, STAGES)]
            return [*beside, f"{path.replace('{number}', state.number)}?on={day}"]
        if path.startswith("/staff/monitorings/{number}/") and path.endswith("/done"):
            return [each async for each in self._confirmed(path)]
        if path.endswith("/done"):
            return [f"{each}/done" async for each in self._filled(path.removesuffix("/done"), ())]
        return [each async for each in self._filled(path, LINKED if LETTERS.search(path) else STAGES)]

    async def _confirmed(self, path: str) -> AsyncIterator[str]:
        """Whoever gave a command may see it confirmed, by whatever form it was given."""
        for name in (ON_PAPER,) if LETTERS.search(path) else CONFIRMED:
            state = await self._state(name)
            here = path.replace("{number}", state.number)
            places = _inside(here, None, state) if LETTERS.search(path) else (here.replace(ABOUT, "1"),)
            for place in places:
                for command in await self._commands(state.number):
                    yield f"{place}?of={command}"

    async def _filled(self, path: str, stages: tuple[str, ...]) -> AsyncIterator[str]:
        form, path = form_at(path), named(path)
        if path.startswith("/r/"):
            async for each in self._links(path):
                yield each
        elif path.startswith("/public/alerts/") and "{token}" in path:
            yield path.replace("{token}", self._everything.alerts[path.split("/")[3]])
        elif "{words}" in path:
            yield path.replace("{words}", self._everything.way_in)
        elif "{report}" in path:
            for report in (self._everything.stories["whole"].number, PAPER):
                yield path.replace("{report}", report)
        elif "{" not in path:
            yield path
        else:
            async for state in self._told(form, stages):
                for each in _inside(path.replace("{number}", state.number), form, state):
                    yield each

    async def _told(
        self, form: AnyDeskForm | None, stages: tuple[str, ...]
    ) -> AsyncIterator[MonitoringState]:
        """The monitorings where a page is another one; for a form the one in which it is sent, then all."""
        names: list[str] = list(stages)
        if form is not None:
            names = [form.key, "written", *stages, *self._everything.stories]
        for name in names:
            if name in self._everything.stories:
                yield await self._state(name)

    async def _state(self, name: str) -> MonitoringState:
        if name not in self._states:
            self._states[name] = await self._everything.stories[name].state()
        return self._states[name]

    async def _links(self, path: str) -> AsyncIterator[str]:
        for name in LINKED:
            story = self._everything.stories[name]
            for letter in (await self._state(name)).letters.values():
                if letter.purpose is not None:
                    for each in _sides(path, letter):
                        yield each.replace("/r/{token}", story.address_of(letter))

    async def _commands(self, number: Number) -> list[str]:
        """The last command of each person in a monitoring."""
        async with self._everything.site.sessions() as session:
            lines = select(EntryRow).where(EntryRow.workflow_id == monitoring_workflow_id(number))
            rows = (await session.exec(lines.where(col(EntryRow.command_id).is_not(None)))).all()
        return list({str(row.actor.get("account")): str(row.command_id) for row in rows}.values())


def form_at(path: str) -> AnyDeskForm | None:
    """The form that a route shows, if it shows one."""
    return next((each for each in FORMS if f"{each.under}/{each.path}" == path), None)


def named(path: str) -> str:
    """A path with the samples' things in it."""
    for marker, thing in THINGS.items():
        path = path.replace(marker, re.sub(r"\{\w+\}", thing, marker))
    return path


def _inside(here: str, form: AnyDeskForm | None, state: MonitoringState) -> Iterator[str]:
    """What a path stands for in one monitoring."""
    if isinstance(form, MonitoringForm):
        abouts = form.abouts(state) if ABOUT in form.path else ("",) if form.offered(state) else ()
        yield from (here.replace(ABOUT, each) for each in abouts)
    elif LETTERS.search(here):
        asking = (each for each in state.letters.values() if asks_for_words(each))
        yield from (each.replace(ABOUT, letter.id) for letter in asking for each in _sides(here, letter))
    elif "/letters/{letter}/" in here:
        kept = state.letters.values()
        yield from (here.format(letter=each.id, attempt=each.attempt) for each in kept)
    elif "{" not in here:
        yield here


def _sides(path: str, letter: Letter) -> Iterator[str]:
    """The path itself, or one for each form beside the main one of the letter."""
    assert letter.purpose is not None
    if "{form}" not in path:
        yield path
        return
    for command in LINKS[letter.purpose].forms[1:]:
        yield path.replace("{form}", LINK_FORMS[command].name)

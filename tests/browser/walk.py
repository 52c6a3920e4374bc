"""Which pages are looked at, and as whom: each route, for each kind of user who sees something else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from httpx import AsyncClient, Response

from tests.browser.addresses import NO_PAGES, Addresses, form_at
from tests.browser.everything import LED_BY
from tests.browser.site import PEOPLE, STRANGER, Site
from tests.pages.given import people_in

_MAIN: Final = re.compile(r"<main.*</main>", re.DOTALL)
_PART: Final = re.compile(r"<(\w+)([^>]*)>")
_KIND: Final = re.compile(r'\b(?:class|type|role)="[^"]*"')


@dataclass(frozen=True)
class View:
    """A page as somebody sees it."""

    path: str
    address: str
    who: str


@dataclass
class Walk:
    """The views, and the routes that nobody could open."""

    views: list[View] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    naming: dict[str, set[str]] = field(default_factory=dict)
    """The people whom a route's page names, besides its reader."""

    def further(self, other: "Walk") -> "Walk":
        """Both, one after the other."""
        views, unseen = [*self.views, *other.views], [*self.unseen, *other.unseen]
        return Walk(views, unseen, self.naming | other.naming)


async def walk(site: Site, addresses: Addresses, paths: Iterable[str]) -> Walk:
    """Open every page of these routes without a browser, and choose what is worth a look."""
    taken = Walk()
    for path in paths:
        if NO_PAGES.search(path):
            continue
        named = taken.naming.setdefault(path, set())
        views = await _views(site, path, (await addresses.of(path)), named)
        taken.views += views
        if not views:
            taken.unseen.append(path)
    return taken


async def _views(site: Site, path: str, addresses: list[str], named: set[str]) -> list[View]:
    """Of a form one that is open; of other pages all, where they are made of something else."""
    known: set[str] = set()
    views: list[View] = []
    for address in addresses:
        for who in people_at(path, again=bool(views)):
            page = await _page(site, address, who)
            named.update(people_in(page, who) if page is not None and who else ())
            if page is not None and not (parts := _parts(page)) <= known:
                known |= parts
                views.append(View(path, address, who))
        if views and (form_at(path) is not None or path.endswith("/done")):
            break
    return views


def is_of_a_monitoring(path: str) -> bool:
    """Whether a route is one of a monitoring's at the desk: there are most of those, and most people come."""
    return path.startswith("/staff/monitorings/{")


def people_at(path: str, *, again: bool) -> tuple[str, ...]:
    """Who comes there; where everybody was on such a page already, the one who sees most of it."""
    if path.startswith("/r/"):
        return (STRANGER,)
    if is_of_a_monitoring(path):
        return PEOPLE[:1] if again else (*PEOPLE[:-1], *LED_BY.values())
    return (STRANGER,) if not path.startswith(("/staff", "/monitorings", "/duties")) else PEOPLE[:-1]


async def _page(site: Site, address: str, who: str) -> str | None:
    client: AsyncClient = await site.client(who)
    answer: Response = await client.get(address)
    kind = answer.headers.get("content-type", "")
    return answer.text if answer.status_code == 200 and kind.startswith("text/html") else None


def _parts(page: str) -> set[str]:
    """What the page is made of: elements by their class and kind, however many of each."""
    main = _MAIN.search(page)
    return {
        f"{tag} {' '.join(_KIND.findall(rest))}" for tag, rest in _PART.findall(main[0] if main else page)
    }

"""Lists and searches as people read them: at the desk, signed in, and by the public."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import httpx

from benchmarks.sides.product import Product
from local.samples import load_country
from models.vocabulary.procedure import Id

NGO: Final = "a-ashyk-analyst"
OFFICE: Final = "a-uo-analyst"
HEAD: Final = "a-uo-head"
OTHER: Final = "a-sary-analyst"
AUDITOR: Final = "a-uo-auditor"
_SAME_SITE: Final = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Reading:
    """One address that is read, by its name in a table; `by` whose account, where somebody has signed in."""

    name: str
    address: str
    by: Id | None = None

    @property
    def for_programs(self) -> bool:
        return self.address.startswith("/api")

    @property
    def at_the_desk(self) -> bool:
        """A page of somebody who has signed in."""
        return self.by is not None and not self.for_programs


NOTHING: Final = Reading("nothing but an answer", "/api/v1/health/live")
"""What lies under all the others, in the same minute."""
READINGS: Final = (
    Reading("what waits for me", "/staff", NGO),
    Reading("what waits for the office", "/staff", OFFICE),
    Reading("what waits for its head", "/staff", HEAD),
    Reading("monitorings", "/staff/monitorings", NGO),
    Reading("monitorings, the newest first", "/staff/monitorings?sort=newest", NGO),
    Reading("monitorings: a rare word", "/staff/monitorings?text=едсирек", NGO),
    Reading("monitorings: one word in 500", "/staff/monitorings?text=зорта", NGO),
    Reading("monitorings: a word in every tenth", "/staff/monitorings?text=жиі", NGO),
    Reading("monitorings of a year", "/staff/monitorings?year=2025", NGO),
    Reading("monitorings that are late", "/staff/monitorings?due=late", NGO),
    Reading("monitorings, of the office", "/staff/monitorings", OFFICE),
    Reading("monitorings, of another body", "/staff/monitorings", OTHER),
    Reading("monitorings, of an auditor", "/staff/monitorings", AUDITOR),
    Reading("duties", "/staff/duties", OFFICE),
    Reading("inbox", "/staff/consolidation/inbox", OFFICE),
    Reading("inbox: what waits", "/staff/consolidation/inbox?waiting=1", OFFICE),
    Reading("monitorings, for programs", "/api/v1/monitorings", NGO),
    Reading("one's own, for programs", "/api/v1/monitorings?desk=mine", NGO),
    Reading("proposals, for programs", "/api/v1/recommendations", NGO),
    Reading("published reports", "/public"),
    Reading("published: the last change first", "/public?sort=changed"),
    Reading("published: a rare word", "/public?q=едсирек"),
    Reading("published: one word in 500", "/public?q=зорта"),
    Reading("published: a word in every tenth", "/public?q=жиі"),
    Reading("published in a year", "/public?year=2025"),
    Reading("published, by what became of them", "/public?standing=implemented&kind=thematic"),
    Reading("published, in figures", "/public/statistics"),
    Reading("feed (Atom)", "/public/feed.atom"),
    Reading("feed (JSON)", "/public/feed.json"),
    Reading("published, for programs", "/api/v1/public/monitorings"),
)


@dataclass
class Readers:
    """People who have signed in, and anybody."""

    product: Product
    _sessions: dict[Id, str] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    """Bytes of each answer as it came over the line, by the name of what was read."""

    async def sign_in(self, readings: Sequence[Reading] = READINGS) -> None:
        """Each by the token, as a session of the pages."""
        for account in {each.by for each in readings if each.by is not None}:
            given = {"token": self._token(account)}
            answer = await self.product.http.post("/sign-in", data=given, headers=_SAME_SITE)
            assert answer.is_redirect, answer.text[:200]
            self._sessions[account] = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
            self.product.http.cookies.clear()

    async def read(self, reading: Reading) -> None:
        """Once, without what a browser keeps."""
        headers = {"Accept-Encoding": "gzip"}
        if reading.by is not None and reading.for_programs:
            headers["Authorization"] = f"Bearer {self._token(reading.by)}"
        elif reading.by is not None:
            headers["Cookie"] = self._sessions[reading.by]
        answer = await self.product.http.get(reading.address, headers=headers)
        assert answer.status_code == httpx.codes.OK, f"{reading.address}: {answer.status_code}"
        self.weights[reading.name] = answer.num_bytes_downloaded

    def _token(self, account: Id) -> str:
        return self.product.told.tokens[load_country().account(account).label]

"""Monitorings with a large decision, and reports that came on paper, by the API's own commands."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from benchmarks.calling.lifecycle import Conduct, begin
from benchmarks.sides.product import Product
from local.demo.caller import Caller, Json
from local.samples import load_country
from models.calendar.country import COUNTRY
from models.report.content import Item, Wording
from models.vocabulary.procedure import Id, ItemKind, OrganisationKind

REPLY_DAYS: Final = 60
AT_ONCE: Final = 200
"""Addressees that one dispatch may hold."""
NOT_ADDRESSED: Final = {OrganisationKind.NATURAL_PERSON, OrganisationKind.AUTHORIZED_BODY}
PDF: Final = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def bodies(count: int) -> tuple[Id, ...]:
    """So many bodies of the sample country, in force today, to which items may be addressed."""
    today = datetime.now(COUNTRY).date()
    known = [
        organisation.id
        for organisation in load_country().organisations
        if (version := organisation.version_on(today))
        and version.kind not in NOT_ADDRESSED
        and not version.special_state_body
    ]
    return tuple(known[:count])


async def approved(product: Product, items: int, addressees: Sequence[Id]) -> Conduct:
    """A monitoring whose decision has so many items, in turn to each addressee; its report is approved."""
    conduct = await begin(product)
    await conduct.gathers(tuple(_item(n, addressees[n % len(addressees)]) for n in range(items)))
    await conduct.reports()
    return conduct


async def dispatched(conduct: Conduct, addressees: Sequence[Id], *, reply: bool) -> None:
    """To so many bodies, as many at once as one dispatch may hold; with a day for the reply, or none."""
    by = (datetime.now(COUNTRY).date() + timedelta(days=REPLY_DAYS)).isoformat() if reply else None
    for first in range(0, len(addressees), AT_ONCE):
        named = [
            {"organisation": body, "ground": "other", "reason": "Мүдделі орган.", "reply_by": by}
            for body in addressees[first : first + AT_ONCE]
        ]
        await conduct.posts("dispatches", {"addressees": named})


async def open_deadline(conduct: Conduct) -> str:
    """The one deadline for a reply."""
    listed = (await conduct.analyst.ask(f"{conduct.path}/deadlines")).json()
    (deadline,) = [each["id"] for each in listed if each["subject_kind"] == "reply"]
    return str(deadline)


async def pause_and_resume(conduct: Conduct, deadline: str) -> None:
    """Two events of an approved monitoring."""
    await conduct.posts(f"deadlines/{deadline}/pause", {"reason": "Сұрау салу жіберілді."})
    await conduct.posts(f"deadlines/{deadline}/resumption", {})


class Paper:
    """The authorized body's office, where reports come on paper."""

    def __init__(self, product: Product) -> None:
        self._http = product.http
        self._token = product.told.tokens[load_country().account("a-uo-analyst").label]
        self._office = Caller(product.http, self._token)
        self._turn = 0

    async def uploaded(self) -> str:
        """A file, by its id."""
        self._turn += 1
        answer = await self._http.post(
            "/api/v1/consolidation/files",
            files={"file": (f"{self._turn}.pdf", PDF + str(self._turn).encode(), "application/pdf")},
            headers={"Authorization": f"Bearer {self._token}", "Idempotency-Key": f"paper-{self._turn:08}"},
        )
        answer.raise_for_status()
        return str(answer.json()["id"])

    async def registered(self, file: str) -> None:
        """Rule 17: what came otherwise than by this system."""
        today = datetime.now(COUNTRY).date().isoformat()
        body: Json = {
            "sender": "td-sary",
            "kind": "thematic",
            "received_on": today,
            "title": {"kk": "Балабақшаларға кезек"},
            "file": file,
        }
        await self._office.post("/api/v1/consolidation/reports", body)

    async def received(self) -> int:
        """How many reports the inbox shows."""
        return len((await self._office.ask("/api/v1/consolidation/reports")).json())

    async def is_there(self) -> None:
        """The inbox is begun by a keeper, soon after the worker."""
        while not (await self._http.get("/api/v1/consolidation", headers=self._headers)).is_success:  # noqa: ASYNC110
            await asyncio.sleep(0.5)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


def _item(n: int, addressee: Id) -> Item:
    words = Wording(kk=f"{n + 1}-ұсыныс: негізін жариялау", ru=f"Предложение {n + 1}: публиковать основание")
    kind = ItemKind.RECOMMENDATION if n % 2 else ItemKind.PROPOSAL
    return Item(id=f"p{n + 1}", kind=kind, addressee=addressee, basis="f1", text=words)

"""A whole monitoring over HTTP: an NGO's thematic one, from its start to its closing.

Scenario C of `samples/scenarios` with two more addressees. It is played here and not by the demo: what is
measured must stay the same when the demo tells more.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from benchmarks.calling.visits import Recipients
from benchmarks.sides.product import Product
from local.demo.caller import Caller, Json
from local.demo.patience import until
from local.sample_scenario import SampleAddressee, Scenario
from local.samples import ScenarioName, load_country, load_scenario
from models.calendar.country import COUNTRY
from models.commands.receipt import Receipt
from models.report.content import Item, Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Ground, Id

ALSO_TOLD: Final = ("min-edu", "akimat-sary")
REASON: Final = Wording(kk="Балабақша кезегін үйлестіреді.", ru="Координирует очередь в детские сады.")
DISPATCHED: Final = "dispatched"


@cache
def scenario() -> Scenario:
    """What is played."""
    played = load_scenario(ScenarioName.C)
    more = tuple(SampleAddressee(organisation=body, ground=Ground.OTHER, reason=REASON) for body in ALSO_TOLD)
    dispatch = played.dispatch.model_copy(update={"addressees": (*played.dispatch.addressees, *more)})
    return played.model_copy(update={"dispatch": dispatch})


class Lifecycles:
    """Plays them against one build."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._recipients = Recipients(product.browser, product.post)

    async def play(self) -> str:
        """One of them; its number. Raises `DemoFailed`, TimeoutError."""
        review = scenario().review
        assert review is not None, "the authorized body considers the report of this scenario"
        conduct = await begin(self._product)
        await conduct.gathers()
        await conduct.reports()
        await conduct.dispatches()
        await self._is_answered(conduct.number)
        reviewer = caller(self._product, review.account)
        await reviewer.post(f"{conduct.path}/review", {"note": review.note.kk})
        await conduct.posts("closing", {})
        await conduct.until(conduct.nothing_is_due, "a letter did not leave")
        return conduct.number

    async def _is_answered(self, number: str) -> None:
        country, today = load_country(), datetime.now(COUNTRY).date()
        for addressee in scenario().dispatch.addressees:
            address = country.version(addressee.organisation, today).email
            await self._recipients.receive(address, number, addressee.reply)


@dataclass(frozen=True)
class Conduct:
    """One monitoring, as those who conduct it."""

    path: str
    number: str
    analyst: Caller
    head: Caller

    async def gathers(self, items: tuple[Item, ...] = ()) -> None:
        """Rule 14: sources, indicators, findings, the draft (with other items, if given), the four steps."""
        played = scenario()
        await self.posts("collection", {"began_on": played.began_on.isoformat()})
        for source in played.sources:
            await self.posts("sources", source)
        for indicator in played.indicators:
            await self.posts("indicators", indicator)
        for finding in played.findings:
            await self.posts("findings", finding)
        draft = played.draft
        if items:
            decision = draft.decision.model_copy(update={"items": items})
            draft = draft.model_copy(update={"decision": decision})
        written = draft.model_dump(mode="json", exclude={"conductors"})
        await self.analyst.put(f"{self.path}/draft", written)
        for step in played.steps:
            done: Json = {"step": step.step.value, "completed_on": step.completed_on.isoformat()}
            await self.posts("steps", done)

    async def reports(self) -> None:
        """Rules 15, 16: submitted, printed, approved."""
        await self.posts("report/versions", {})
        await self.until(self.is_printed, "the report was not printed")
        await self.head.post(f"{self.path}/report/versions/1/approval", {})

    async def dispatches(self) -> None:
        """Rule 17: to everybody, until all has left."""
        addressees = [_addressee(each) for each in scenario().dispatch.addressees]
        await self.posts("dispatches", {"addressees": addressees})
        await self.until(self.has_left, "the dispatch is not complete")

    async def is_printed(self) -> bool:
        """All four documents are made at once."""
        (version,) = (await self.analyst.ask(f"{self.path}/report/versions")).json()
        return bool(version["documents"])

    async def has_left(self) -> bool:
        """The stage says so."""
        return bool((await self.analyst.ask(self.path)).json()["stage"] == DISPATCHED)

    async def nothing_is_due(self) -> bool:
        """No letter waits."""
        letters = (await self.analyst.ask(f"{self.path}/letters")).json()
        return all(each["letter"]["status"] != "due" for each in letters)

    async def until(self, condition: Callable[[], Awaitable[bool]], otherwise: str) -> None:
        """Look again and again, as people do."""
        await until(condition, f"{self.number}: {otherwise}", 300.0)

    async def posts(self, what: str, body: Json | Model) -> None:
        """A command or content, as the analyst."""
        await self.analyst.post(f"{self.path}/{what}", body)


async def begin(product: Product) -> Conduct:
    """Start one."""
    accounts = scenario().accounts
    analyst, head = caller(product, accounts.analyst), caller(product, accounts.head)
    begun = await analyst.post("/api/v1/monitorings", _start())
    number = Receipt.model_validate_json(begun.content).number
    return Conduct(f"/api/v1/monitorings/{number}", number, analyst, head)


def caller(product: Product, account: Id) -> Caller:
    """Somebody of the sample country, with the token of this build."""
    return Caller(product.http, product.told.tokens[load_country().account(account).label])


def _start() -> Json:
    played = scenario()
    return {
        "kind": played.kind.value,
        "title": played.title.model_dump(),
        "conductors": list(played.conductors),
        "spheres": list(played.spheres),
        "objects": list(played.objects),
        "studied_from": played.studied_from.isoformat(),
        "studied_until": played.studied_until.isoformat(),
    }


def _addressee(addressee: SampleAddressee) -> Json:
    return {
        "organisation": addressee.organisation,
        "ground": addressee.ground.value,
        "reason": addressee.reason.kk or None,
        "preset": addressee.preset.value,
    }

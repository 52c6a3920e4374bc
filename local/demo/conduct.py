"""A monitoring under way, as its people handle it: what they send, read and wait for."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from local.demo.caller import Caller, Json
from local.demo.patience import until
from local.demo.results import Results
from local.demo.theatre import Theatre
from local.demo.visits import Visits
from local.sample_country import Country, SampleOrganisation
from local.sample_scenario import Scenario
from local.samples import load_country
from models.calendar.country import COUNTRY
from models.report.content import ReportDraft
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Stage

ADMIN: Final = "a-uo-admin"
AUDITOR: Final = "a-uo-auditor"


class Conduct:
    """A scenario with the number that the product gave it."""

    def __init__(self, name: str, scenario: Scenario, theatre: Theatre) -> None:
        self.name = name
        self.scenario = scenario
        self.theatre = theatre
        self.number = ""
        self.country: Country = load_country()
        self.visits = Visits(theatre.visitor, theatre.letterbox)
        self.heirs: dict[Id, SampleOrganisation] = {}
        """Who came after the bodies that are no more."""

    @property
    def path(self) -> str:
        return f"/api/v1/monitorings/{self.number}"

    @property
    def results(self) -> Results:
        return Results(self.analyst, self.number)

    @property
    def analyst(self) -> Caller:
        return self.theatre.call(self.scenario.accounts.analyst)

    @property
    def head(self) -> Caller:
        return self.theatre.call(self.scenario.accounts.head)

    # ——— small words ———
    def says(self, words: str, rule: str) -> None:
        self.theatre.screen.says(self.name, words, rule)

    async def until(self, condition: Callable[[], Awaitable[bool]], otherwise: str) -> None:
        await until(condition, f"{self.number}: {otherwise}", self.theatre.patience)

    async def post(self, path: str, body: Json, by: Caller | None = None) -> None:
        await (by or self.analyst).post(f"{self.path}{path}", body)

    async def keep(self, part: str, item: Model) -> None:
        await self.analyst.post(f"{self.path}/{part}", item)

    # ——— bodies ———
    def standing(self, organisation: Id) -> Id:
        """The body itself, or whoever came after it."""
        heir = self.heirs.get(organisation)
        return heir.id if heir else organisation

    def named(self, organisation: Id) -> str:
        """How it is spoken of."""
        standing = self.standing(organisation)
        return standing if standing == organisation else f"{standing} (for {organisation})"

    # ——— the report ———
    async def write_draft(self, draft: ReportDraft, revision: str | None = None) -> None:
        """`revision` is the ETag of what is written over."""
        plain = draft.model_dump(mode="json", exclude={"conductors"})
        await self.analyst.put(f"{self.path}/draft", plain, revision)

    async def submits(self, version: int) -> None:
        await self.post("/report/versions", {})

        async def printed() -> bool:
            return bool((await self.results.versions())[version - 1].documents)

        await self.until(printed, f"version {version} was not printed")
        self.says(f"version {version} submitted and printed in Kazakh and Russian", "annex")

    async def approves(self, version: int) -> None:
        await self.post(f"/report/versions/{version}/approval", {}, self.head)

    # ——— letters ———
    def address(self, organisation: Id) -> str:
        """Where letters reach a body today, after a slip was mended, or whoever came after it."""
        heir, mended = self.heirs.get(organisation), self.scenario.mended_letter
        if heir is not None:
            return heir.versions[-1].email
        if mended and mended.recipient == organisation:
            return mended.mended_address
        return self.country.version(organisation, datetime.now(COUNTRY).date()).email

    async def letters(self, status: str) -> list[str]:
        letters = (await self.analyst.ask(f"{self.path}/letters")).json()
        return [str(x["letter"]["id"]) for x in letters if x["letter"]["status"] == status]

    async def nothing_is_due(self) -> bool:
        return not await self.letters("due")

    async def has_left(self) -> bool:
        """Everything that is due has (rules 17, 20)."""
        return await self.results.stage() is Stage.DISPATCHED

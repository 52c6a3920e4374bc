"""Who takes part in a scenario at browsers, where they go, and the letters they hold."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from playwright.async_api import Browser

from local.demo.letterbox import Letterbox
from local.sample_scenario import Scenario
from local.samples import ScenarioName, load_country, load_scenario
from models.calendar.country import COUNTRY
from models.report.content import Wording
from models.vocabulary.procedure import Id
from tests.browser.person import Person, Typed, somebody
from tests.e2e.town import Town
from tests.waiting import eventually

OFFICER, EDITOR, ADMIN, AUDITOR = "uo-analyst", "uo-web-editor", "uo-admin", "uo-auditor"


class Cast:
    """The scenario on its way, and who takes part in it."""

    def __init__(self, town: Town, browser: Browser, name: ScenarioName) -> None:
        self._town, self._browser = town, browser
        self.scenario: Scenario = load_scenario(name)
        self.country = load_country()
        self.number = ""
        self.checked = ""
        """What the auditor was told by the check."""
        self._letters = Letterbox(town.mail)
        self._people: dict[str, Person] = {}

    # ——— people ———
    async def account(self, label: str) -> Person:
        """Somebody of the staff, signed in at a browser of their own."""
        if label not in self._people:
            self._people[label] = await somebody(self._browser, self._town.stack.api_url)
            await self._people[label].signs_in(self._town.tokens[label])
        return self._people[label]

    async def analyst(self) -> Person:
        return await self.account(self.country.account(self.scenario.accounts.analyst).label)

    async def head(self) -> Person:
        """Who has no token, and signs in by a link that is mailed."""
        account = self.country.account(self.scenario.accounts.head)
        if account.label not in self._people:
            head = self._people[account.label] = await somebody(self._browser, self._town.stack.api_url)
            address = self.country.person(account.person).email
            await head.asks_for_a_link(address)
            await head.signs_in_by(await self._letters.way_in(address))
        return self._people[account.label]

    async def reader(self) -> Person:
        """Whoever holds a letter."""
        if "" not in self._people:
            self._people[""] = await somebody(self._browser, self._town.stack.api_url)
        return self._people[""]

    async def ends(self) -> None:
        for person in self._people.values():
            await person.page.context.close()

    # ——— places ———
    def at(self, *below: str) -> str:
        return "/".join((f"/staff/monitorings/{self.number}", *below))

    async def goes(self, who: Person, *ways: str) -> None:
        """From the monitoring's page, by one link after another."""
        await who.opens(self.at())
        for way in ways:
            await who.follows(self.at(way))

    async def does(self, who: Person, *ways: str, typed: Typed | None = None) -> None:
        """Go there, fill the form in, check, send."""
        await self.goes(who, *ways)
        await who.sends(typed)

    async def letter(self, address: str, offers: str) -> Person:
        """The reader of a letter, at the page behind its link, which has an element (a CSS selector)."""
        reader = await self.reader()

        async def has(link: str) -> bool:
            answer = await reader.page.goto(link)
            return answer is not None and answer.ok and await reader.page.locator(offers).count() > 0

        await self._letters.next_that(address, self.number, has)
        return reader

    def address(self, organisation: Id) -> str:
        """Where letters reach a body today, after a slip was mended."""
        mended = self.scenario.mended_letter
        if mended is not None and mended.recipient == organisation:
            return mended.mended_address
        return self.country.version(organisation, today()).email

    async def until(self, who: Person, meaning: str, holds: Callable[[], Awaitable[bool]]) -> None:
        async def seen() -> bool:
            await who.opens(self.at())
            return await holds()

        await eventually(seen, f"{self.number}: {meaning}")


def in_languages(name: str, said: Wording) -> dict[str, str]:
    """A text in the languages it has, a field for each."""
    return {f"{name}-{code}": words for code, words in spoken(said)}


def spoken(said: Wording) -> list[tuple[str, str]]:
    return [(code, words) for code, words in said.model_dump().items() if words]


def day(said: date) -> str:
    """As people type it."""
    return said.strftime("%d.%m.%Y")


def today() -> date:
    return datetime.now(COUNTRY).date()

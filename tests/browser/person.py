"""Somebody at a browser: opens, follows links, fills in, checks, sends. Nothing is asked of the API."""

from collections.abc import Mapping, Sequence
from typing import Final

from playwright.async_api import Browser, Locator, Page, expect

from models.vocabulary.procedure import Language

Typed = Mapping[str, str | Sequence[str]]
PATIENCE_MS: Final = 30_000
# The button that brings more rows of a kind, by the first word of their fields.
_ROWS: Final = {"object": "objects", "conductor": "conductors", "other": "others"}
_ERRORS: Final = "section.errors, main [role=alert]"


class Person:
    """One browser of one's own: cookies are shared with nobody."""

    def __init__(self, page: Page, home: str, language: Language = Language.KK) -> None:
        self.page = page
        self.home = home
        self.language = language

    # ——— where one goes ———
    async def signs_in(self, token: str) -> None:
        await self.opens("/sign-in")
        await self.page.click("summary:has(+ #by-token)")
        await self.page.fill("[name=token]", token)
        await self.page.click("#by-token button[type=submit]")
        await expect(self.page.locator("header .who")).to_be_visible()

    async def asks_for_a_link(self, address: str) -> None:
        await self.opens("/sign-in")
        await self.page.fill("[name=address]", address)
        await self.clicks(self.page.locator("#form button[type=submit]"))

    async def signs_in_by(self, link: str) -> None:
        await self.opens(link)
        await self.clicks(self.page.locator("#form button[type=submit]"))
        await expect(self.page.locator("header .who")).to_be_visible()

    async def opens(self, address: str) -> None:
        """An address that one knows, or was written."""
        whole = address if address.startswith("http") else f"{self.home}{address}"
        join = "&" if "?" in whole else "?"
        answer = await self.page.goto(f"{whole}{join}lang={self.language.value}")
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status} {await self.heading()}"

    async def follows(self, address: str) -> None:
        """The link to an address that stands on the page that is open."""
        link = self.page.locator(f'a[href^="{address}?"], a[href="{address}"]').first
        if not await link.count():
            raise AssertionError(f"no link to {address} on “{await self.heading()}”: {await self.words()}")
        await self.clicks(link)

    async def clicks(self, what: Locator) -> None:
        """Press what leads to another page, and wait for it."""
        async with self.page.expect_navigation():
            await what.click()

    # ——— what one does ———
    async def fills(self, typed: Typed) -> None:
        """Each field by its name; where there is no row left, one more is asked for."""
        for name, value in typed.items():
            if not await self._fields(name).count():
                await self._asks_for_rows(name)
            for each in (value,) if isinstance(value, str) else value:
                await self._fill(name, each)

    async def sends(self, typed: Typed | None = None) -> None:
        """Fill in, check the answers, send; what is written for the report is sent at once."""
        await self.fills(typed or {})
        if await self._button("check").count():
            await self.presses("check")
        await self.presses("send")
        if await self.page.locator(_ERRORS).count():
            raise AssertionError(f"it was not taken: {await self.errors()}")

    async def presses(self, action: str) -> None:
        if not await self._button(action).count():
            raise AssertionError(f"nothing to {action} by: {await self.errors()}")
        await self.clicks(self._button(action).first)

    # ——— what one sees ———
    async def heading(self) -> str:
        return await self.page.locator("h1").first.inner_text()

    async def words(self) -> str:
        return await self.page.locator("main").inner_text()

    async def errors(self) -> str:
        """What is said to be wrong, or what stands there instead."""
        said = await self.page.locator(_ERRORS).all_inner_texts()
        return f"{self.page.url} “{await self.heading()}” {said or await self.words()}"

    def _button(self, action: str) -> Locator:
        return self.page.locator(f'main button[name=action][value="{action}"]')

    def _fields(self, name: str) -> Locator:
        return self.page.locator(f'main [name="{name}"]:not([type=hidden])')

    async def _asks_for_rows(self, name: str) -> None:
        rows = _ROWS.get(name.partition("-")[0])
        if rows is None:
            raise AssertionError(f"no field {name}: {await self.errors()}")
        await self.presses(f"add-{rows}")
        await expect(self._fields(name).first).to_be_visible()

    async def _fill(self, name: str, value: str) -> None:
        field = self._fields(name).first
        kind = await field.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if kind in {"radio", "checkbox"}:
            await self.page.check(f'main [name="{name}"][value="{value}"]')
        elif kind == "date":
            await field.fill("-".join(reversed(value.split("."))))
        elif kind == "select":
            await field.select_option(value)
        else:
            await field.fill(value)


async def somebody(browser: Browser, home: str) -> Person:
    """With a browser that nobody has used."""
    context = await browser.new_context(locale="kk-KZ")
    context.set_default_timeout(PATIENCE_MS)
    return Person(await context.new_page(), home)

"""What is wrong with a page as it stands in a browser: with its words in three languages, narrow and wide,
printed, by keyboard, and by the rules of axe-core (WCAG 2.2 AA)."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, cast

from playwright.async_api import ConsoleMessage, Page, Response

WIDTHS: Final = (320, 360, 1280)
HEIGHT: Final = 900
STANDARD: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_AXE: Final = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], iframes: false})
  .then(found => found.violations.map(each => each.id + ': ' + each.nodes.map(
    node => node.target.join(' ') + ' ' + (node.any[0] || node.all[0] || node.none[0] || {}).message
  ).slice(0, 3).join(' | ')))"""
_WIDER: Final = """() => {
  const root = document.documentElement, room = root.clientWidth
  if (root.scrollWidth <= room) return []
  const held = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (p !== root && p !== document.body && getComputedStyle(p).overflowX !== 'visible') return true
    return false }
  const wide = [...document.body.querySelectorAll('*')].filter(
    e => e.getBoundingClientRect().right > room + 1 && !held(e))
  return ['to ' + root.scrollWidth + ' px by ' + wide.slice(-3).map(
    e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : '') + ' ' +
      e.textContent.trim().slice(0, 30)).join(' | ')]
}"""
_UNREACHED: Final = """() => {
  const found = []
  const named = e => e.tagName.toLowerCase() + ' ' + (e.name || e.textContent.trim().slice(0, 30))
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (e.disabled || e.type === 'hidden' || e.ariaHidden === 'true' || !e.checkVisibility()) continue
    if (e.tabIndex !== 0) { found.push(named(e) + ' is not in the order of Tab'); continue }
    e.focus({focusVisible: true, preventScroll: true})
    if (document.activeElement !== e) { found.push(named(e) + ' takes no focus'); continue }
    const style = getComputedStyle(e)
    if ((style.outlineStyle === 'none' || style.outlineWidth === '0px') && style.boxShadow === 'none')
      found.push(named(e) + ' does not show its focus')
  }
  document.activeElement.blur()
  return found
}"""
_PRINTED: Final = """() => {
  const shown = e => e.checkVisibility() && e.getBoundingClientRect().height > 0
  const main = document.querySelector('main'), head = main && main.querySelector('h1')
  if (!main || !shown(main) || !head || !shown(head)) return ['nothing is printed']
  return main.innerText.trim().length > head.innerText.trim().length ? [] : ['its heading alone is printed']
}"""
_ADDRESSES: Final = ("favicon.ico",)


@dataclass
class Eyes:
    """One page of a browser, used again and again, and all that it complained of."""

    page: Page
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.said.append(f"script error: {error}"))

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.said.append(f"the browser says: {message.text}")

    async def opens(self, address: str) -> Response | None:
        return await self.page.goto(address, wait_until="load")

    async def sees(self, closely: int = 0) -> list[str]:
        """What is wrong with the page that is open; closely, at a width, by axe, by keyboard and in print."""
        found = [*self.said]
        self.said.clear()
        for width in WIDTHS:
            await self.page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"{width} px: wider {each}" for each in await self._asks(_WIDER)]
        if closely:
            found += await self._closely(closely)
        return found

    async def _closely(self, width: int) -> list[str]:
        found = [f"keyboard: {each}" for each in await self._asks(_UNREACHED)]
        await self.page.evaluate(axe())
        await self.page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"axe, {width} px: {each}" for each in await self._asks(_AXE, STANDARD)]
        await self.page.emulate_media(media="print")
        found += [f"print: {each}" for each in await self._asks(_PRINTED)]
        await self.page.emulate_media(media="screen")
        return found

    async def presses_check(self) -> bool:
        """The button of a form that is not filled in further; False where there is none."""
        button = self.page.locator('main button[name=action][value="check"]')
        if not await button.count():
            return False
        async with self.page.expect_navigation():
            await button.first.click()
        return True

    async def _asks(self, script: str, asked: object = None) -> list[str]:
        return cast(list[str], await self.page.evaluate(script, asked))


@cache
def axe() -> str:
    """axe-core as its package brings it; it is run beside the page, whose policy admits no script."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

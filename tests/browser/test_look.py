"""The eyes see what is wrong: each fault that they are there for, on a page that has it."""

import pytest
from playwright.async_api import Browser

from tests.browser.look import Eyes

SOUND = "<main><h1>Тізім</h1><p>Мәтін</p>{}</main>"
FAULTS = {
    "<div style='width: 500px'>кең</div>": "320 px: wider",
    "<input name=title>": "axe, 320 px: label",
    "<p style='color: #bbb'>көрінбейді</p>": "axe, 320 px: color-contrast",
    "<script>nothing()</script>": "script error",
    "<img alt='' src='https://elsewhere.example.kz/a.png'>": "the browser says",
    "<button style='outline: 0; box-shadow: none'>Жіберу</button>": "does not show its focus",
    "<a href='/a' tabindex=-1>Тізім</a>": "is not in the order of Tab",
    "<style>@media print { main { display: none } }</style>": "nothing is printed",
}
POLICY = "default-src 'self' 'unsafe-inline'"


@pytest.mark.parametrize(("fault", "said"), FAULTS.items(), ids=FAULTS.values())
async def test_a_fault_is_seen(chrome: Browser, fault: str, said: str) -> None:
    assert any(said in each for each in await _sees(chrome, SOUND.format(fault))), said


async def test_nothing_is_said_of_a_sound_page(chrome: Browser) -> None:
    assert await _sees(chrome, SOUND.format("<a href='/a'>Басқа бет</a>")) == []


async def _sees(chrome: Browser, body: str) -> list[str]:
    page = await chrome.new_page()
    eyes = Eyes(page)
    head = f'<title>Тізім</title><meta http-equiv=Content-Security-Policy content="{POLICY}">'
    await page.set_content(f"<!DOCTYPE html><html lang=kk><head>{head}</head><body>{body}</body></html>")
    found = await eyes.sees(closely=320)
    await page.close()
    return found

"""An auditor's browser reads a history in Temporal's own UI: encrypted on the server, opened by the API."""

import json
from typing import Final
from urllib.parse import quote

import httpx
import pytest
from playwright.async_api import Locator, Page, Response, async_playwright, expect

from api.http.codec_origin import COOKIE
from local.stack import Stack
from local.temporal import NAMESPACE
from models.vocabulary.procedure import monitoring_workflow_id
from tests.browser.chromium import ARGS, chromium
from tests.e2e.town import Town

pytestmark = pytest.mark.xdist_group("e2e-temporal-ui")
AUDITOR: Final = "uo-auditor"
CODEC: Final = "/api/v1/codec"
SHOWN_WITHIN_MS: Final = 30_000


def as_compose_has_it(stack: Stack) -> str:
    """What TEMPORAL_CODEC_… say there, as the reader of a UI without those options sets it."""
    chosen = {
        "endpoint": json.dumps(f"{stack.api_url}{CODEC}"),
        "includeCredentials": "true",
        "overrideRemoteCodecConfiguration": "true",
    }
    return (
        f"for (const [name, value] of Object.entries({json.dumps(chosen)})) localStorage.setItem(name, value)"
    )


async def test_an_auditor_who_signed_in_reads_what_began_it_and_nobody_else_does(
    stack: Stack, town: Town
) -> None:
    number = await town.starts()
    workflow = quote(monitoring_workflow_id(number), safe="")
    history = f"{stack.temporal.ui_url}/namespaces/{NAMESPACE}/workflows/{workflow}"
    asked: list[Response] = []

    async def opens(page: Page) -> Locator:
        """The field of what the workflow was begun with."""
        asked.clear()
        page.on("response", lambda answer: asked.append(answer) if "/codec/decode" in answer.url else None)
        async with page.expect_response(lambda answer: "/codec/decode" in answer.url):
            await page.goto(history)
        return page.get_by_role("textbox", name="Input")

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*ARGS])
        context = await browser.new_context()
        await context.add_init_script(as_compose_has_it(stack))
        stranger = await opens(await context.new_page())
        await expect(stranger).to_contain_text("payloads", timeout=SHOWN_WITHIN_MS)  # as the server keeps it
        assert {answer.status for answer in asked} == {httpx.codes.UNAUTHORIZED}

        bearer = {"Authorization": f"Bearer {town.tokens[AUDITOR]}"}
        signed_in = await town.api.post(f"{CODEC}/sign-in", headers=bearer)
        assert signed_in.status_code == httpx.codes.NO_CONTENT, signed_in.text
        value, there = signed_in.cookies[COOKIE], f"{stack.api_url}{CODEC}"
        await context.add_cookies(
            [{"name": COOKIE, "value": value, "url": there, "sameSite": "Strict", "httpOnly": True}]
        )
        auditor = await opens(await context.new_page())
        await expect(auditor).to_contain_text(f'"number": "{number}"', timeout=SHOWN_WITHIN_MS)
        assert {answer.status for answer in asked} == {httpx.codes.OK}
        await browser.close()

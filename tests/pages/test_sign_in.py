"""Signing in on the pages: with a token, for some hours, from this site only."""

import itsdangerous.timed
import pytest
from httpx import AsyncClient, Response
from sqlalchemy import text as sql

from api.access.sessions import REMEMBERED_SECONDS
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story

COOKIE = "__Host-session"
LONG_AGO = 1_600_000_000


async def signs_in(browser: AsyncClient, token: str, way: str = "") -> Response:
    return await browser.post("/sign-in", data={"token": token, "next": way})


def history_of(story: Story) -> str:
    return f"/monitorings/{story.number}/history"


@pytest.mark.parametrize("language", Language)
async def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    wanted = f"{history_of(story)}?lang={language.value}&rule=8"
    first = await browser.get(wanted)
    assert first.status_code == 303
    form = await browser.get(first.headers["location"])
    assert (form.status_code, form.headers["content-language"]) == (200, language.value)
    assert flaws(form) == []
    way = str(soup(form).find("input", {"name": "next"})["value"])  # type: ignore[index]
    assert way == wanted
    answer = await signs_in(browser, f"  {seeded_database.tokens['sary-analyst']}\n", way)
    assert (answer.status_code, answer.headers["location"]) == (303, wanted)
    shown = await browser.get(answer.headers["location"])
    assert shown.status_code == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_is_not_the_token(
    browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    token = seeded_database.tokens["uo-auditor"]
    said = (await signs_in(browser, token)).headers["set-cookie"]
    assert said.startswith(f"{COOKIE}=")
    kept = f"Max-Age={REMEMBERED_SECONDS}"  # longer than it opens anything: it says whose form was open
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=strict", kept} <= set(said.split("; "))
    assert token not in said
    assert "Domain" not in said


@pytest.mark.parametrize("token", ["", "mon_nothing", "x" * 3_000, "mon_\x00"])
async def test_a_token_that_is_none_opens_nothing(browser: AsyncClient, token: str) -> None:
    page = await signs_in(browser, token)
    assert page.status_code == 422
    assert flaws(page) == []
    assert "set-cookie" not in page.headers
    assert token not in page.text or not token


@pytest.mark.parametrize(
    "way",
    [
        "https://evil.example.kz/monitorings/2026-SARY-0001/history",
        "//evil.example.kz",
        "/\\evil.example.kz",
        "/monitorings/2026-SARY-0001/history\r\nX: 1",
        '/monitorings/2026-SARY-0001/history#"><b>',
        "/sign-out",
        "javascript:alert(1)",
    ],
)
async def test_signing_in_leads_to_our_own_pages_only(
    browser: AsyncClient, seeded_database: SeededDatabase, way: str
) -> None:
    form = await browser.get("/sign-in", params={"next": way})
    assert soup(form).find("input", {"name": "next"})["value"] == ""  # type: ignore[index]
    answer = await signs_in(browser, seeded_database.tokens["uo-auditor"], way)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out"])
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
async def test_no_other_site_signs_anybody_in_or_out(
    browser: AsyncClient, seeded_database: SeededDatabase, address: str, headers: dict[str, str]
) -> None:
    given = {"token": seeded_database.tokens["uo-auditor"]}
    answer = await browser.post(address, data=given, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_signing_out_ends_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signs_in(browser, seeded_database.tokens["uo-auditor"])
    assert (await browser.get(history_of(story))).status_code == 200
    out = await browser.post("/sign-out?lang=ru")
    assert out.headers["location"] == "/sign-in?out=1&lang=ru"
    page = await browser.get(out.headers["location"])
    assert "Вы вышли." in words(page)
    assert (await browser.get(history_of(story))).status_code == 303


async def test_it_ends_with_the_token_and_with_the_day(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    await signs_in(browser, seeded_database.tokens["uo-auditor"])
    async with story.sessions.begin() as session:
        await session.exec(sql("UPDATE tokens SET revoked_at = now() WHERE account = 'a-uo-auditor'"))  # type: ignore[call-overload]
    assert (await browser.get(history_of(story))).status_code == 303
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: LONG_AGO)  # type: ignore[attr-defined]
    await signs_in(browser, seeded_database.tokens["sary-head"])
    monkeypatch.undo()
    assert (await browser.get(history_of(story))).status_code == 303


@pytest.mark.parametrize("forged", ["", "x", "ImEi.aaaaaa.bbbbbbbb", "ә", "." * 5_000])
async def test_a_forged_cookie_is_none(story: Story, browser: AsyncClient, forged: str) -> None:
    headers = {"Cookie": f"{COOKIE}={forged}".encode()}
    page = await browser.get(history_of(story), headers=headers)  # type: ignore[arg-type]
    assert page.status_code == 303


async def test_whoever_is_signed_in_goes_on_to_the_own_work(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signs_in(browser, seeded_database.tokens["sary-head"])
    for asked, way in (("?lang=en", "/staff?lang=en"), (f"?next={history_of(story)}", history_of(story))):
        page = await browser.get(f"/sign-in{asked}")
        assert (page.status_code, page.headers["location"]) == (303, way)


async def test_the_short_address_leads_to_signing_in_and_back(
    browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    short = await browser.get("/staff?lang=ru")
    assert short.status_code == 303
    form = await browser.get(short.headers["location"])
    way = str(soup(form).find("input", {"name": "next"})["value"])  # type: ignore[index]
    answer = await signs_in(browser, seeded_database.tokens["sary-head"], way)
    assert answer.headers["location"] == "/staff?lang=ru"

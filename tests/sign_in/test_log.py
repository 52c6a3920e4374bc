"""Who signed in, when and by which way: for whoever keeps accounts, and for whoever oversees."""

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from tests.api.conftest import sessions, world
from tests.api.world import World
from tests.fixtures.stack import SeededDatabase
from tests.letters.post_office import part
from tests.pages.reading import flaws, words
from tests.pages.test_consolidation import signed_in
from tests.pages.test_registries import PERSON, records
from tests.sign_in.conftest import Desk

__all__ = ["sessions", "world"]
HEAD = "p08@example.kz"
LOG = "/registry/sign-ins"


async def comes_in(world: World, *who: str) -> None:
    for each in who:
        given = {"token": world.tokens[each]}
        answer = await world.client.post("/sign-in", data=given, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 303
        world.client.cookies.clear()


async def test_every_sign_in_is_on_record_for_whoever_may_read_the_logs(world: World) -> None:
    await comes_in(world, "sary-head", "ashyk-head", "sary-head")
    codec = await world.call("uo-auditor", "POST", "/codec/sign-in")
    assert codec.status_code == 204
    listed = (await world.call("uo-admin", "GET", LOG)).json()["items"]
    assert [(each["account"], each["door"], each["way"]) for each in listed] == [
        ("a-uo-auditor", "codec", "token"),
        ("a-sary-head", "pages", "token"),
        ("a-ashyk-head", "pages", "token"),
        ("a-sary-head", "pages", "token"),
    ]
    assert all(token not in str(listed) for token in world.tokens.values())
    first = (await world.call("uo-auditor", "GET", f"{LOG}?account=a-sary-head&limit=1")).json()
    rest = await world.call("uo-auditor", "GET", f"{LOG}?account=a-sary-head&cursor={first['next_cursor']}")
    assert [each["id"] for each in (*first["items"], *rest.json()["items"])] == [
        listed[1]["id"],
        listed[3]["id"],
    ]


async def test_an_auditor_of_a_body_sees_those_of_its_accounts(world: World) -> None:
    await comes_in(world, "sary-head", "ashyk-head")
    own = (await world.call("ashyk-auditor", "GET", LOG)).json()["items"]
    assert [each["account"] for each in own] == ["a-ashyk-head"]
    for who in ("sary-head", "koko-analyst"):
        assert (await world.call(who, "GET", LOG)).status_code == 403
    assert (await world.call(None, "GET", LOG)).status_code == 401


@pytest.mark.parametrize("deed", ["UPDATE sign_ins SET way = 'link'", "DELETE FROM sign_ins"])
async def test_the_log_can_only_grow(world: World, deed: str) -> None:
    await comes_in(world, "sary-head")
    with pytest.raises(DBAPIError, match="kept as"):
        async with world.sessions.begin() as session:
            await session.exec(sql(deed))  # type: ignore[call-overload]


async def test_the_accounts_page_says_who_came_in_and_how(
    desk: Desk, seeded_database: SeededDatabase
) -> None:
    await desk.browser.post(await desk.link_of(HEAD))
    desk.browser.cookies.clear()
    await signed_in(desk.browser, seeded_database, "sary-head")
    desk.browser.cookies.clear()
    await signed_in(desk.browser, seeded_database, "uo-admin")
    for language, mailed, token in (
        ("kk", "поштадағы сілтемемен", "токенмен"),
        ("ru", "по ссылке из письма", "по токену"),
        ("en", "by a mailed link", "with a token"),
    ):
        page = await desk.browser.get(f"/staff/accounts/a-sary-head?lang={language}")
        assert (page.status_code, flaws(page)) == (200, [])
        said = words(page)
        assert said.index(token) < said.index(mailed), "the newest first"
        assert HEAD in said
    never = await desk.browser.get("/staff/accounts/a-koko-head?lang=en")
    assert "Nobody has signed in by this account yet." in words(never)
    assert (await desk.browser.get("/staff/accounts/a-nobody")).status_code == 404


async def test_a_changed_address_is_entered_by_and_ends_what_the_former_one_opened(
    desk: Desk, seeded_database: SeededDatabase
) -> None:
    """On the administrator's own page; a sign-in with a token stays."""
    await desk.browser.post(await desk.link_of(HEAD))
    by_link = dict(desk.browser.cookies)
    former = await desk.link_of(HEAD)
    desk.browser.cookies.clear()
    await signed_in(desk.browser, seeded_database, "sary-head")
    by_token = dict(desk.browser.cookies)
    desk.browser.cookies.clear()
    await signed_in(desk.browser, seeded_database, "uo-admin")
    changed = {**PERSON, "email": "new@example.kz"}
    await records(desk.browser, "/staff/registries/people/p-sary-head/change", changed)
    await desk.sends()
    notice = desk.office.received[-1]
    assert (notice["to"], notice["subject"]) == (HEAD, "Кіру мекенжайы өзгертілді")
    assert "new@example.kz" not in part(notice, "text/plain") + part(notice, "text/html")
    assert "/sign-in/link/" not in part(notice, "text/plain") + part(notice, "text/html")
    for kept, status in ((by_link, 303), (by_token, 200)):
        desk.browser.cookies.clear()
        desk.browser.cookies.update(kept)
        assert (await desk.browser.get("/staff")).status_code == status
    desk.browser.cookies.clear()
    assert (await desk.browser.post(former)).status_code == 410
    assert (await desk.browser.post(await desk.link_of("NEW@example.kz"))).status_code == 303


async def test_the_accounts_page_warns_of_an_address_of_several_and_of_none(
    desk: Desk, seeded_database: SeededDatabase
) -> None:
    await signed_in(desk.browser, seeded_database, "uo-admin")
    await desk.changes("UPDATE people SET email = 'P08@example.kz' WHERE id = 'p-koko-head'")
    shared = await desk.browser.get("/staff/accounts/a-sary-head?lang=en")
    assert "Other people have this address too" in words(shared)
    await desk.changes("UPDATE people SET email = '' WHERE id = 'p-koko-head'")
    without = await desk.browser.get("/staff/accounts/a-koko-head?lang=en")
    assert "No letter can be sent to this address" in words(without)

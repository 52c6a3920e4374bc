"""Signing in by a provider: code with PKCE, state, nonce; whatever is wrong with its word opens nothing."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import Response
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from activities.sign_in import provider as providing
from activities.sign_in.provider import REFETCH_SECONDS, Provider
from api.pages.sign_in.form import SignInFault
from models.settings.provider import ProviderSettings
from models.vocabulary.procedure import Language, Role
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW
from tests.sign_in.conftest import Desk
from tests.sign_in.issuer import BACK, CLIENT, SECRET, Issuer, Json, issuing, secret_as_key
from tests.sign_in.test_by_link import says

PERSON: Final[Json] = {
    "sub": "u-08",
    "email": "P08@example.kz",
    "email_verified": True,
    "groups": ["CN=heads,OU=staff"],
}
COOKIE = "__Host-session="
VISIT = "__Host-visit"


class Clock:
    """The provider's answers grow old by it."""

    seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class Ways:
    """Somebody's browser, between this site and the provider."""

    def __init__(self, desk: Desk, issuer: Issuer, clock: Clock) -> None:
        self.desk, self.issuer, self.clock = desk, issuer, clock

    async def goes(self, way: str = "/staff/duties") -> str:
        """To the provider, and to the door on the way back: the address it sends the browser to."""
        there = await self.desk.browser.get("/sign-in/provider", params={"next": way, "lang": "kk"})
        assert there.status_code == 303, words(there)
        async with httpx.AsyncClient() as outside:
            back = (await outside.get(there.headers["location"])).headers["location"]
        assert back.startswith(f"{BACK}?")
        return str(back)

    async def returns(self, way: str = "/staff/duties") -> Response:
        return await self.desk.browser.get(await self.goes(way))

    async def is_refused(self, fault: SignInFault, status: int, meaning: str = "") -> None:
        page = await self.returns()
        assert page.status_code == status, f"{meaning}: {words(page)}"
        says(page, fault)
        assert await self.desk.sign_ins() == []


@pytest_asyncio.fixture
async def ways(desk: Desk, app: FastAPI) -> AsyncIterator[Ways]:
    async with issuing(NOW, dict(PERSON)) as issuer:
        given = ProviderSettings(
            issuer=issuer.address,
            client_id=CLIENT,
            secret=SecretStr(SECRET),
            name="Үлгі кіру қызметі",
            roles=(("CN=heads,OU=staff", Role.HEAD),),
        )
        clock = Clock()
        provider = Provider(given, BACK, clock=clock)
        app.state.services = replace(app.state.services, provider=provider)
        yield Ways(desk, issuer, clock)
        await provider.close()


async def test_the_providers_word_opens_the_account_at_that_address(ways: Ways) -> None:
    form = await ways.desk.browser.get("/sign-in?next=/staff/duties&lang=kk")
    assert "Үлгі кіру қызметі" in words(form)
    assert flaws(form) == []
    offered = soup(form).select_one("a.button")
    assert offered is not None
    assert urlsplit(str(offered["href"])).path == "/sign-in/provider"
    back = await ways.returns()
    assert back.status_code == 303, words(back)
    assert COOKIE not in back.headers["set-cookie"], "who comes from another site is signed in by a press"
    link = back.headers["location"]
    shown = await ways.desk.browser.get(link)
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert "Үлгі Сегізінші" in words(shown)
    entered = await ways.desk.browser.post(link)
    assert (entered.status_code, urlsplit(entered.headers["location"]).path) == (303, "/staff/duties")
    assert [(each.account, each.way, each.subject) for each in await ways.desk.sign_ins()] == [
        ("a-sary-head", "provider", "u-08")
    ]


async def test_what_goes_along_with_the_browser_is_no_secret(ways: Ways) -> None:
    there = await ways.desk.browser.get("/sign-in/provider")
    sent = parse_qs(urlsplit(there.headers["location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    kept = there.headers["set-cookie"]
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(kept.split("; "))
    inside = kept.partition("=")[2].partition(";")[0]
    assert len(inside) >= 43
    assert all(inside not in value for values in sent.values() for value in values)
    assert len({*sent["state"], *sent["nonce"], *sent["code_challenge"]}) == 3


SECONDS: Final = int(NOW.timestamp())


SOMETHING_ELSE: Final[dict[str, Json]] = {
    "another issuer": {"iss": "https://other.example.kz"},
    "no issuer": {"iss": None},
    "for another client": {"aud": "other"},
    "for nobody": {"aud": []},
    "no audience": {"aud": None},
    "for several, and not said for whom": {"aud": [CLIENT, "other"]},
    "given to another": {"aud": [CLIENT, "other"], "azp": "other"},
    "given to another alone": {"azp": "other"},
    "expired": {"exp": SECONDS - 61},
    "without an end": {"exp": None},
    "an end that is no time": {"exp": "tomorrow"},
    "not yet": {"nbf": SECONDS + 61},
    "from the future": {"iat": SECONDS + 61},
    "another's nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "nobody": {"sub": None},
    "an empty subject": {"sub": ""},
    "an endless subject": {"sub": "x" * 256},
}


async def test_a_token_that_says_something_else_is_not_believed(ways: Ways) -> None:
    for meaning, claims in SOMETHING_ELSE.items():
        ways.issuer.claims = claims
        await ways.is_refused(SignInFault.PROVIDER_REFUSED, 403, meaning)


async def test_clocks_may_differ_by_a_minute_and_a_token_may_be_for_several(ways: Ways) -> None:
    for claims in (
        {"exp": SECONDS - 59},
        {"nbf": SECONDS + 59},
        {"iat": SECONDS + 59},
        {"aud": [CLIENT]},
        {"aud": [CLIENT, "other"], "azp": CLIENT},
    ):
        ways.issuer.claims = dict(claims)
        assert (await ways.returns()).status_code == 303, claims


async def test_a_token_nobody_signed_is_not_believed(ways: Ways) -> None:
    ways.issuer.unsigned = True
    await ways.is_refused(SignInFault.PROVIDER_REFUSED, 403)


async def test_a_token_signed_with_a_secret_is_not_believed(ways: Ways) -> None:
    ways.issuer.alg, ways.issuer.signer = "HS256", secret_as_key()
    await ways.is_refused(SignInFault.PROVIDER_REFUSED, 403)


async def test_a_token_by_a_strangers_key_is_not_believed(ways: Ways) -> None:
    """Under the id of a known one, under one of its own, under one that is published and torn, under none."""
    stranger = RSAKey.generate_key(2048, {"kid": "k1"})
    for kid in ("k1", "k9", "torn", None):
        ways.issuer.signer, ways.issuer.header = stranger, {"kid": kid}
        await ways.is_refused(SignInFault.PROVIDER_REFUSED, 403)


async def test_a_key_that_is_published_to_encrypt_signs_nothing(ways: Ways) -> None:
    ways.issuer.signer = ways.issuer.keys[0]
    ways.issuer.keys = [RSAKey.import_key(ways.issuer.signer.as_dict(private=True) | {"use": "enc"})]
    await ways.is_refused(SignInFault.PROVIDER_REFUSED, 403)


async def test_a_token_that_names_no_key_is_by_the_only_one(ways: Ways) -> None:
    ways.issuer.header = {"kid": None}
    assert (await ways.returns()).status_code == 303


async def test_keys_that_were_changed_are_fetched_anew_and_not_too_often(ways: Ways) -> None:
    assert (await ways.returns()).status_code == 303
    assert ways.issuer.fetched["keys"] == 1
    ways.issuer.rotates()
    assert (await ways.returns()).status_code == 403, "fetched just now: it is not asked at every token"
    assert ways.issuer.fetched["keys"] == 1
    ways.clock.seconds += REFETCH_SECONDS
    assert (await ways.returns()).status_code == 303
    assert ways.issuer.fetched["keys"] == 2
    ways.issuer.header = {"kid": "k-unknown"}
    for _ in range(5):
        assert (await ways.returns()).status_code == 403
    assert ways.issuer.fetched["keys"] == 2, "whoever makes up ids has it asked no more often"
    assert ways.issuer.fetched["description"] == 1


async def test_a_state_comes_back_once(ways: Ways) -> None:
    address = await ways.goes()
    cookie = ways.desk.browser.cookies.get(VISIT)
    assert (await ways.desk.browser.get(address)).status_code == 303
    ways.desk.browser.cookies.set(VISIT, cookie or "", domain="monitoring.example.kz")
    again = await ways.desk.browser.get(address)
    assert again.status_code == 400
    says(again, SignInFault.PROVIDER_NOT_BEGUN)


async def test_another_browser_cannot_bring_an_answer(ways: Ways) -> None:
    """Nor can the answer of one visit be brought with the cookie of another."""
    address = await ways.goes()
    await ways.goes()
    assert (await ways.desk.browser.get(address)).status_code == 400
    address = await ways.goes()
    ways.desk.browser.cookies.clear()
    stranger = await ways.desk.browser.get(address)
    assert stranger.status_code == 400
    says(stranger, SignInFault.PROVIDER_NOT_BEGUN)
    assert ways.issuer.fetched.get("token", 0) == 0, "the provider is not even asked"


async def test_whoever_comes_back_without_having_gone_is_told_so(ways: Ways) -> None:
    await ways.goes()
    for query in ("", "state=x", "code=x", "state=%00&code=x", "state=Á&code=Á"):
        page = await ways.desk.browser.get(f"/sign-in/provider/back?{query}")
        assert page.status_code == 400, query
        says(page, SignInFault.PROVIDER_NOT_BEGUN)


async def test_whoever_takes_too_long_begins_again(ways: Ways) -> None:
    address = await ways.goes()
    ways.desk.waits(minutes=10)
    assert (await ways.desk.browser.get(address)).status_code == 400


async def test_the_answer_of_another_provider_is_not_taken_for_its(ways: Ways) -> None:
    """RFC 9207: the mix-up of two providers."""
    address = await ways.goes()
    other = address.replace(urlencode({"iss": ways.issuer.address}), "iss=https%3A%2F%2Fother.example.kz")
    assert other != address
    page = await ways.desk.browser.get(other)
    assert page.status_code == 403
    says(page, SignInFault.PROVIDER_REFUSED)
    assert ways.issuer.fetched.get("token", 0) == 0


async def test_a_code_that_was_used_is_not_taken(ways: Ways) -> None:
    address = await ways.goes()
    ways.issuer.given.clear()
    page = await ways.desk.browser.get(address)
    assert page.status_code == 403
    says(page, SignInFault.PROVIDER_REFUSED)


async def test_whoever_declines_there_is_told_so(ways: Ways) -> None:
    ways.issuer.refuses = "access_denied"
    await ways.is_refused(SignInFault.PROVIDER_DENIED, 403)


async def test_an_address_that_is_not_verified_finds_no_account(ways: Ways) -> None:
    ways.issuer.description = {"userinfo_endpoint": None}
    for claims in ({"email_verified": False}, {"email_verified": "true"}, {"email": None}):
        ways.issuer.claims = dict(claims)
        await ways.is_refused(SignInFault.PROVIDER_UNVERIFIED, 403, str(claims))


async def test_the_provider_gives_nobody_an_account_and_nobody_a_role(ways: Ways) -> None:
    ways.issuer.description = {"userinfo_endpoint": None}
    ways.issuer.claims = {"email": "nobody@example.kz"}
    await ways.is_refused(SignInFault.PROVIDER_NOBODY, 403)
    for groups in ([], ["CN=admins"], "CN=admins", [1], None):
        ways.issuer.claims = {"groups": groups}
        await ways.is_refused(SignInFault.PROVIDER_NOBODY, 403)
    ways.issuer.claims = {"email": "p09@example.kz"}  # an analyst, in the group of heads
    await ways.is_refused(SignInFault.PROVIDER_NOBODY, 403)


async def test_an_account_that_has_ended_is_opened_by_no_provider(ways: Ways) -> None:
    await ways.desk.changes("UPDATE accounts SET active = false WHERE id = 'a-sary-head'")
    await ways.is_refused(SignInFault.PROVIDER_NOBODY, 403)


async def test_what_the_token_does_not_say_is_asked_about_its_subject(ways: Ways) -> None:
    ways.issuer.email_at = "userinfo"
    assert (await ways.returns()).status_code == 303
    ways.issuer.claims = {"userinfo_sub": "u-09"}
    await ways.is_refused(SignInFault.PROVIDER_REFUSED, 403)


async def test_a_provider_that_is_away_is_told_and_the_other_ways_stay(
    ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providing, "ANSWER_SECONDS", 0.2)
    ways.issuer.stalled = True
    for language in Language:
        page = await ways.desk.browser.get(f"/sign-in/provider?lang={language.value}")
        assert (page.status_code, page.headers["retry-after"]) == (503, "60")
        says(page, SignInFault.PROVIDER_AWAY, language)
        assert soup(page).find("input", {"name": "token"}) is not None
    ways.issuer.stalled = False
    monkeypatch.undo()
    address = await ways.goes()
    monkeypatch.setattr(providing, "ANSWER_SECONDS", 0.2)
    ways.issuer.stalled = True
    late = await ways.desk.browser.get(address)
    assert late.status_code == 503


async def test_a_description_that_cannot_be_trusted_is_not(ways: Ways) -> None:
    for description in (
        {"issuer": "https://other.example.kz"},
        {"token_endpoint": "http://sso.example.kz/token"},
        {"jwks_uri": None},
        {"token_endpoint": 7},
    ):
        ways.issuer.description = dict(description)
        page = await ways.desk.browser.get("/sign-in/provider")
        assert page.status_code == 503, description
        says(page, SignInFault.PROVIDER_AWAY)


async def test_nothing_of_it_stands_in_the_log(ways: Ways, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="activities"), caplog.at_level(logging.INFO, logger="api"):
        ways.issuer.claims = {"nonce": "another"}
        await ways.returns()
    told = [record.getMessage() for record in caplog.records if record.name.startswith(("api", "activities"))]
    assert told == ["the provider's word was not believed: nonce"]


async def test_without_a_provider_there_is_no_such_way(desk: Desk) -> None:
    form = await desk.browser.get("/sign-in")
    assert "/sign-in/provider" not in form.text
    for address in ("/sign-in/provider", "/sign-in/provider/back?code=x&state=y"):
        assert (await desk.browser.get(address)).status_code == 404

"""Tokens of an account: issued and withdrawn by an administrator, shown once; seen by their holder."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlmodel import col, delete, select

from api.access.tokens import token_sha256
from api.http.deps import present
from models.tables.accounts import AccountRow
from models.tables.commands import CommandRow
from models.tables.tokens import TokenRow
from models.vocabulary.procedure import Language
from models.vocabulary.scopes import Scope
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_desk import UNSAID

ACCOUNT = "a-sary-analyst"
AT, OWN = f"/staff/accounts/{ACCOUNT}/tokens", "/staff/tokens"
LABEL = "Үлгі бағдарлама"


def sends(page: Response, form: str) -> dict[str, str]:
    """The hidden fields of a form, by the end of its address."""
    found = next(each for each in soup(page).select("main form") if f"{form}?" in str(each["action"]))
    return {str(each["name"]): str(each["value"]) for each in found.select("input[type=hidden]")}


async def issues(browser: AsyncClient, language: str = "kk", days: str = "90") -> Response:
    page = await browser.get(f"{AT}?lang={language}")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    typed = {**sends(page, "/tokens"), "label": LABEL, "days": days, "scopes": list(Scope)}
    return await browser.post(f"{AT}?lang={language}", data=typed)


@pytest.mark.parametrize("language", Language)
async def test_a_token_is_shown_once_used_and_withdrawn(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    page = await browser.get(f"{AT}?lang={language.value}")
    faulty = await browser.post(f"{AT}?lang={language.value}", data=sends(page, "/tokens"))
    assert (faulty.status_code, flaws(faulty)) == (422, []), words(faulty)
    typed = {**sends(page, "/tokens"), "label": LABEL, "days": "90", "scopes": list(Scope)}
    first = await browser.post(f"{AT}?lang={language.value}", data=typed)
    assert (first.status_code, flaws(first)) == (200, []), words(first)
    assert first.headers["cache-control"] == "no-store"
    shown = soup(first).select_one("input#secret")
    assert shown is not None
    second = await browser.post(f"{AT}?lang={language.value}", data=typed)
    assert (second.status_code, flaws(second)) == (200, [])
    assert soup(second).select_one("input#secret") is None
    secret = str(shown["value"])
    assert secret not in (await browser.get(AT)).text
    async with story.sessions() as session:
        (row,) = await session.exec(select(TokenRow).where(TokenRow.label == LABEL))
        (told,) = await session.exec(select(CommandRow).where(CommandRow.name == "issue_token"))
    assert (row.sha256, row.issued_by, row.last_used_on) == (token_sha256(secret), "a-uo-admin", None)
    assert secret not in str(told.answer)
    await browser.post("/sign-in", data={"token": secret})
    own = await browser.get(f"{OWN}?lang={language.value}")
    assert (own.status_code, flaws(own)) == (200, [])
    assert not UNSAID.search(words(own)), words(own)
    assert LABEL in words(own)
    assert not soup(own).select("main form"), "its holder reads"
    async with story.sessions() as session:
        (row,) = await session.exec(select(TokenRow).where(TokenRow.label == LABEL))
    assert row.last_used_on == NOW.date()
    await signed_in(browser, seeded_database, "uo-admin")
    page = await browser.get(f"{AT}?lang={language.value}")
    assert not UNSAID.search(words(page)), words(page)
    withdrawal = {**sends(page, "/withdrawal"), "token": row.id}
    for _ in range(2):
        gone = await browser.post(f"{AT}/withdrawal?lang={language.value}", data=withdrawal)
        assert (gone.status_code, flaws(gone)) == (200, []), words(gone)
    browser.cookies.clear()
    assert (await browser.post("/sign-in", data={"token": secret})).status_code != 303
    await signed_in(browser, seeded_database, "uo-admin")
    elsewhere = {**withdrawal, "token": "nothing"}
    assert (await browser.post(f"{AT}/withdrawal", data=elsewhere)).status_code == 404


async def test_an_expiry_is_warned_of_before_it_comes(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    assert (await issues(browser, "en", "30")).status_code == 200
    app.dependency_overrides[present] = lambda: NOW + timedelta(days=20)
    await signed_in(browser, seeded_database, "uo-admin")
    accounts = await browser.get("/staff/accounts?lang=en")
    assert f"{_held(accounts)}".endswith("expires soon: 1")
    assert "1 API token expires" in words(await browser.get(f"/staff/accounts/{ACCOUNT}?lang=en"))
    await signed_in(browser, seeded_database, "sary-analyst")
    home = await browser.get("/staff?lang=en")
    assert (home.status_code, flaws(home)) == (200, [])
    assert "1 API token expires" in words(home)


async def test_nobody_else_issues_any_and_a_closed_account_gets_none(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    assert (await browser.get(AT)).status_code == 403
    assert (
        await browser.post(AT, data={"label": LABEL, "days": "90", "scopes": list(Scope)})
    ).status_code == 403
    await signed_in(browser, seeded_database, "uo-admin")
    page = await browser.get(f"{AT}?lang=en")
    async with story.sessions.begin() as session:
        row = await session.get_one(AccountRow, ACCOUNT)
        row.active = False
        session.add(row)
    typed = {**sends(page, "/tokens"), "label": LABEL, "days": "90", "scopes": list(Scope)}
    refused = await browser.post(f"{AT}?lang=en", data=typed)
    assert (refused.status_code, flaws(refused)) == (422, []), words(refused)
    assert "no token is issued" in words(refused)
    assert soup(await browser.get(f"{AT}?lang=en")).select("form#form") == []
    assert (await browser.get("/staff/accounts/nobody/tokens")).status_code == 404


async def test_a_token_is_issued_for_less_than_everything(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    page = await browser.get(AT)
    boxes = soup(page).select("input[name=scopes]")
    assert [each["value"] for each in boxes if each.has_attr("checked")] == list(Scope)
    typed = {**sends(page, "/tokens"), "label": LABEL, "days": "30"}
    none = await browser.post(AT, data=typed)
    assert (none.status_code, none.text.count('id="scopes-message"')) == (422, 1)
    await browser.post(AT, data={**typed, "scopes": [Scope.READ, "anything"]})
    async with story.sessions() as session:
        (row,) = await session.exec(select(TokenRow).where(TokenRow.label == LABEL))
    assert row.scopes == [Scope.READ]


def _held(accounts: Response, account: str = ACCOUNT) -> str:
    """What the table of accounts says of the tokens of one."""
    row = next(
        each
        for each in soup(accounts).select("tbody tr")
        if each.select_one(f'a[href^="/staff/accounts/{account}?"]')
    )
    return row.select("td")[-1].get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        (Language.KK, "1 жарамды", "2 жарамды"),
        (Language.RU, "1 действующий", "2 действующих"),
        (Language.EN, "1 valid", "2 valid"),
    ],
)
async def test_the_table_of_accounts_counts_the_tokens_in_force(
    story: Story,
    app: FastAPI,
    browser: AsyncClient,
    seeded_database: SeededDatabase,
    language: Language,
    one: str,
    two: str,
) -> None:
    async with story.sessions.begin() as session:
        await session.exec(delete(TokenRow).where(col(TokenRow.account) == ACCOUNT))
    await signed_in(browser, seeded_database, "uo-admin")
    assert _held(await browser.get(f"/staff/accounts?lang={language.value}")) == "—"
    for count in (one, two):
        assert (await issues(browser, language.value, "90")).status_code == 200
        accounts = await browser.get(f"/staff/accounts?lang={language.value}")
        assert (accounts.status_code, flaws(accounts)) == (200, [])
        assert _held(accounts) == count
    async with story.sessions.begin() as session:
        row = (await session.exec(select(TokenRow).where(TokenRow.account == ACCOUNT))).first()
        assert row is not None
        row.revoked_at = NOW
        session.add(row)
    assert _held(await browser.get(f"/staff/accounts?lang={language.value}")) == one
    app.dependency_overrides[present] = lambda: NOW + timedelta(days=100)
    await signed_in(browser, seeded_database, "uo-admin")
    assert _held(await browser.get(f"/staff/accounts?lang={language.value}")) == "—"

"""Signing in by a link that is mailed: asked for by anybody, sent to people with an account, pressed once."""

import re

import pytest
from httpx import Response
from sqlmodel import select

from api.pages.sign_in.form import SignInFault
from locales.catalogue import has_text, text
from models.tables.sign_ins import SignInLinkRow
from models.vocabulary.procedure import Language
from tests.counting import statements_of
from tests.letters.post_office import part
from tests.pages.reading import flaws, soup, words
from tests.sign_in.conftest import Desk

HEAD, ADMIN = "p08@example.kz", "p06@example.kz"
COOKIE = "__Host-session="


def says(page: Response, fault: SignInFault, language: Language = Language.KK) -> None:
    """It says so, stands without a flaw, and offers a new link."""
    assert text(language, f"page.sign_in.fault.{fault.value}", minutes=15) in words(page)
    assert flaws(page) == []
    assert soup(page).find("input", {"name": "address"}) is not None
    assert COOKIE not in page.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    ("address", "language", "subject"),
    [
        (HEAD, Language.KK, "Жүйеге кіру сілтемесі"),
        ("p10@example.kz", Language.RU, "Ссылка для входа в систему"),
        (ADMIN, Language.EN, "Your sign-in link"),
    ],
)
async def test_a_letter_comes_in_the_persons_language_and_its_button_signs_in_once(
    desk: Desk, address: str, language: Language, subject: str
) -> None:
    link = await desk.link_of(address, "/staff/duties")
    (letter,) = desk.office.received
    assert (letter["subject"], letter["auto-submitted"], letter["to"]) == (subject, "auto-generated", address)
    assert letter["content-language"] == language.value
    assert link in part(letter, "text/html")
    assert re.fullmatch(r"<sign-in\.[0-9a-f]{32}@example\.kz>", letter["message-id"])
    shown = await desk.browser.get(link)
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert shown.headers["content-language"] == language.value
    assert shown.headers["referrer-policy"] == "no-referrer"
    entered = await desk.browser.post(link)
    assert (entered.status_code, entered.headers["location"]) == (303, f"/staff/duties?lang={language.value}")
    assert COOKIE in entered.headers["set-cookie"]
    home = await desk.browser.get("/staff")
    assert home.status_code == 200
    assert [(each.way, each.token) for each in await desk.sign_ins()] == [("link", None)]


@pytest.mark.parametrize("language", Language)
async def test_whoever_asks_is_answered_the_same_after_the_same_work(desk: Desk, language: Language) -> None:
    """No enumeration: neither words nor statements tell whether an address is anybody's."""
    told: list[tuple[object, ...]] = []
    for address in (HEAD, "nobody@example.kz"):
        with statements_of(desk.story.sessions) as done:
            answer = await desk.asks(address, language=language.value)
        after = await desk.browser.get(answer.headers["location"])
        shapes = [re.sub(r"\s+", " ", each) for each in done.sent]
        told.append((answer.status_code, answer.headers["location"], after.text, shapes))
        assert flaws(after) == []
        assert address not in after.text
    assert told[0] == told[1]
    await desk.sends()
    assert [letter["to"] for letter in desk.office.received] == [HEAD]
    assert {(row.outcome, row.address) for row in await desk.letters()} == {("sent", ""), ("nobody", "")}


async def test_programs_that_look_through_mail_do_not_use_a_link_up(desk: Desk) -> None:
    link = await desk.link_of(HEAD)
    for _ in range(3):
        assert (await desk.browser.head(link)).status_code == 200
        assert (await desk.browser.get(link)).status_code == 200
    assert await desk.sign_ins() == []
    assert (await desk.browser.post(link)).status_code == 303


async def test_a_link_works_once_and_says_so(desk: Desk) -> None:
    link = await desk.link_of(HEAD)
    assert (await desk.browser.post(link)).status_code == 303
    for back in (await desk.browser.get(link), await desk.browser.post(link)):
        assert (back.status_code, back.headers["location"].partition("?")[0]) == (303, "/staff")
    desk.browser.cookies.clear()
    for again in (await desk.browser.get(link), await desk.browser.post(link)):
        assert again.status_code == 410
        says(again, SignInFault.LINK_USED)
    assert len(await desk.sign_ins()) == 1


async def test_a_link_works_for_a_quarter_of_an_hour(desk: Desk) -> None:
    link = await desk.link_of(HEAD)
    desk.waits(minutes=14, seconds=59)
    assert (await desk.browser.get(link)).status_code == 200
    desk.waits(seconds=1)
    for late in (await desk.browser.get(link), await desk.browser.post(link)):
        assert late.status_code == 410
        says(late, SignInFault.LINK_EXPIRED)
    assert await desk.sign_ins() == []


async def test_a_link_that_was_never_given_out_opens_nothing(desk: Desk) -> None:
    await desk.link_of(HEAD)
    for forged in ("x", "Á" * 50, "a" * 43, "%00"):
        address = f"/sign-in/link/{forged}"
        for page in (await desk.browser.get(address), await desk.browser.post(address)):
            assert page.status_code == 404, forged
            assert COOKIE not in page.headers.get("set-cookie", "")
    assert await desk.sign_ins() == []


@pytest.mark.parametrize(
    "ending",
    [
        "UPDATE accounts SET active = false WHERE id = 'a-sary-head'",
        "UPDATE people SET email = 'other@example.kz' WHERE id = 'p-sary-head'",
        "UPDATE organisation_versions SET valid_until = '2026-09-03' WHERE organisation = 'td-sary'",
    ],
)
async def test_an_account_that_is_not_in_force_that_day_is_opened_by_no_link(desk: Desk, ending: str) -> None:
    """Given out before it ended, or asked for afterwards."""
    link = await desk.link_of(HEAD)
    await desk.changes(ending)
    for page in (await desk.browser.get(link), await desk.browser.post(link)):
        assert page.status_code == 410
        says(page, SignInFault.LINK_ENDED)
    assert (await desk.asks(HEAD)).status_code == 303
    await desk.sends()
    assert len(desk.office.received) == 1, "nothing more was sent"


async def test_of_several_accounts_one_is_chosen_after_the_link(desk: Desk) -> None:
    await desk.changes(
        "UPDATE people SET email = 'P08@Example.kz' WHERE id IN ('p-sary-head', 'p-sary-analyst')"
    )
    link = await desk.link_of(HEAD)
    assert len(desk.office.received) == 1, "one mailbox, one letter"
    shown = await desk.browser.get(link)
    offered = [str(each["value"]) for each in soup(shown).find_all("input", {"type": "radio"})]
    assert offered == ["a-sary-analyst", "a-sary-head"]
    assert flaws(shown) == []
    for chosen in ({}, {"account": "a-uo-admin"}):
        unanswered = await desk.browser.post(link, data=chosen)
        assert (unanswered.status_code, flaws(unanswered)) == (422, [])
    assert (await desk.browser.post(link, data={"account": "a-sary-head"})).status_code == 303
    assert [each.account for each in await desk.sign_ins()] == ["a-sary-head"]


async def test_what_is_no_address_is_said_beside_what_was_typed(desk: Desk) -> None:
    says(await desk.asks(""), SignInFault.ADDRESS_MISSING)
    for typed in (
        "somebody",
        "a@b@c",
        "a\x00@example.kz",
        "x" * 3_000 + "@example.kz",
        '"><script>@example.kz',
        "a@example.kz\r\nBcc: b@example.kz",
    ):
        page = await desk.asks(typed)
        assert page.status_code == 422, typed
        says(page, SignInFault.ADDRESS_WRONG)
        assert "<script>" not in page.text
    assert await desk.letters() == []


async def test_a_mailbox_is_not_filled(desk: Desk) -> None:
    """Whose ever the address is: the fifth is told to look into the mailbox."""
    for address in (HEAD, "nobody@example.kz"):
        for _ in range(4):
            assert (await desk.asks(address)).status_code == 303
        often = await desk.asks(address.upper())
        assert often.status_code == 429
        assert int(often.headers["retry-after"]) > 0
        says(often, SignInFault.ADDRESS_TOO_OFTEN)
    assert len(await desk.letters()) == 8


async def test_many_addresses_are_not_tried_from_one_network(desk: Desk) -> None:
    answers = [(await desk.asks(f"p{n}@example.kz")).status_code for n in range(100, 145)]
    assert answers == [303] * 40 + [429] * 5


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
async def test_no_other_site_asks_or_presses(desk: Desk, headers: dict[str, str]) -> None:
    link = await desk.link_of(HEAD)
    asked = await desk.browser.post("/sign-in/letter", data={"address": HEAD}, headers=headers)
    pressed = await desk.browser.post(link, headers=headers)
    assert (asked.status_code, pressed.status_code) == (403, 403)
    assert (await desk.browser.post(link)).status_code == 303, "it was not used up"


async def test_nothing_that_opens_anything_is_kept(desk: Desk) -> None:
    link = await desk.link_of(HEAD)
    secret = link.rpartition("/")[2].partition("?")[0]
    async with desk.story.sessions() as session:
        (row,) = await session.exec(select(SignInLinkRow))
    kept = str(row.model_dump()) + "".join(str(each.model_dump()) for each in await desk.letters())
    assert secret not in kept
    assert HEAD not in kept


async def test_a_session_by_link_ends_as_others_do(desk: Desk) -> None:
    async def opens() -> int:
        return (await desk.browser.get("/staff")).status_code

    await desk.browser.post(await desk.link_of(HEAD))
    assert await opens() == 200
    await desk.browser.post("/sign-out")
    assert await opens() == 303
    await desk.browser.post(await desk.link_of(HEAD))
    desk.waits(hours=8)
    assert await opens() == 303
    await desk.browser.post(await desk.link_of(HEAD))
    assert await opens() == 200
    await desk.changes("UPDATE accounts SET active = false WHERE id = 'a-sary-head'")
    assert await opens() == 303


def test_the_faults_have_words() -> None:
    assert [
        (language, fault)
        for language in Language
        for fault in SignInFault
        if not has_text(language, f"page.sign_in.fault.{fault.value}")
    ] == []

"""What a link opens in each state of its matter, in each language, and what GET and HEAD leave untouched."""

import logging

import itsdangerous.timed
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from models.commands import (
    BeginCorrection,
    CancelMonitoring,
    WithdrawFromCouncil,
    WithdrawInformationRequest,
    WithdrawMember,
)
from models.letters.links import Link
from models.report.notes import TextNote
from models.tables.links import MintedLinkRow
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import Language
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, NOW, QUESTION, Story

LONG_AGO = 1_600_000_000


async def told_until(story: Story, kind: LetterKind) -> str:
    """Tell the story until a letter of this kind exists; returns its link."""
    match kind:
        case LetterKind.INVITATION:
            await story.invites()
        case LetterKind.INFORMATION_REQUEST:
            await story.asks()
        case LetterKind.COUNCIL_ITEM:
            await story.approves()
            await story.goes_to_council()
        case _:
            await story.approves()
            await story.dispatches()
    return await story.link(kind)


KINDS = (
    LetterKind.INVITATION,
    LetterKind.INFORMATION_REQUEST,
    LetterKind.REPORT_FOR_CONSIDERATION,
    LetterKind.REPORT_FOR_CONSOLIDATION,
    LetterKind.COUNCIL_ITEM,
)


async def rows(story: Story) -> dict[str, int]:
    """How many rows every table has."""
    async with story.sessions() as session:
        counts = {}
        for table in SQLModel.metadata.sorted_tables:
            found = await session.connection()
            counted = await found.execute(sql(f"SELECT count(*) FROM {table.name}"))
            counts[table.name] = int(counted.scalar_one())
        return counts


@pytest.mark.parametrize("kind", KINDS)
async def test_every_page_speaks_every_language(story: Story, browser: AsyncClient, kind: LetterKind) -> None:
    link = await told_until(story, kind)
    seen = set()
    for language in Language:
        page = await browser.get(f"{link}?lang={language.value}")
        assert page.status_code == 200
        assert flaws(page) == []
        assert soup(page).html["lang"] == language.value  # type: ignore[index]
        assert story.number in words(page)
        seen.add(words(page))
    assert len(seen) == len(Language)


@pytest.mark.parametrize("kind", KINDS)
async def test_looking_changes_nothing(story: Story, browser: AsyncClient, kind: LetterKind) -> None:
    """Mail scanners open every link: neither GET nor HEAD may do anything."""
    link = await told_until(story, kind)
    before = await rows(story)
    for address in (link, f"{link}/done", f"{link}/form/more-time", f"{link}/form/withdrawal"):
        shown = await browser.get(address)
        head = await browser.head(address)
        assert head.status_code == shown.status_code
        assert head.content == b""
    for closed in ("receipt", "comments"):
        assert (await browser.get(f"{link}/{closed}")).status_code in {404, 405}
    assert await rows(story) == before


async def test_the_letters_own_language_comes_first(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    public, expert = (
        await story.link(LetterKind.INVITATION, "m1"),
        await story.link(LetterKind.INVITATION, "m2"),
    )
    assert (await browser.get(public)).headers["content-language"] == "kk"
    assert (await browser.get(expert)).headers["content-language"] == "ru"


async def test_the_top_says_for_whom_until_when_and_why(story: Story, browser: AsyncClient) -> None:
    await story.approves()
    await story.dispatches()
    said = words(
        await browser.get(await story.link(LetterKind.REPORT_FOR_CONSIDERATION), params={"lang": "ru"})
    )
    assert "«Поликлиника №2" in said
    assert "25 сентября 2026" in said
    assert "пятница" in said
    assert "UTC+5" in said
    assert "установлен законом:" not in said, "between bodies the Code's term is only asked for"


async def test_only_a_statutory_date_is_called_one_by_law(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    said = words(await browser.get(await story.link(LetterKind.INFORMATION_REQUEST), params={"lang": "ru"}))
    assert "законом он не установлен" in said
    assert "установлен законом:" not in said
    asked = words(await browser.get(await story.link(LetterKind.INFORMATION_REQUEST)))
    assert " ".join(QUESTION.split()) in asked


async def test_forged_links_all_get_the_same_answer(story: Story, browser: AsyncClient) -> None:
    link = await told_until(story, LetterKind.INVITATION)
    letter = await story.letter(LetterKind.INVITATION)
    for forged in (
        "/r/nonsense",
        link[:-3] + "abc",
        story.address_of(letter, Purpose.ANSWER_REPORT),
        story.address_of(letter.model_copy(update={"id": "L999-0"})),
        "/r/" + "x" * 5_000,
    ):
        page = await browser.get(forged)
        assert page.status_code == 404
        assert flaws(page) == []
        assert story.number not in page.text
        assert "example.kz" not in page.text.replace("monitoring.example.kz", "")


async def test_a_signature_alone_opens_nothing_where_links_have_keys(
    story: Story, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has LINK_SECRET and the whole database has only the hashes of keys."""
    as_before = await told_until(story, LetterKind.INVITATION)
    letter = await story.letter(LetterKind.INVITATION)
    assert (await browser.get(as_before)).status_code == 200, "a letter from before links had keys"
    async with story.sessions.begin() as session:
        mine = Link(number=story.number, letter=letter.id, purpose=Purpose.ANSWER_INVITATION, key="mine")
        row = MintedLinkRow(
            key_sha256=mine.key_sha256, number=story.number, letter=letter.id, attempt=1, at=NOW
        )
        session.add(row)
    assert (await browser.get(story.address_of(letter, key="mine"))).status_code == 200
    minted = [as_before, *(story.address_of(letter, key=key) for key in ("theirs", mine.key_sha256))]
    with monkeypatch.context() as then:
        then.setattr(itsdangerous.timed.TimestampSigner, "get_timestamp", lambda self: LONG_AGO)
        minted += [story.address_of(letter, key=key) for key in ("", "theirs")]
    for forged in minted:
        page = await browser.get(forged)
        posted = await browser.post(forged, data={"consent": "consent", "action": "send"})
        assert (page.status_code, posted.status_code) == (404, 404)
        assert story.number not in page.text
    assert story.clerk.obeyed == []


async def test_no_log_holds_a_link(
    story: Story, browser: AsyncClient, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    """Opened, answered, refused, and through a fault of ours."""
    caplog.set_level(logging.DEBUG)
    link = await told_until(story, LetterKind.INVITATION)
    await browser.get(link)
    await browser.post(link, data={"consent": "consent", "action": "send"})
    await browser.get(f"{link}/nothing")
    app.state.services = None
    assert (await browser.get(link)).status_code == 500
    clients = ("httpx", "httpcore")  # the test's own browser
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith(clients))
    assert link.removeprefix("/r/") not in ours


async def test_an_expired_link_says_so_and_whom_to_write_to(
    story: Story, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await story.invites()
    with monkeypatch.context() as then:
        then.setattr(itsdangerous.timed.TimestampSigner, "get_timestamp", lambda self: LONG_AGO)
        link = await story.link(LetterKind.INVITATION)
    page = await browser.get(link)
    assert page.status_code == 410
    assert "td-sary@example.kz" in page.text or "mailto:" in page.text
    posted = await browser.post(link, data={"consent": "consent", "action": "send"})
    assert posted.status_code == 410
    assert story.clerk.obeyed == []


async def test_a_replaced_report_names_the_newer_letter(story: Story, browser: AsyncClient) -> None:
    old = await told_until(story, LetterKind.REPORT_FOR_CONSIDERATION)
    await story.corrects()
    page = await browser.get(old, params={"lang": "en"})
    assert page.status_code == 410
    assert "replaced" in words(page)
    new = await browser.get(await story.link(LetterKind.REPORT_CORRECTED, CLINIC))
    assert new.status_code == 200
    assert flaws(new) == []


async def test_what_was_withdrawn_asks_nothing_more(story: Story, browser: AsyncClient) -> None:
    reason = await story.keeps(TextNote(text="Енді қажет емес"))
    await story.asks()
    await story.invites()
    request, invitation = (
        await story.link(LetterKind.INFORMATION_REQUEST),
        await story.link(LetterKind.INVITATION),
    )
    await story.does(WithdrawInformationRequest, request="r1", reason=reason)
    await story.does(WithdrawMember, member="m2", note=reason)
    for link in (request, invitation):
        page = await browser.get(link, params={"lang": "en"})
        assert page.status_code == 410
        assert "withdrawn" in words(page)


async def test_a_council_is_told_of_a_withdrawal(story: Story, browser: AsyncClient) -> None:
    link = await told_until(story, LetterKind.COUNCIL_ITEM)
    await story.does(WithdrawFromCouncil, item="k1", reason=await story.keeps(TextNote(text="Кейін")))
    assert (await browser.get(link)).status_code == 410


async def test_a_cancelled_monitoring_says_so_with_its_reason(story: Story, browser: AsyncClient) -> None:
    link = await told_until(story, LetterKind.INVITATION)
    await story.does(CancelMonitoring, reason=await story.keeps(TextNote(text="Объект таратылды")))
    page = await browser.get(link, params={"lang": "en"})
    assert page.status_code == 410
    assert "cancelled" in words(page)
    assert "Объект таратылды" in page.text


async def test_while_a_correction_is_under_way_the_sent_version_can_be_answered(
    story: Story, browser: AsyncClient
) -> None:
    link = await told_until(story, LetterKind.REPORT_FOR_CONSIDERATION)
    await story.does(BeginCorrection, reason=await story.keeps(TextNote(text="Қате табылды")))
    assert (await browser.get(link)).status_code == 200


async def test_headers_are_strict(story: Story, browser: AsyncClient) -> None:
    link = await told_until(story, LetterKind.INVITATION)
    for address in (link, "/r/nonsense", "/", "/check", "/public"):
        headers = (await browser.get(address)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["referrer-policy"] == "no-referrer"
        public = address in ("/", "/public")  # the same for everybody: kept, and asked for anew each time
        assert headers["cache-control"] == ("public, no-cache" if public else "no-store")
        assert ("noindex" in headers.get("x-robots-tag", "")) == address.startswith("/r/")
        page = soup(await browser.get(address))
        assert page.find_all(["script", "style", "iframe", "img"]) == []
        assert page.find_all(style=True) == []
        for element in page.find_all(["link", "a"], href=True):
            assert not str(element["href"]).startswith(("http:", "//")), element

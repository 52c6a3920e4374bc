"""Rule 12: a member reads the draft, comments on it, and may leave; nobody else sees it."""

from httpx import AsyncClient
from sqlmodel import select

from locales.catalogue import text
from models.commands import AnswerInvitation, BeginCorrection
from models.report.notes import TextNote
from models.tables.content import RevisionRow
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Consent, Language, Role
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story


async def member_link(story: Story) -> str:
    """Somebody was invited, consented, and got the confirmation with its link."""
    await story.invites()
    letter = await story.letter(LetterKind.INVITATION, "m1")
    await story.does(AnswerInvitation, Actor(role=Role.MEMBER, letter=letter.id), member="m1", consents=True)
    return await story.link(LetterKind.MEMBERSHIP_CONFIRMED, "m1")


async def comments(story: Story) -> list[RevisionRow]:
    async with story.sessions() as session:
        return list(await session.exec(select(RevisionRow).where(RevisionRow.part == "comment")))


async def test_a_member_reads_the_draft_in_three_languages(story: Story, browser: AsyncClient) -> None:
    link = await member_link(story)
    for language in Language:
        page = await browser.get(link, params={"lang": language.value})
        assert page.status_code == 200
        assert flaws(page) == []
        assert soup(page).select_one(".sheet") is not None


async def test_a_comment_is_kept_once_and_shown_as_text(story: Story, browser: AsyncClient) -> None:
    link = await member_link(story)
    for _ in range(2):
        sent = await browser.post(f"{link}/comments", data={"comment": "II бөлімде <b>дерек</b> жоқ"})
        assert sent.status_code == 303
    assert len(await comments(story)) == 1
    page = await browser.get(link)
    assert "II бөлімде <b>дерек</b> жоқ" in words(page)
    assert soup(page).select(".remark b") == []
    assert "Үлгі Он жетінші" in words(page)
    assert flaws(page) == []


async def test_an_empty_comment_is_asked_for_again(story: Story, browser: AsyncClient) -> None:
    link = await member_link(story)
    page = await browser.post(f"{link}/comments", data={"comment": "  "})
    assert page.status_code == 422
    assert soup(page).select_one('.errors a[href="#comment"]')
    assert flaws(page) == []
    assert await comments(story) == []


async def test_a_member_leaves_and_sees_nothing_more(story: Story, browser: AsyncClient) -> None:
    link = await member_link(story)
    leaving = f"{link}/form/withdrawal"
    check = await browser.post(leaving, data={"reason": "Мүдделер қақтығысы", "action": "check"})
    sent = await browser.post(leaving, data={**fields(check), "action": "send"})
    assert sent.status_code == 303
    assert "Мүдделер қақтығысы" in words(await browser.get(sent.headers["location"]))
    group = (await story.state()).working_group
    assert group is not None
    assert group.members["m1"].consent is Consent.WITHDRAWN
    for address in (link, f"{link}/comments"):
        page = await (
            browser.get(address) if address == link else browser.post(address, data={"comment": "?"})
        )
        assert page.status_code == 410
        assert soup(page).select_one(".sheet") is None


async def test_an_invitee_does_not_read_the_draft_yet(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    link = await story.link(LetterKind.INVITATION)
    assert soup(await browser.get(link)).select_one(".sheet") is None
    assert (await browser.post(f"{link}/comments", data={"comment": "?"})).status_code == 404


async def test_an_approved_report_is_not_called_a_draft(story: Story, browser: AsyncClient) -> None:
    link = await member_link(story)
    expert = await story.letter(LetterKind.INVITATION, "m2")
    await story.does(AnswerInvitation, Actor(role=Role.MEMBER, letter=expert.id), member="m2", consents=True)
    await story.approves()
    for language in Language:
        page = await browser.get(link, params={"lang": language.value})
        assert flaws(page) == []
        said = words(page)
        assert text(language, "page.member.approved_hint", version=1) in said
        assert text(language, "page.member.draft_hint") not in said
        sheet = soup(page).select_one(".sheet")
        assert sheet is not None
        assert ": 1 ·" in sheet.get_text(" ")
    await story.does(BeginCorrection, reason=await story.keeps(TextNote(text="Санда қате болды")))
    correcting = words(await browser.get(link, params={"lang": "en"}))
    assert text(Language.EN, "page.member.draft_hint") in correcting

"""A coordinator cancels a monitoring on a page: filled in, checked, sent once, and never lost."""

import pytest
from httpx import AsyncClient, Response
from sqlmodel import select

from api.commands.sending import Fate
from models.commands import CancelMonitoring
from models.tables.commands import CommandRow
from models.tables.content import NoteRow
from models.vocabulary.procedure import Language, Stage
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in

REASON = "Мониторинг объектісі таратылды.\nЖалғастыруға негіз жоқ."


def address(story: Story, *below: str) -> str:
    return "/".join((f"/staff/monitorings/{story.number}/cancellation", *below))


async def presses(browser: AsyncClient, page: Response, action: str, **changes: str) -> Response:
    """Press a button of a page's form, as the page holds it."""
    form = soup(page).find("form", id="form")
    assert form is not None, words(page)
    return await browser.post(str(form["action"]), data={**fields(page), **changes, "action": action})


async def cancelled(story: Story) -> list[CancelMonitoring]:
    return [command for command in story.clerk.obeyed if isinstance(command, CancelMonitoring)]


@pytest.mark.parametrize("language", Language)
async def test_a_reason_is_checked_sent_and_confirmed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{address(story)}?lang={language.value}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    assert story.number in words(form)
    assert story.scenario.title.best(language) in words(form)
    check = await presses(browser, form, "check", reason=REASON)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert "Жалғастыруға негіз жоқ." in words(check)
    assert await cancelled(story) == []
    sent = await presses(browser, check, "send")
    assert sent.status_code == 303, words(sent)
    done = await browser.get(sent.headers["location"])
    assert (done.status_code, flaws(done), done.headers["content-language"]) == (200, [], language.value)
    state = await story.state()
    assert state.stage is Stage.CANCELLED
    assert f"{story.number}/" in words(done)
    (command,) = await cancelled(story)
    assert command.actor.account == "a-sary-analyst"
    async with story.sessions() as session:
        note = await session.get(NoteRow, command.reason)
        row = (await session.exec(select(CommandRow).where(CommandRow.id == command.id))).one()
    assert note is not None
    assert "таратылды" in note.body
    assert (row.number, row.outcome) == (story.number, "done")


async def test_pressed_again_it_is_the_same_answer_and_happens_once(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    check = await presses(browser, await browser.get(address(story)), "check", reason=REASON)
    first = await presses(browser, check, "send")
    second = await presses(browser, check, "send")
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert len(await cancelled(story)) == 1
    other = await presses(browser, check, "send", reason="Басқа себеп.")
    assert (other.status_code, flaws(other)) == (409, [])
    assert fields(other)["reason"] == ["Басқа себеп."]
    assert len(await cancelled(story)) == 1


async def test_the_command_that_is_checked_is_the_one_that_is_sent(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Its id follows from the form's key, on the check page as in the sending."""
    await signed_in(browser, seeded_database, "sary-analyst")
    check = await presses(browser, await browser.get(address(story)), "check", reason=REASON)
    story.clerk.fates.append(Fate.UNKNOWN)
    unrecorded = await presses(browser, check, "send")
    assert (unrecorded.status_code, flaws(unrecorded)) == (503, [])
    assert unrecorded.headers["retry-after"]
    assert fields(unrecorded)["reason"] == fields(check)["reason"]
    sent = await presses(browser, unrecorded, "send")
    (command,) = await cancelled(story)
    assert f"of={command.id}" in sent.headers["location"]
    async with story.sessions() as session:
        rows = (await session.exec(select(CommandRow).where(CommandRow.name == "cancel_monitoring"))).all()
    assert [row.id for row in rows] == [command.id]


@pytest.mark.parametrize("reason", ["", "  \n", "\u00ad \u2060"])
async def test_without_a_reason_the_field_says_so(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, reason: str
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await presses(browser, await browser.get(f"{address(story)}?lang=ru"), "check", reason=reason)
    assert (page.status_code, flaws(page)) == (422, [])
    assert "Напишите причину прекращения" in words(page)
    assert soup(page).select_one("#reason-message") is not None


@pytest.mark.parametrize("language", Language)
async def test_after_the_approval_the_rule_says_why_not(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    open_before = await browser.get(f"{address(story)}?lang={language.value}")
    await story.approves()
    said = {
        Language.KK: "мониторингті тоқтатуға болмайды",
        Language.RU: "прекратить мониторинг нельзя",
        Language.EN: "the monitoring cannot be cancelled",
    }
    for page in (
        await browser.get(f"{address(story)}?lang={language.value}"),
        await presses(browser, open_before, "check", reason=REASON),
        await presses(browser, open_before, "send", reason=REASON),
    ):
        assert (page.status_code, flaws(page)) == (409, [])
        assert said[language] in words(page)
        assert soup(page).find("form", id="form") is None
    assert await cancelled(story) == []


async def test_a_monitoring_cancelled_meanwhile_closes_the_second_tab(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    stale = await browser.get(address(story))
    check = await presses(browser, await browser.get(address(story)), "check", reason=REASON)
    assert (await presses(browser, check, "send")).status_code == 303
    for action in ("check", "send"):
        second = await presses(browser, stale, action, reason="Тағы.")
        assert (second.status_code, flaws(second)) == (409, [])
        assert soup(second).find("form", id="form") is None
    assert len(await cancelled(story)) == 1


async def test_what_was_typed_outlives_the_sign_in(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{address(story)}?lang=kk")
    await browser.post("/sign-out")
    for action in ("check", "send"):
        out = await presses(browser, form, action, reason=REASON)
        assert (out.status_code, flaws(out)) == (401, [])
        assert fields(out)["reason"] == [REASON]
    await signed_in(browser, seeded_database, "sary-analyst")
    again = await presses(browser, out, "change")
    assert again.status_code == 200
    assert fields(again)["reason"] == [REASON]
    check = await presses(browser, again, "check")
    assert (await presses(browser, check, "send")).status_code == 303
    assert len(await cancelled(story)) == 1


async def test_whoever_is_not_signed_in_comes_back_and_others_may_not(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    asked = await browser.get(f"{address(story)}?lang=ru")
    assert asked.status_code == 303
    sign_in = await browser.get(asked.headers["location"])
    assert soup(sign_in).find("input", {"name": "next", "value": f"{address(story)}?lang=ru"}) is not None
    for who, status in (("uo-auditor", 403), ("ashyk-analyst", 404)):
        await signed_in(browser, seeded_database, who)
        assert (await browser.get(address(story))).status_code == status
        sent = await browser.post(address(story), data={"reason": REASON, "action": "send"})
        assert sent.status_code == status
    assert (await browser.get("/staff/monitorings/none/cancellation")).status_code == 404
    assert await cancelled(story) == []


async def test_a_confirmation_is_shown_to_whoever_acted(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get(address(story, "done"), params={"of": "c123"})).status_code == 404
    check = await presses(browser, await browser.get(address(story)), "check", reason=REASON)
    done = (await presses(browser, check, "send")).headers["location"]
    assert (await browser.get(done)).status_code == 200
    await signed_in(browser, seeded_database, "sary-head")
    assert (await browser.get(done)).status_code == 404


async def test_the_timeline_leads_to_it_while_it_can_be_done(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    link = f'a[href="{address(story)}?lang=ru"]'
    timeline = f"/monitorings/{story.number}/history?lang=ru"
    await signed_in(browser, seeded_database, "uo-auditor")
    assert soup(await browser.get(timeline)).select_one(link) is None
    await signed_in(browser, seeded_database, "sary-analyst")
    led = soup(await browser.get(timeline)).select_one(link)
    assert led is not None
    assert led.get_text() == "Прекращение мониторинга"
    await story.approves()
    assert soup(await browser.get(timeline)).select_one(link) is None

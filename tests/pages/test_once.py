"""However often and by whomever a form is sent, it happens once, and nobody is left in doubt."""

import pytest
from httpx import AsyncClient
from temporalio.client import Client

from api.commands import desk as commanding
from api.commands.addressed import Addressed
from api.commands.sending import Fate, Outcome
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.monitoring.rules import decide
from tests.pages.answering import OTHER, REPLY, Form, press, report_link
from tests.pages.reading import answered_and_unsent, fields, flaws, soup
from tests.pages.story import NOW, Story


async def test_pressed_twice_it_happens_once(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    for _ in range(2):
        page = await press(browser, link, "send", REPLY)
        assert page.status_code in {200, 303}
    assert len(story.clerk.obeyed) == 1


async def test_of_two_colleagues_the_second_sees_what_was_answered(
    story: Story, browser: AsyncClient
) -> None:
    """The second one's form was open all the time: its send reaches the first one's key."""
    link = await report_link(story)
    story.clerk.fates.append(Fate.UNKNOWN)
    assert (await press(browser, link, "send", REPLY)).status_code == 503
    await press(browser, link, "send", REPLY)
    after_first = (await story.state()).seq
    second = await press(
        browser, link, "send", {**REPLY, "respondent": "Басқа Адам", "response-q1": "declined"}
    )
    counts, unsent = answered_and_unsent(second)
    assert "Үлгі Отыз бірінші" in counts
    assert "Басқа Адам" not in counts
    assert "Басқа Адам" in unsent, "what the second one typed is not lost"
    assert (await story.state()).seq == after_first
    assert len(story.clerk.obeyed) == 1


async def test_a_late_twin_is_told_that_another_answer_counts(
    story: Story, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both passed the look at the state; the slower one meets the faster one's answer under the same key."""
    link = await report_link(story)
    obey = story.clerk.send

    async def while_another_answers(
        client: Client, to: Addressed[Receipt], command: Command, budget: float
    ) -> Outcome:
        monkeypatch.setattr(commanding, "send_command", obey)
        state = await story.state()
        twin = command.model_copy(update={"reply": await story.keeps(OTHER)})
        await story.clerk.happened(state, to.mark, command.actor, decide(state, twin, NOW), command.id)
        return await obey(client, to, command, budget)

    monkeypatch.setattr(commanding, "send_command", while_another_answers)
    slower = await press(browser, link, "send", REPLY)
    assert slower.status_code == 409
    counts, unsent = answered_and_unsent(slower)
    assert "Басқа Адам" in counts
    assert "Үлгі Отыз бірінші" not in counts
    assert "Үлгі Отыз бірінші" in unsent
    assert flaws(slower) == []


async def test_an_unknown_outcome_loses_nothing(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    story.clerk.fates.append(Fate.UNKNOWN)
    page = await press(browser, link, "send", REPLY)
    assert page.status_code == 503
    assert page.headers["retry-after"]
    assert flaws(page) == []
    assert fields(page)["reason-p1"] == [REPLY["reason-p1"]]
    again = await browser.post(link, data={**fields(page), "action": "send"})
    assert again.status_code == 303
    assert len(story.clerk.obeyed) == 1


async def test_a_refused_answer_can_be_mended(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story) + "/form/more-time"
    form: Form = {"until": "10.09.2026", "reason": "Демалыс", "respondent": "Үлгі", "post": "Дәрігер"}
    for button, status in (("check", 422), ("send", 409)):
        refused = await press(browser, link, button, form)
        assert refused.status_code == status
        assert soup(refused).select_one('.errors a[href="#until"]')
        assert fields(refused)["reason"] == ["Демалыс"]
        assert flaws(refused) == []
    assert (await press(browser, link, "send", {**form, "until": "10.10.2026"})).status_code == 303

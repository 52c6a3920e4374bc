"""A monitoring is handed over on a page: its work and its news go to whoever coordinates it now."""

import pytest
from httpx import AsyncClient

from models.commands import ReassignMonitoring
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_home import tasks

NAME = "Үлгіқызы Айсұлу"
COLLEAGUE, LEAD = "a-sary-analyst-2", "td-sary"
REASON = "Қызметкер басқа бөлімге ауысты."


def address(story: Story) -> str:
    return f"/staff/monitorings/{story.number}/reassigning"


async def joins(story: Story, account: str = COLLEAGUE, *, active: bool = True) -> None:
    """Somebody more signs in for the body that leads."""
    async with story.sessions.begin() as session:
        person = f"p-{account}"
        email = f"{account}@example.kz"
        session.add(PersonRow(id=person, name=NAME, organisation=LEAD, email=email))
        await session.flush()
        row = AccountRow(id=account, person=person, organisation=LEAD, role="analyst", active=active)
        session.add(row)


@pytest.mark.parametrize("language", Language)
async def test_the_head_hands_it_over_and_its_work_goes_along(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await joins(story)
    await signed_in(browser, seeded_database, "sary-head")
    own = await browser.get(f"/staff/monitorings/{story.number}?lang={language.value}")
    assert f"{address(story)}?lang={language.value}" in {str(a.get("href")) for a in soup(own).select("a")}
    form = await browser.get(f"{address(story)}?lang={language.value}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    unanswered = await presses(browser, form, "check")
    assert (unanswered.status_code, flaws(unanswered)) == (422, []), words(unanswered)
    check = await presses(browser, unanswered, "check", to=COLLEAGUE, reason=REASON)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert NAME in words(check)
    first, second = await presses(browser, check, "send"), await presses(browser, check, "send")
    assert first.status_code == 303, words(first)
    assert first.headers["location"] == second.headers["location"]
    done = await browser.get(first.headers["location"])
    assert (done.status_code, flaws(done)) == (200, [])
    state = await story.state()
    assert state.coordinator == COLLEAGUE
    told = [x.recipient for x in state.letters.values() if x.kind is LetterKind.MONITORING_REASSIGNED]
    assert told == [COLLEAGUE, "a-sary-analyst"]
    own = await browser.get(f"/staff/monitorings/{story.number}?lang={language.value}")
    assert (own.status_code, flaws(own)) == (200, [])
    assert NAME in words(own)
    history = await browser.get(f"/monitorings/{story.number}/history?lang={language.value}")
    assert NAME in words(history)
    for who, waits in (("sary-head", True), ("sary-analyst", False)):
        await signed_in(browser, seeded_database, who)
        assert (story.number in tasks(await browser.get("/staff"))) is waits, who


async def test_whoever_coordinates_hands_it_to_the_head_and_sees_that_it_was_done(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{address(story)}?lang=kk")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    check = await presses(browser, form, "check", to="a-sary-head", reason=REASON)
    sent = await presses(browser, check, "send")
    assert sent.status_code == 303, words(sent)
    done = await browser.get(sent.headers["location"])
    assert (done.status_code, flaws(done)) == (200, []), words(done)
    own = soup(await browser.get(f"/staff/monitorings/{story.number}?lang=kk"))
    assert not own.select(f'a[href^="{address(story)}"]'), "it is no more its own to hand over"
    again = await browser.get(f"{address(story)}?lang=kk")
    assert (again.status_code, flaws(again)) == (409, []), words(again)
    assert len([x for x in story.clerk.obeyed if isinstance(x, ReassignMonitoring)]) == 1


async def test_others_do_not_find_it_and_an_account_that_is_closed_is_not_offered(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await joins(story, active=False)
    await signed_in(browser, seeded_database, "sary-head")
    form = await browser.get(f"{address(story)}?lang=kk")
    assert NAME not in words(form)
    refused = await presses(browser, form, "check", to=COLLEAGUE, reason=REASON)
    assert refused.status_code == 422, words(refused)
    for who, status in (("koko-head", 404), ("uo-head", 404), ("ashyk-analyst", 404)):
        await signed_in(browser, seeded_database, who)
        assert (await browser.get(address(story))).status_code == status, who

"""Every form that leads a monitoring on: opened in each language, sent once, refused as the API refuses."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from activities.printing.form_docx import MEDIA_TYPE
from api.app import PREFIX
from api.commands.asking import action_of
from api.http.deps import present
from api.pages.desk.forms import FORMS, Way, ways_about, ways_on
from api.pages.desk.leading.leading_forms import LEADING
from api.services.services import Services
from local.samples import ScenarioName, content_of, load_scenario
from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term
from models.commands import SubmitReport
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language, Stage
from tests.api.inbox import arrives
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.pages.conftest import ORIGIN
from tests.pages.led import LATER, LED, REPLY, Led, Tells, is_returned, is_sent
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, HOLDER, NOW, Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in

by_key = {form.key: form for form in LEADING}
each_form = pytest.mark.parametrize("led", LED, ids=lambda led: led.key)


async def told(story: Story, led: Led, tells: Tells) -> Story:
    """The story as far as it is needed, of the scenario it is about."""
    if led.scenario is not ScenarioName.B:
        story = Story(story.sessions, story.clerk, load_scenario(led.scenario))
    await tells(story)
    return story


async def address(story: Story, led: Led) -> str:
    about = led.about(await story.state())
    return f"/staff/monitorings/{story.number}/{by_key[led.key].path}".replace("{about}", about)


def test_every_form_has_its_stories() -> None:
    assert [led.key for led in LED] == [form.key for form in LEADING]
    assert set(LEADING) <= set(FORMS)


@each_form
async def test_it_is_read_in_each_language_checked_and_sent_once(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, led: Led
) -> None:
    about = await told(story, led, led.sent)
    here, form = await address(about, led), by_key[led.key]
    await signed_in(browser, seeded_database, led.who)
    before = await about.state()
    may = frozenset({action_of(form.command)})
    known = led.about(before)
    ways = ways_about(before, may, known) if known else ways_on(before, may)
    assert here in [way.address for way in ways]
    for language in reversed(Language):
        page = await browser.get(f"{here}?lang={language.value}")
        assert (page.status_code, flaws(page)) == (200, []), words(page)
        assert "page." not in words(page)
    check = await presses(browser, page, "check", **led.typed)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    obeyed = len(story.clerk.obeyed)
    first, second = await presses(browser, check, "send"), await presses(browser, check, "send")
    assert first.status_code == 303, words(first)
    assert first.headers["location"] == second.headers["location"]
    done = await browser.get(first.headers["location"])
    assert (done.status_code, flaws(done)) == (200, [])
    (command,) = story.clerk.obeyed[obeyed:]
    assert isinstance(command, form.command)


@pytest_asyncio.fixture
async def whole(app: FastAPI, story: Story, seeded_database: SeededDatabase) -> AsyncIterator[AsyncClient]:
    """The API over the same services as the pages."""
    services: Services = app.state.services
    async with application(services.settings) as api:
        api.state.services = services
        api.dependency_overrides[present] = lambda: NOW
        async with AsyncClient(transport=ASGITransport(api), base_url=ORIGIN) as client:
            yield client


@each_form
async def test_a_page_refuses_as_the_api_does_and_before_anything_is_typed(
    story: Story, browser: AsyncClient, whole: AsyncClient, seeded_database: SeededDatabase, led: Led
) -> None:
    about = await told(story, led, led.refused)
    await signed_in(browser, seeded_database, led.who)
    obeyed = len(story.clerk.obeyed)
    page = await browser.get(f"{await address(about, led)}?lang=ru")
    answer = await whole.post(
        f"{PREFIX}/monitorings/{about.number}/{led.api}".replace("{about}", led.about(await about.state())),
        json=dict(led.body),
        headers={
            "Authorization": f"Bearer {seeded_database.tokens[led.who]}",
            "Idempotency-Key": uuid4().hex,
            "Accept-Language": "ru",
        },
    )
    assert (page.status_code, answer.status_code, flaws(page)) == (409, 409, []), (words(page), answer.text)
    said = [each.get_text() for each in soup(page).select("[role=alert] p")]
    assert said == reasons(answer)
    assert story.clerk.obeyed[obeyed:] == []


def reasons(answer: Response) -> list[str]:
    problem = answer.json()
    return [each["detail"] for each in problem.get("problems") or [problem]]


@pytest.mark.parametrize("form", [each for each in LEADING if "{about}" in each.path], ids=lambda f: f.key)
async def test_what_is_not_there_is_not_found_and_leads_nowhere(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, form: object
) -> None:
    found = next(each for each in LEADING if each is form)
    await signed_in(browser, seeded_database, "sary-head")
    here = f"/staff/monitorings/{story.number}/{found.path}".replace("{about}", "none")
    assert (await browser.get(here)).status_code == 404
    sent = await browser.post(here, data={"action": "send", "reason": "x"})
    assert sent.status_code == 404
    state = await story.state()
    ways: list[Way] = [*ways_about(state, frozenset({action_of(found.command)}), "none")]
    assert ways == []


async def test_the_new_day_and_the_letter_are_told_before_more_time_is_given(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """A second time it is asked by which act: all of it, or the rule says no."""
    await is_sent(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    here = f"/staff/monitorings/{story.number}/deadlines/{REPLY}/extension?lang=ru"
    given = {"until": LATER.isoformat(), "reason": "По просьбе."}
    form = await browser.get(here)
    assert soup(form).select_one("#act") is None
    check = await presses(browser, form, "check", **given)
    assert " ".join(say_date(Language.RU, LATER).split()) in words(check)
    assert term(Language.RU, LetterKind.DEADLINE_EXTENDED) in words(check)
    assert (await presses(browser, check, "send")).status_code == 303
    again = await browser.get(here)
    assert (again.status_code, flaws(again)) == (200, []), words(again)
    later = {"until": "09.10.2026", "reason": "Ещё раз."}
    refused = await presses(browser, again, "check", **later)
    assert (refused.status_code, flaws(refused)) == (422, [])
    assert "Заполните" not in words(refused)
    half = await presses(browser, refused, "check", **later, allowed_by="uo")
    assert (half.status_code, flaws(half)) == (422, []), words(half)
    assert [each["href"] for each in soup(half).select(".errors a")] == ["#act", "#dated"]
    whole = await presses(browser, half, "check", act="№ 17", dated="03.09.2026")
    assert (whole.status_code, flaws(whole)) == (200, []), words(whole)
    assert (await presses(browser, whole, "send")).status_code == 303
    assert (await story.state()).deadlines[REPLY].extensions == 2


async def test_whoever_approves_states_that_the_places_with_data_were_seen(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """The text stands above, and its printed files open; so does who was asked and has not answered."""
    await is_returned(story)
    await story.asks()
    pinned = await story.freezes(content_of(story.scenario))
    await story.does(SubmitReport, content=pinned, disclosures=1)
    await story.is_printed()
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"/staff/monitorings/{story.number}/versions/2/approval?lang=ru")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    assert all(each.text.best(Language.RU) in words(page) for each in story.scenario.findings)
    assert text(Language.RU, "page.desk.unanswered") in words(page)
    assert text(Language.RU, "page.desk.unanswered.told") in words(page)
    opened = [await browser.get(str(file["href"])) for file in soup(page).select(".files a")]
    assert {each.status_code for each in opened} == {200}
    assert {each.headers["content-type"] for each in opened} == {"application/pdf", MEDIA_TYPE}
    unseen = await presses(browser, page, "check")
    assert (unseen.status_code, flaws(unseen)) == (422, []), words(unseen)
    assert soup(unseen).select_one("#disclosures_seen-message") is not None
    seen = await presses(browser, unseen, "check", disclosures_seen="yes")
    assert text(Language.RU, "page.desk.foreseen.letter") in words(seen)
    assert (await presses(browser, seen, "send")).status_code == 303
    assert (await story.state()).stage is Stage.APPROVED
    assert (await story.letter(LetterKind.INFORMATION_NOT_NEEDED)).recipient == HOLDER
    home = soup(await browser.get(f"/staff/monitorings/{story.number}?lang=ru"))
    assert home.select_one('a[href*="information-requests/r1/withdrawal"]') is None, "it is over"


async def test_the_inbox_leads_to_the_mark_and_the_mark_back(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Rule 18: a report of this system is marked as considered in its monitoring."""
    await is_sent(story)
    await arrives(story.sessions, await story.state())
    here = f"/staff/monitorings/{story.number}/review?lang=ru"
    await signed_in(browser, seeded_database, "uo-auditor")
    assert (
        soup(await browser.get("/staff/consolidation/inbox?lang=ru")).select_one(f'a[href="{here}"]') is None
    )
    await signed_in(browser, seeded_database, "uo-analyst")
    inbox = await browser.get("/staff/consolidation/inbox?lang=ru")
    assert soup(inbox).select_one(f'a[href="{here}"]') is not None
    check = await presses(browser, await browser.get(here), "check", note="Рассмотрено.")
    done = await browser.get((await presses(browser, check, "send")).headers["location"])
    assert soup(done).select_one('a[href="/staff/consolidation/inbox?lang=ru"]') is not None
    assert (await story.state()).considered_on == NOW.date()


async def test_a_body_that_is_named_and_not_sent_to_stands_on_the_monitoring_s_page(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Rules 17, 20: from there it is recorded why not."""
    await story.approves()
    await signed_in(browser, seeded_database, "sary-analyst")
    here = f"/staff/monitorings/{story.number}"
    page = await browser.get(f"{here}?lang=ru")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    assert soup(page).select_one(f'a[href^="{here}/addressees/{CLINIC}/omission"]') is not None

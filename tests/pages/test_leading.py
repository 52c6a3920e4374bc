"""The forms that lead a monitoring on: opened in every language, refused as the API refuses, sent once."""

import pytest
from httpx import AsyncClient

from activities.registries.bodies import names_of
from api.pages.desk.body_asked import bodies_found
from models.commands import BeginCollection, RecordActivity
from models.vocabulary.procedure import Activity, Language, Stage
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in


def under(story: Story, path: str) -> str:
    return f"/staff/monitorings/{story.number}/{path}"


@pytest.mark.parametrize("language", Language)
async def test_an_activity_is_typed_mended_checked_and_recorded_once(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{under(story, 'activities')}?lang={language.value}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    assert fields(form)["done_on"] == [NOW.date().isoformat()]
    wrong = await presses(browser, form, "check", note="", done_on="01.02.2031")
    assert (wrong.status_code, flaws(wrong)) == (422, []), words(wrong)
    assert soup(wrong).select_one("#note-message") is not None
    assert soup(wrong).select_one("#activity-message") is not None
    early = await presses(browser, wrong, "check", note="Жиналды", activity="collect")
    assert (early.status_code, flaws(early)) == (422, []), words(early)
    assert soup(early).select_one("#done_on-message") is not None
    check = await presses(browser, early, "check", done_on="04.09.2026")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert "Жиналды" in words(check)
    first, second = await presses(browser, check, "send"), await presses(browser, check, "send")
    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])
    done = await browser.get(first.headers["location"])
    assert (done.status_code, flaws(done)) == (200, [])
    (command,) = [each for each in story.clerk.obeyed if isinstance(each, RecordActivity)]
    assert (command.activity, command.done_on) == (Activity.COLLECT, NOW.date())
    assert '{"text":"Жиналды"}' in await story.notes()


async def test_the_first_day_of_the_conduct_is_told_once(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Begun already: the rule says so before anything is typed."""
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{under(story, 'collection')}?lang=en")
    assert (page.status_code, flaws(page)) == (409, []), words(page)
    assert (await story.state()).stage is Stage.COLLECTING
    assert not [each for each in story.clerk.obeyed if isinstance(each, BeginCollection)]


async def test_a_body_is_found_by_its_code_its_name_or_words_of_it(story: Story) -> None:
    today = NOW.date()
    async with story.sessions() as session:
        assert (await bodies_found(session, today, " uo ")).bodies == ("uo",)
        known = await names_of(session, today, ("clinic-2",))
        for said in (known["clinic-2"].kk, known["clinic-2"].ru.upper()):
            assert (await bodies_found(session, today, said)).bodies == ("clinic-2",)
        parts = await bodies_found(session, today, "емхана")
        assert "clinic-2" in parts.bodies
        assert (await bodies_found(session, today, "мұндай жоқ")).bodies == ()
        everything = await bodies_found(session, today, "а")
        assert everything.more
        assert (await bodies_found(session, today, "  ")).bodies == ()

"""A monitoring is started on a page: what the rules forbid is said before it is sent, and it begins once."""

import pytest
from httpx import AsyncClient, Response

from api.commands.sending import Fate
from models.commands import StartMonitoring
from models.vocabulary.procedure import Kind, Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in

NEW = "/staff/monitorings/new"
TYPED = {
    "kind": "thematic",
    "title-kk": "Балабақшаларға кезек",
    "title-ru": "Очередь в детские сады",
    "sphere": "kindergarten-queue",
    "object-1": "akimat-sary",
    "studied_from": "01.01.2026",
    "studied_until": "2026-06-30",
}


def begun(story: Story) -> list[StartMonitoring]:
    return [command for command in story.clerk.obeyed if isinstance(command, StartMonitoring)]


async def checked(browser: AsyncClient, language: Language = Language.RU, **changes: str) -> Response:
    form = await browser.get(f"{NEW}?lang={language.value}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    return await presses(browser, form, "check", **TYPED | changes)


@pytest.mark.parametrize("language", Language)
async def test_it_is_checked_started_and_led_to(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    check = await checked(
        browser, language, **{"conductor-1": "td-sary", "act-1": "хат 1", "dated-1": "2026-09-01"}
    )
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert "Балабақшаларға кезек" in words(check)
    assert begun(story) == []
    sent = await presses(browser, check, "send")
    assert sent.status_code == 303, words(sent)
    (start,) = begun(story)
    assert start.actor.account == "a-uo-analyst"
    assert (start.kind, [body.organisation for body in start.conductors]) == (
        Kind.THEMATIC,
        ["uo", "td-sary"],
    )
    assert [act.act for act in start.agreements] == ["хат 1"]
    page = await browser.get(sent.headers["location"])
    assert page.status_code == 200
    assert soup(page).select_one(".notice[role=status]") is not None
    assert start.number in words(page)
    again = await presses(browser, check, "send")
    assert again.headers["location"] == sent.headers["location"]
    assert begun(story) == [start]


async def test_what_the_rules_forbid_is_said_before_it_is_sent(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    narrow = await checked(browser, kind="comprehensive")
    assert (narrow.status_code, flaws(narrow)) == (422, [])
    assert soup(narrow).select_one("#spheres-message") is not None
    reversed_ = await checked(browser, studied_until="01.12.2025")
    assert (reversed_.status_code, flaws(reversed_)) == (422, [])
    assert soup(reversed_).select_one("#studied_until-message") is not None
    assert soup(reversed_).find("input", {"id": "title-kk", "value": TYPED["title-kk"]}) is not None
    assert begun(story) == []


async def test_what_is_only_warned_of_stands_on_the_check_page(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    check = await checked(browser, studied_until="31.12.2026")
    assert check.status_code == 200
    doubts = [each.get_text() for each in soup(check).select("p.notice")]
    assert any("31.12.2026" in each for each in doubts), doubts


async def test_an_other_subject_is_offered_thematic_monitorings_only(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    assert len(soup(await browser.get(NEW)).select("input[name=kind]")) == 2
    await signed_in(browser, seeded_database, "ashyk-analyst")
    (only,) = soup(await browser.get(NEW)).select("input[name=kind]")
    assert (only["value"], only.has_attr("checked")) == ("thematic", True)


async def test_of_an_unknown_outcome_nothing_is_lost_and_one_monitoring_comes(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-head")
    check = await checked(browser)
    story.clerk.fates.append(Fate.UNKNOWN)
    unrecorded = await presses(browser, check, "send")
    assert (unrecorded.status_code, flaws(unrecorded)) == (503, [])
    sent = await presses(browser, unrecorded, "send")
    assert sent.status_code == 303
    assert len(begun(story)) == 1


@pytest.mark.parametrize("missing", ["title-kk", "studied_from", "studied_until"])
async def test_what_is_missing_is_asked_for_at_its_field(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, missing: str
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    page = await checked(browser, Language.KK, **{missing: "", "title-ru": ""})
    assert (page.status_code, flaws(page)) == (422, [])
    assert soup(page).select_one(f"#{missing}-message") is not None


async def test_more_rows_are_added_without_losing_what_was_typed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    form = await browser.get(NEW)
    more = await presses(browser, form, "add-objects", **TYPED)
    assert (more.status_code, flaws(more)) == (200, [])
    assert soup(more).select_one("#object-6") is not None
    assert fields(more)["object-1"] == ["akimat-sary"]


async def test_a_body_is_typed_by_words_of_its_name_and_asked_where_several_are_meant(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    page = await checked(browser, Language.RU, **{"object-1": "басқармасы"})
    assert (page.status_code, flaws(page)) == (422, []), words(page)
    meant = soup(page).select('input[name="object-1-meant"]')
    assert len(meant) > 1, words(page)
    check = await presses(browser, page, "check", **{"object-1-meant": str(meant[0]["value"])})
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    unknown = await checked(browser, Language.RU, **{"object-1": "мұндай орган жоқ"})
    assert soup(unknown).select_one("#object-1-message") is not None


async def test_the_desk_leads_to_it_whoever_may_start(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    assert (await browser.get(NEW)).status_code == 403
    assert soup(await browser.get("/staff?lang=ru")).select_one(f'a[href="{NEW}?lang=ru"]') is None
    await signed_in(browser, seeded_database, "uo-analyst")
    assert soup(await browser.get("/staff?lang=ru")).select_one(f'a[href="{NEW}?lang=ru"]') is not None


@pytest.mark.parametrize("language", Language)
async def test_what_was_begun_and_not_sent_stands_in_my_work_until_it_is_sent(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")

    async def begun_there() -> list[str]:
        work = await browser.get(f"/staff?lang={language.value}")
        assert flaws(work) == []
        return [str(link["href"]) for link in soup(work).select("section[aria-labelledby=begun] a")]

    assert await begun_there() == []
    form = await browser.get(f"{NEW}?lang={language.value}")
    await presses(browser, form, "save", **TYPED)
    [way] = await begun_there()
    back = await browser.get(way)
    assert soup(back).find("input", {"id": "title-kk", "value": TYPED["title-kk"]}) is not None
    sent = await presses(browser, await presses(browser, back, "check", **TYPED), "send")
    assert sent.status_code == 303, words(sent)
    assert await begun_there() == []

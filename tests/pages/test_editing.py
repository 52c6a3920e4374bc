"""Sources, indicators, findings and the draft are written on pages; nobody writes over a colleague."""

from http import HTTPStatus

import pytest
from httpx import AsyncClient, Response

from api.content.building import current_draft, current_findings, current_indicators, current_sources
from locales.catalogue import text
from locales.dates import say_day
from models.report.content import Finding, Indicator, ReportDraft, Source
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.leading import approved
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in

SOURCE = {
    "kind": "1",
    "title-kk": "Тіркелген құқық бұзушылықтар",
    "owner": "Құқықтық статистика органы",
    "reference": "https://example.kz/stat/1",
    "obtained_on": "02.09.2026",
    "access": "official",
}
SHARE = {
    "kind": "quantitative",
    "role": "state",
    "text-kk": "Кезектен тыс қабылданғандар",
    "unit": "%",
    "value": "12,5",
    "numerator": "50",
    "denominator": "400",
}
ITEM = {"kind": "proposal", "addressee": "clinic-2", "text-kk": "Кезекті ашық жүргізу"}


def at(story: Story, *below: str) -> str:
    return "/".join((f"/staff/monitorings/{story.number}", *below))


async def records(browser: AsyncClient, address: str, typed: dict[str, str]) -> Response:
    """Fill a form in and press its button."""
    form = await browser.get(f"{address}?lang=kk")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    return await presses(browser, form, "send", **typed)


async def sources(story: Story) -> tuple[Source, ...]:
    async with story.sessions() as session:
        return await current_sources(session, story.number)


async def indicators(story: Story) -> tuple[Indicator, ...]:
    async with story.sessions() as session:
        return await current_indicators(session, story.number)


async def findings(story: Story) -> tuple[Finding, ...]:
    async with story.sessions() as session:
        return await current_findings(session, story.number)


async def draft(story: Story) -> ReportDraft:
    async with story.sessions() as session:
        return await current_draft(session, story.number)


@pytest.mark.parametrize("language", Language)
async def test_a_source_is_entered_once_changed_and_removed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'sources', 'new')}?lang={language.value}")
    check = await presses(browser, form, "check", **SOURCE)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert await sources(story) == ()
    sent = [await presses(browser, check, "send") for _ in range(2)]
    assert [each.status_code for each in sent] == [303, 303]
    (source,) = await sources(story)
    assert source.title.kk == SOURCE["title-kk"]
    listed = await browser.get(sent[0].headers["location"])
    assert (listed.status_code, flaws(listed)) == (200, []), words(listed)
    assert SOURCE["owner"] in words(listed)
    changed = await records(browser, at(story, "sources", source.id), {"owner": "Басқа орган"})
    assert changed.status_code == 303, words(changed)
    assert [(each.id, each.owner) for each in await sources(story)] == [(source.id, "Басқа орган")]
    removal = await browser.get(f"{at(story, 'sources', source.id, 'removal')}?lang={language.value}")
    assert (removal.status_code, flaws(removal)) == (200, [])
    gone = [await presses(browser, removal, "send") for _ in range(2)]
    assert [each.status_code for each in gone] == [303, 303]
    assert await sources(story) == ()


async def test_what_the_rules_refuse_of_a_source_stands_at_its_field(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    for changes, field in (
        ({"kind": "6"}, "lawfulness_note"),
        ({"obtained_on": "01.12.2026"}, "obtained_on"),
        ({"obtained_on": ""}, "obtained_on"),
        ({"title-kk": ""}, "title-kk"),
        ({"owner": "-"}, "owner"),
    ):
        page = await records(browser, at(story, "sources", "new"), SOURCE | changes)
        assert page.status_code in {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
        assert flaws(page) == []
        assert soup(page).select_one(f"#{field}-message") is not None, words(page)
    assert await sources(story) == ()


async def test_what_a_colleague_wrote_meanwhile_is_shown_and_nothing_typed_is_lost(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await records(browser, at(story, "findings", "new"), {"text-kk": "Кезек жасырын"})
    (finding,) = await findings(story)
    mine = await browser.get(f"{at(story, 'findings', finding.id)}?lang=ru")
    await signed_in(browser, seeded_database, "sary-head")
    theirs = await records(browser, at(story, "findings", finding.id), {"text-kk": "Кезек ашық емес"})
    assert theirs.status_code == 303
    await signed_in(browser, seeded_database, "sary-analyst")
    for action, status in (("check", 422), ("send", 409)):
        stale = await presses(browser, mine, action, **{"text-kk": "Кезек көрінбейді"})
        assert (stale.status_code, flaws(stale)) == (status, []), words(stale)
        assert "Кезек ашық емес" in words(stale)
        assert fields(stale)["text-kk"] == ["Кезек көрінбейді"]
    assert [each.text.kk for each in await findings(story)] == ["Кезек ашық емес"]
    assert (await presses(browser, stale, "send")).status_code == 303
    assert [each.text.kk for each in await findings(story)] == ["Кезек көрінбейді"]


async def test_a_share_is_recomputed_and_rests_on_its_source(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await records(browser, at(story, "sources", "new"), SOURCE)
    (source,) = await sources(story)
    wrong = await records(
        browser, at(story, "indicators", "new"), SHARE | {"value": "13", "source": source.id}
    )
    assert soup(wrong).select_one("#value-message") is not None, words(wrong)
    doubtful = await presses(browser, wrong, "send", denominator="1,250")
    assert soup(doubtful).select_one("#denominator-meant-message") is not None, words(doubtful)
    assert await indicators(story) == ()
    entered = await presses(browser, doubtful, "send", value="12,5", denominator="400")
    assert entered.status_code == 303, words(entered)
    (indicator,) = await indicators(story)
    assert indicator.sources == (source.id,)
    listed = await browser.get(at(story, "indicators"))
    assert (listed.status_code, flaws(listed)) == (200, [])
    again = await browser.get(at(story, "indicators", indicator.id))
    assert fields(again)["value"] == ["12,5"]
    assert (await presses(browser, again, "send")).status_code == 303
    assert await indicators(story) == (indicator,)


@pytest.mark.parametrize("language", Language)
async def test_the_draft_is_written_by_its_parts(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    empty = await browser.get(f"{at(story, 'draft')}?lang={language.value}")
    assert (empty.status_code, flaws(empty)) == (200, []), words(empty)
    conclusions = await browser.get(f"{at(story, 'draft', 'conclusions')}?lang={language.value}")
    for part, typed in (
        ("assessment", {"text-kk": "Шаралар жеткіліксіз"}),
        ("conduct", {"started_on": "01.09.2026", "ended_on": "", "authentic_language": "ru"}),
        ("items/new", ITEM),
    ):
        sent = await records(browser, at(story, "draft", part), typed)
        assert sent.status_code == 303, words(sent)
    written = await presses(browser, conclusions, "send", **{"text-ru": "Очередь непрозрачна"})
    assert written.status_code == 303, words(written)
    found = await draft(story)
    assert (found.conclusions.ru, found.decision.assessment.kk) == (
        "Очередь непрозрачна",
        "Шаралар жеткіліксіз",
    )
    assert found.authentic_language is Language.RU
    (item,) = found.decision.items
    assert (item.addressee, item.text.kk) == ("clinic-2", ITEM["text-kk"])
    page = await browser.get(f"{at(story, 'draft')}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert ITEM["text-kk"] in words(page)
    copy = await browser.get(f"/staff/monitorings/{story.number}/report/draft/{language.value}.docx")
    assert copy.content.startswith(b"PK")
    gone = await records(browser, at(story, "draft", "items", item.id, "removal"), {})
    assert gone.status_code == 303
    assert (await draft(story)).decision.items == ()
    assert (await browser.get(at(story, "draft", "items", item.id))).status_code == 404


async def test_the_first_day_of_collecting_stands_in_the_draft_as_the_beginning_of_the_conduct(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Rule 8, form I.3: it is proposed; whoever writes the draft may write another one."""
    began_on = (await story.state()).began_on
    assert began_on is not None
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'draft', 'conduct')}?lang=ru")
    assert fields(form)["started_on"] == [began_on.isoformat()]
    await records(browser, at(story, "draft", "conduct"), {"started_on": "03.09.2026"})
    written = await browser.get(f"{at(story, 'draft', 'conduct')}?lang=ru")
    assert fields(written)["started_on"] == ["2026-09-03"]


async def test_the_tasks_belong_to_comprehensive_monitorings(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get(at(story, "draft", "tasks"))).status_code == 404


async def test_after_the_approval_nothing_is_written_and_why_is_said(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    before = await browser.get(at(story, "draft", "conclusions"))
    await story.approves()
    for page in (
        await browser.get(at(story, "draft", "conclusions")),
        await presses(browser, before, "send", **{"text-kk": "Кеш"}),
    ):
        assert (page.status_code, flaws(page)) == (409, [])
        assert soup(page).find("form", id="form") is None
    assert (await draft(story)).conclusions.kk == ""
    listed = soup(await browser.get(at(story, "sources")))
    assert listed.select_one(f'a[href^="{at(story, "sources", "new")}"]') is None


async def test_whoever_may_not_write_is_not_led_to_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    assert (await browser.get(at(story, "sources", "new"))).status_code == 403
    await signed_in(browser, seeded_database, "ashyk-analyst")
    assert (await browser.get(at(story, "sources"))).status_code == 404


async def test_the_draft_says_what_the_report_still_lacks(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """The same list a submission is refused with."""
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{at(story, 'draft')}?lang=kk")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    lacks = 'section[aria-labelledby="lacks"] > ul > li'
    before = {each.get_text() for each in soup(page).select(lacks)}
    sent = await records(browser, at(story, "draft", "conclusions"), {"text-kk": "Кезек ашық емес"})
    after = {each.get_text() for each in soup(await browser.get(sent.headers["location"])).select(lacks)}
    assert after < before
    assert len(before - after) == 1


async def test_while_a_version_waits_for_the_head_it_is_said_where_changes_go(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """What is written now is in no version that the head has; an approved one changes by a correction."""
    await story.submits()
    await signed_in(browser, seeded_database, "sary-analyst")
    waits = text(Language.KK, "page.desk.content.submitted", version=1)
    ready = text(Language.KK, "page.desk.draft.ready")
    for name in ("sources", "draft"):
        shown = await browser.get(f"{at(story, name)}?lang=kk")
        assert (flaws(shown), waits in words(shown), ready in words(shown)) == ([], True, False)
    await story.is_led(approved(1))
    stands = words(await browser.get(f"{at(story, 'draft')}?lang=kk"))
    assert text(Language.KK, "page.desk.content.approved", version=1) in stands
    assert waits not in stands


async def test_an_answer_to_a_request_is_told_by_whom_and_by_which_day_it_was_asked(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.asks()
    await signed_in(browser, seeded_database, "sary-analyst")
    (request,) = (await story.state()).requests.values()
    (offered,) = soup(await browser.get(at(story, "sources", "new"))).select(f'option[value="{request.id}"]')
    day = (await story.state()).deadlines[request.deadline].due_on
    assert say_day(Language.KK, day) in offered.get_text()
    assert request.id not in offered.get_text()

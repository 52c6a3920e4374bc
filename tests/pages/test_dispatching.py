"""The form of a dispatch: what many addressees share is told once, and what is not set is said (rule 17)."""

from datetime import date

import pytest
from httpx import AsyncClient

from locales.catalogue import plural, text
from locales.dates import say_date
from locales.terms import term
from models.agenda.deadline import ReplyPreset
from models.commands import DispatchReport
from models.vocabulary.procedure import Ground, Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_preparing import at, goes, last, one_spaced


@pytest.mark.parametrize("language", Language)
async def test_a_day_that_all_addressees_share_is_told_once_and_no_term_is_said_to_be_none(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await story.approves()
    form = await browser.get(f"{at(story, 'dispatches')}?lang={language.value}")
    other = {"other-1": "land-sary", "ground-1": "other", "reason-1": "Жер телімін береді"}
    passed = await presses(browser, form, "check", **other, reply_by="01.09.2026")
    assert (passed.status_code, flaws(passed)) == (422, []), words(passed)
    (told,) = soup(passed).select("section.errors li")
    assert told.select_one('a[href="#reply_by"]') is not None
    check = await presses(browser, passed, "check", **other, reply_by="")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    lines = [
        (row.select("dt")[0].get_text(strip=True), row.select("dd")[0].get_text(strip=True))
        for row in soup(check).select("dl div")
        if row.select("dt")
    ]
    ground = text(language, "page.desk.dispatch_report.ground")
    grounds = [value for label, value in lines if label == ground]
    consolidates = term(language, Ground.CONSOLIDATION)
    assert consolidates in grounds
    preset, none = text(language, "page.desk.dispatch_report.preset"), term(language, ReplyPreset.NONE)
    asked = [none for each in grounds if each != consolidates]
    assert [value for label, value in lines if label == preset] == asked, (
        "no reply is asked of whoever consolidates"
    )


@pytest.mark.parametrize("language", Language)
async def test_a_term_that_begins_with_the_receipt_is_told_as_such_and_by_no_day(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    """Article 76 of the Code counts from the day on which the addressee received the report."""
    await signed_in(browser, seeded_database, "sary-analyst")
    await story.approves()
    form = await browser.get(f"{at(story, 'dispatches')}?lang={language.value}")
    check = await presses(browser, form, "check", preset=ReplyPreset.APPC_76.value)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    waits = plural(language, "page.desk.foreseen.from_receipt", 15)
    assert words(check).count(waits) == 1, "told once for all whom it waits for"
    assert text(language, "letter.basis.requested") in words(check), "between bodies the Code hardly binds"
    usual = await presses(browser, form, "check", preset=ReplyPreset.NONE.value)
    assert waits not in words(usual)


async def test_a_typed_day_for_replies_stands_in_place_of_the_usual_term(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await story.approves()
    form = await browser.get(f"{at(story, 'dispatches')}?lang=ru")
    check = await presses(browser, form, "check", preset=ReplyPreset.APPC_76.value, reply_by="12.09.2026")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert term(Language.RU, ReplyPreset.APPC_76) not in words(check)
    assert one_spaced(say_date(Language.RU, date(2026, 9, 14))) in words(check)


@pytest.mark.parametrize("language", Language)
async def test_the_report_is_sent_to_whom_the_rule_names_and_every_letter_is_listed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    early = await browser.get(f"{at(story, 'dispatches')}?lang={language.value}")
    assert (early.status_code, flaws(early)) == (409, []), words(early)
    await story.approves()
    typed = {
        "other-1": "land-sary",
        "ground-1": "other",
        "reason-1": "Жер телімін береді",
        "reply_by": "25.09.2026",
    }
    check = await goes(story, browser, at(story, "dispatches"), language, typed)
    command = last(story, DispatchReport)
    assert isinstance(command, DispatchReport)
    grounds = {new.body.organisation: new.ground for new in command.addressees}
    assert grounds[CLINIC] is Ground.OBJECT
    assert grounds["uo"] is Ground.CONSOLIDATION
    assert grounds["land-sary"] is Ground.OTHER
    assert [new.reply_by is None for new in command.addressees if new.body.organisation == "uo"] == [True]
    assert words(check).count(f"{story.number} ·") >= len(command.addressees), words(check)
    sent = await browser.get(at(story, "dispatches"))
    assert soup(sent).select_one(f"#to-{CLINIC}") is None
    nobody = await presses(browser, sent, "check")
    assert (nobody.status_code, flaws(nobody)) == (422, [])
    assert soup(nobody).select_one("#suggested-message") is not None

"""Each form behind a link: what is sent, and what is shown afterwards."""

import json

import pytest
from httpx import AsyncClient
from sqlmodel import col, select

from activities.registries.bodies import names_of
from api.commands.sending import Fate
from api.http.problems import sentence
from api.pages.links.form_names import FormName
from api.pages.links.forms import FORMS
from locales.catalogue import text
from models.commands import (
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    AskMoreTime,
    DispatchReport,
    NewAddressee,
    RecordConsideration,
)
from models.letters.purposes import LINKS
from models.monitoring.rules.doubts import council_warnings
from models.report.notes import TextNote
from models.tables.content import RevisionRow
from models.tables.journal import EntryRow
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import (
    Agreement,
    Consent,
    CouncilOutcome,
    Ground,
    InformationOutcome,
    Language,
)
from models.vocabulary.procedure import Response as Word
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import (
    COUNCIL,
    INFORMATION,
    REPLY,
    Form,
    answered,
    press,
    report_link,
)
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import CLINIC, HOLDER, NOW, Story, body
from tests.pages.test_consolidation import signed_in


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_of_a_link_has_its_forms(purpose: Purpose) -> None:
    names = [FORMS[command].name for command in LINKS[purpose].forms]
    assert names
    assert len(set(names)) == len(names), "two forms of one link would have one address"
    # A member has a page to read; every other link opens the form that its letter asks for.
    assert (FormName.ANSWER in names) is (purpose is not Purpose.READ_AS_MEMBER)


def test_every_form_stands_behind_some_link() -> None:
    assert set(FORMS) == {command for row in LINKS.values() for command in row.forms}


async def test_an_invitee_consents(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    link = await story.link(LetterKind.INVITATION, "m1")
    done = await answered(browser, link, {"consent": "consent", "agreement": "agreed", "reason": "ignored"})
    assert flaws(done) == []
    state = await story.state()
    assert state.working_group is not None
    assert state.working_group.members["m1"].consent is Consent.CONSENTED
    assert state.working_group.members["m1"].agreement is Agreement.AGREED
    assert f"{story.number}/{state.seq}" in words(done)
    assert "11:00" in words(done)
    assert "келісті" in words(await browser.get(link))


async def test_an_invitee_refuses_without_having_to_say_why(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    link = await story.link(LetterKind.INVITATION, "m2")
    await answered(browser, link, {"consent": "refuse", "agreement": "agreed"})
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AnswerInvitation)
    assert (command.consents, command.agreement) == (False, Agreement.UNKNOWN)


async def test_a_body_answers_a_report(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    done = await answered(browser, link, REPLY)
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AnswerReport)
    said = {answer.item: (answer.response, answer.reasoned) for answer in command.answers}
    assert said == {"p1": (Word.PARTLY, True), "q1": (Word.ACCEPTED, False)}
    assert command.actor.letter is not None
    assert command.actor.organisation == CLINIC
    for shown in (words(done), words(await browser.get(link))):
        for typed in (
            "Үлгі Отыз бірінші",
            "Бас дәрігер",
            "Талондардың 85%-ы ғана",
            "2028 жылғы 18 желтоқсан",
        ):
            assert typed in shown


async def test_words_of_persons_never_enter_the_journal(story: Story, browser: AsyncClient) -> None:
    await answered(browser, await report_link(story), REPLY)
    async with story.sessions() as session:
        lines = [json.dumps(row.event, ensure_ascii=False) for row in await session.exec(select(EntryRow))]
    for typed in ("Үлгі Отыз", "Бас дәрігер", "85%"):
        assert not any(typed in line for line in lines)
        assert any(typed in note for note in await story.notes())


async def test_information_becomes_a_source(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    file = {"upload": ("мәлімет.txt", "Деректер".encode(), "text/plain")}
    kept = await browser.post(link, data={**INFORMATION, "action": "check"}, files=file)
    sent = await browser.post(link, data={**fields(kept), "action": "send"})
    assert sent.status_code == 303
    request = (await story.state()).requests["r1"]
    assert request.outcome is InformationOutcome.PROVIDED
    async with story.sessions() as session:
        source = (await session.exec(select(RevisionRow).where(RevisionRow.item == request.source))).one()
    assert source.body is not None
    assert source.body["information_request"] == "r1"
    async with story.sessions() as session:
        named = (await names_of(session, NOW.date(), (HOLDER,)))[HOLDER]
    for language in Language:
        title = text(language, "page.information.source_title", recipient=named.best(language))
        assert source.body["title"][language.value] == title  # type: ignore[index]
    assert len(source.body["attachments"]) == 1  # type: ignore[arg-type]
    assert "мәлімет.txt" in words(await browser.get(link))


async def test_a_holder_may_decline_with_a_reason(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    form = {**INFORMATION, "outcome": "declined", "text": "", "access": "", "reason": "Мұндай дерек жоқ"}
    assert "Мұндай дерек жоқ" in words(await answered(browser, link, form))
    assert (await story.state()).requests["r1"].source is None


async def test_a_council_records_what_it_concluded(story: Story, browser: AsyncClient) -> None:
    await story.approves()
    await story.goes_to_council()
    link = await story.link(LetterKind.COUNCIL_ITEM)
    await answered(browser, link, COUNCIL)
    command = story.clerk.obeyed[-1]
    assert isinstance(command, RecordConsideration)
    assert command.outcome is CouncilOutcome.SUPPORTED


@pytest.mark.parametrize("language", Language)
async def test_what_is_recorded_for_good_says_so_before_it_is_sent_and_how_a_mistake_is_put_right(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await story.approves()
    await story.goes_to_council()
    link, lang = await story.link(LetterKind.COUNCIL_ITEM), language.value
    check = await press(browser, link, "check", COUNCIL, lang)
    assert (check.status_code, flaws(check)) == (200, [])
    assert text(language, "page.consideration.final") in words(check)
    await answered(browser, link, COUNCIL)
    excerpt = await browser.post(
        f"{link}/form/excerpt?lang={lang}",
        data={"respondent": "Үлгі", "post": "Хатшы", "action": "check"},
        files={"upload": ("үзінді.txt", b"minutes", "text/plain")},
    )
    assert text(language, "page.check_final") in words(excerpt)
    await signed_in(browser, seeded_database, "sary-analyst")
    place = f"/staff/monitorings/{story.number}/councils/submission"
    form = {**fields(await browser.get(place)), "council": "council-sary"}
    again = await press(browser, place, "check", form, lang)
    assert again.status_code == 200, words(again)
    (known,) = council_warnings(await story.state(), "council-sary")
    assert sentence(language, known) in words(again), "an earlier record of the same report stands"


async def test_more_time_is_asked_for_and_shown(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    form: Form = {"until": "05.10.2026", "reason": "Демалыс", "respondent": "Үлгі", "post": "Дәрігер"}
    await answered(browser, f"{link}/form/more-time", form)
    assert isinstance(story.clerk.obeyed[-1], AskMoreTime)
    assert "2026 жылғы 5 қазан" in words(await browser.get(link))


async def test_receipt_is_confirmed_once(story: Story, browser: AsyncClient) -> None:
    await story.approves()
    await story.dispatches()
    link = await story.link(LetterKind.REPORT_FOR_CONSOLIDATION)
    for _ in range(2):
        assert (await browser.post(f"{link}/receipt")).status_code == 303
    assert len(story.clerk.obeyed) == 1
    page = await browser.get(link)
    assert "2026 жылғы 4 қыркүйек" in words(page)
    assert soup(page).find("form") is None


async def test_an_answer_recorded_from_paper_says_so(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    note = await story.keeps(TextNote(text="Қағаз хат"))
    await story.does(AnswerInformationRequest, request="r1", outcome=InformationOutcome.DECLINED, answer=note)
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    page = words(await browser.get(link, params={"lang": "kk"}))
    assert "Қағаз хат" in page
    assert "қағаз құжат негізінде" in page


async def test_the_source_is_taken_back_when_the_answer_is_refused(
    story: Story, browser: AsyncClient
) -> None:
    await story.asks()
    story.clerk.fates.append(Fate.CLOSED)
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    assert (await press(browser, link, "send", INFORMATION)).status_code == 409
    async with story.sessions() as session:
        revisions = await session.exec(select(RevisionRow).order_by(col(RevisionRow.revision)))
        assert [row.body is None for row in revisions] == [False, True]


async def test_a_body_without_items_is_not_asked_about_any(story: Story, browser: AsyncClient) -> None:
    await story.approves()
    await story.does(
        DispatchReport, addressees=(NewAddressee(body=body(HOLDER), ground=Ground.SUPERIOR_BODY),)
    )
    link = await story.link(LetterKind.REPORT_FOR_CONSIDERATION, HOLDER)
    for language in Language:
        page = await browser.get(link, params={"lang": language.value})
        assert text(language, "page.reply.means_no_items") in words(page)
        assert text(language, "page.reply.means") not in words(page)
        assert flaws(page) == []

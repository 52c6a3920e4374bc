"""Others are named, asked, written to on pages: the letters that leave are said before; it happens once."""

from datetime import date

import pytest
from httpx import AsyncClient, Response

from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term
from models.commands import (
    CreateWorkingGroup,
    InviteMember,
    RecordOrganisationAgreement,
    RequestInformation,
    WithdrawCoConductor,
    WithdrawInformationRequest,
    WithdrawMember,
)
from models.commands.command import Command
from models.tables.files import FileRow
from models.vocabulary.procedure import Agreement, Community, Language
from tests.api.signing import signature
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import HOLDER, Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in

REMARK = "Дереккөз қай жылғы екені жазылсын"
GROUP = {
    "post": "Бөлімше басшысы",
    "decided_on": "03.09.2026",
    "decision_number": "17-Ө",
    "person-1": "p-public-1",
    "community-1": "public",
    "person-2": "p-expert-2",
    "community-2": "expert",
}


def at(story: Story, *below: str) -> str:
    return "/".join((f"/staff/monitorings/{story.number}", *below))


def one_spaced(said: str) -> str:
    """As `words` reads a page."""
    return " ".join(said.split())


async def goes(
    story: Story, browser: AsyncClient, address: str, language: Language, typed: dict[str, str]
) -> Response:
    """Filled in, checked, sent twice: it happens once. The page of the check."""
    form = await browser.get(f"{address}?lang={language.value}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    check = await presses(browser, form, "check", **typed)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    before = len(story.clerk.obeyed)
    first, second = await presses(browser, check, "send"), await presses(browser, check, "send")
    assert (first.status_code, first.headers.get("location")) == (303, second.headers.get("location")), words(
        first
    )
    assert len(story.clerk.obeyed) == before + 1
    done = await browser.get(first.headers["location"])
    assert (done.status_code, flaws(done)) == (200, []), words(done)
    return check


def last(story: Story, command: type[Command]) -> Command:
    sent = story.clerk.obeyed[-1]
    assert isinstance(sent, command)
    return sent


@pytest.mark.parametrize("language", Language)
async def test_the_head_creates_the_group_and_each_letter_is_named_before(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    check = await goes(story, browser, at(story, "working-group"), language, GROUP)
    assert words(check).count(f"{story.number} ·") == 2, words(check)
    command = last(story, CreateWorkingGroup)
    assert isinstance(command, CreateWorkingGroup)
    assert [(each.person, each.community) for each in command.members] == [
        ("p-public-1", Community.PUBLIC),
        ("p-expert-2", Community.EXPERT),
    ]
    assert command.decision.head == "p-sary-head"
    again = await browser.get(at(story, "working-group"))
    assert (again.status_code, flaws(again)) == (409, [])


async def test_a_group_without_both_communities_is_refused_with_the_rule(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    form = await browser.get(f"{at(story, 'working-group')}?lang=ru")
    for changes, field in (
        ({"person-2": "", "community-2": ""}, "person-1"),
        ({"community-2": ""}, "community-2"),
        ({"person-1": "ешкім"}, "person-1"),
        ({"decision_number": ""}, "decision_number"),
    ):
        page = await presses(browser, form, "check", **GROUP | changes)
        assert (page.status_code, flaws(page)) == (422, []), words(page)
        assert soup(page).select_one(f"#{field}-message") is not None, words(page)
        form = page
    assert story.clerk.obeyed == []


async def test_a_member_is_invited_taken_out_and_its_body_heard(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.invites()
    await signed_in(browser, seeded_database, "sary-analyst")
    typed = {"agreement": "agreed", "note": "03-1/7 хат"}
    await goes(story, browser, at(story, "members", "m1", "organisation-agreement"), Language.KK, typed)
    heard = last(story, RecordOrganisationAgreement)
    assert isinstance(heard, RecordOrganisationAgreement)
    assert heard.agreement is Agreement.AGREED
    await goes(story, browser, at(story, "members", "m2", "withdrawal"), Language.RU, {"note": "Занят"})
    assert isinstance(last(story, WithdrawMember), WithdrawMember)
    invited = {"person": "p-expert-1", "community": "expert", "replaces": "m2"}
    await goes(story, browser, at(story, "members"), Language.EN, invited)
    command = last(story, InviteMember)
    assert isinstance(command, InviteMember)
    assert (command.invited.person, command.replaces) == ("p-expert-1", "m2")
    assert (await browser.get(at(story, "members", "m9", "withdrawal"))).status_code == 404


@pytest.mark.parametrize("language", Language)
async def test_information_is_asked_for_and_the_request_taken_back(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'information-requests')}?lang={language.value}")
    empty = await presses(browser, form, "check", holder=HOLDER, source_kind="6")
    assert (empty.status_code, flaws(empty)) == (422, [])
    assert soup(empty).select_one("#question_kk-message") is not None
    typed = {
        "holder": HOLDER,
        "source_kind": "6",
        "question_kk": "Кезек қандай?",
        "question_ru": "Какая очередь?",
    }
    check = await goes(story, browser, at(story, "information-requests"), language, typed)
    assert f"{story.number} ·" in words(check)
    command = last(story, RequestInformation)
    assert isinstance(command, RequestInformation)
    assert command.holder == HOLDER
    assert '{"en":"","kk":"Кезек қандай?","ru":"Какая очередь?"}' in await story.notes()
    withdrawal = at(story, "information-requests", command.request, "withdrawal")
    await goes(story, browser, withdrawal, language, {"reason": "Керек емес"})
    assert isinstance(last(story, WithdrawInformationRequest), WithdrawInformationRequest)
    closed = await browser.get(withdrawal)
    assert (closed.status_code, flaws(closed)) == (409, [])


@pytest.mark.parametrize("language", Language)
async def test_a_question_that_its_reader_may_not_read_is_told_before_it_is_sent(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    """The holder's letters are in Russian."""
    await signed_in(browser, seeded_database, "sary-analyst")
    spoken = term(language, Language.RU)
    told = one_spaced(text(language, "page.desk.request_information.unread", spoken=spoken))
    for asked, unread in (
        ({"question_kk": "Кезек қандай?"}, True),
        ({"question_ru": "Какая очередь?"}, False),
    ):
        form = await browser.get(f"{at(story, 'information-requests')}?lang={language.value}")
        check = await presses(browser, form, "check", holder=HOLDER, source_kind="6", **asked)
        assert (check.status_code, flaws(check)) == (200, []), words(check)
        assert (told in words(check)) is unread, words(check)


@pytest.mark.parametrize("language", Language)
async def test_the_check_page_says_the_day_that_will_hold(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    """Where no day is typed, by the usual term; where a day off is typed, the next working day, and why."""
    await signed_in(browser, seeded_database, "sary-analyst")
    saturday, monday = date(2026, 9, 12), date(2026, 9, 14)
    for reply_by, holds in (("", date(2026, 9, 18)), ("12.09.2026", monday)):
        form = await browser.get(f"{at(story, 'information-requests')}?lang={language.value}")
        asked = {"holder": HOLDER, "source_kind": "6", "question_kk": "Кезек қандай?", "reply_by": reply_by}
        check = await presses(browser, form, "check", **asked)
        assert (check.status_code, flaws(check)) == (200, []), words(check)
        assert one_spaced(say_date(language, holds)) in words(check), words(check)
    days = {"typed": say_date(language, saturday), "due": say_date(language, monday)}
    assert one_spaced(text(language, "page.due.not_working", **days)) in words(check)


async def test_a_co_conductor_is_named_no_longer(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    assert (await browser.get(at(story, "co-conductors", "td-ashyk", "withdrawal"))).status_code == 303
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get(at(story, "co-conductors", "td-ashyk", "withdrawal"))).status_code == 404
    assert not [each for each in story.clerk.obeyed if isinstance(each, WithdrawCoConductor)]


async def test_a_remark_is_made_once_and_read(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'comments')}?lang=ru")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    check = await presses(browser, form, "check", text="Дереккөз керек")
    sent = [await presses(browser, check, "send") for _ in range(2)]
    assert [each.status_code for each in sent] == [303, 303]
    read = await browser.get(sent[0].headers["location"])
    assert (read.status_code, flaws(read)) == (200, [])
    assert words(read).count("Дереккөз керек") == 1


async def test_whoever_makes_no_remarks_reads_them_on_a_page_of_their_own(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    here = f"/staff/monitorings/{story.number}"
    form = await browser.get(f"{here}/comments?lang=en")
    check = await presses(browser, form, "check", text=REMARK)
    assert (await presses(browser, check, "send")).status_code == 303
    await signed_in(browser, seeded_database, "uo-auditor")
    led = await browser.get(f"{here}/comments?lang=en")
    assert (led.status_code, led.headers["location"]) == (303, f"{here}/remarks?lang=en")
    page = await browser.get(f"{here}/remarks?lang=en")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    assert REMARK in words(page)
    assert not soup(page).select("main form")
    own = await browser.get(f"{here}?lang=en")
    assert soup(own).select_one(f'a[href="{here}/remarks?lang=en"]') is not None


async def test_files_are_attached_once(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'attachments')}?lang=kk")
    key = str(soup(form).select_one("input[name=key]")["value"])  # type: ignore[index]
    files = {"upload": ("Кесте.csv", "кезек;12\n".encode(), "text/csv")}
    check = await browser.post(at(story, "attachments"), data={"key": key, "action": "check"}, files=files)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    sent = [await presses(browser, check, "send") for _ in range(2)]
    assert [each.status_code for each in sent] == [303, 303], words(sent[0])
    page = await browser.get(sent[0].headers["location"])
    assert (page.status_code, flaws(page)) == (200, [])
    assert words(page).count("Кесте.csv") == 1
    none = await presses(browser, page, "check")
    assert (none.status_code, flaws(none)) == (422, [])


async def test_a_signature_is_attached_to_the_printed_report_and_stands_beside_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.approves()
    document = (await story.state()).versions[-1].documents[0]
    async with story.sessions() as session:
        printed = (await session.get_one(FileRow, document.sha256)).content
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'signatures')}?lang=kk")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    key = str(soup(form).select_one("input[name=key]")["value"])  # type: ignore[index]

    async def checks(file: bytes) -> Response:
        return await browser.post(
            at(story, "signatures"),
            data={"key": key, "action": "check", "signed": document.sha256},
            files={"upload-signature": ("Қол.cms", file, "application/octet-stream")},
        )

    wrong = await checks(signature(b"another"))
    assert (wrong.status_code, flaws(wrong)) == (422, []), words(wrong)
    assert text(Language.KK, "page.fault.signature_of_another_file") in words(wrong)
    check = await checks(signature(printed))
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    sent = [await presses(browser, check, "send") for _ in range(2)]
    assert [each.status_code for each in sent] == [303, 303], words(sent[0])
    beside = text(Language.KK, "term.signature_check.digest_matches")
    for page in (sent[0].headers["location"], f"{at(story)}?lang=kk"):
        read = await browser.get(page)
        assert (read.status_code, flaws(read)) == (200, []), words(read)
        assert words(read).count(beside) == 1
    form = await browser.get(f"{at(story, 'signatures')}?lang=kk")
    key = str(soup(form).select_one("input[name=key]")["value"])  # type: ignore[index]
    again = await checks(signature(printed))
    assert text(Language.KK, "problem.signature_attached") in words(again), "the same one stands there once"


async def test_the_monitorings_page_leads_to_what_may_be_done(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.invites()
    await signed_in(browser, seeded_database, "sary-analyst")
    page = soup(await browser.get(f"{at(story)}?lang=ru"))
    for below in (
        ("sources",),
        ("draft",),
        ("comments",),
        ("attachments",),
        ("information-requests",),
        ("members",),
        ("members", "m1", "withdrawal"),
    ):
        assert page.select_one(f'a[href="{at(story, *below)}?lang=ru"]') is not None, below
    for below in (("dispatches",), ("working-group",)):
        assert page.select_one(f'a[href="{at(story, *below)}?lang=ru"]') is None, below

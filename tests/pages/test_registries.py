"""The administrator's pages: what a registry holds, and how it changes; refusals before anything is sent."""

from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlmodel import select

from api.http.deps import present
from api.pages.registries.forms import FORMS
from api.pages.registries.registry_form import RegistryForm
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.calendars import CalendarRow
from models.tables.councils import CouncilRow
from models.tables.grants import GrantRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow
from models.tables.successions import SuccessionRow
from models.vocabulary.procedure import Language
from tests.catalogue_checks import missing
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import Form
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in

AT = "/staff/registries"
LISTS = (
    *(f"{AT}/{each}" for each in ("bodies", "people", "councils", "spheres", "bodies/td-sary")),
    AT,
    "/staff/accounts",
    "/staff/webhooks",
    "/staff/file-schedules",
    "/staff/calendar",
    "/staff/editions",
)
PERSON = {"name": "Үлгі Тоқсан бірінші", "email": "toqsan@example.kz", "language": "kk", "reason": "№ 7 хат"}


async def presses(browser: AsyncClient, page: Response, action: str, changes: Form) -> Response:
    form = soup(page).find("form", id="form")
    assert form is not None, words(page)
    return await browser.post(str(form["action"]), data={**fields(page), **changes, "action": action})


async def checks(browser: AsyncClient, address: str, form: Form) -> Response:
    opened = await browser.get(address)
    assert (opened.status_code, flaws(opened)) == (200, []), words(opened)
    check = await presses(browser, opened, "check", form)
    assert flaws(check) == []
    return check


async def records(browser: AsyncClient, address: str, form: Form) -> Response:
    """Fill in, check, send, and follow to the page that says it was done."""
    check = await checks(browser, address, form)
    assert check.status_code == 200, words(check)
    sent = await presses(browser, check, "send", {})
    assert sent.status_code == 303, words(sent)
    again = await presses(browser, check, "send", {})
    assert again.headers["location"] == sent.headers["location"]
    done = await browser.get(sent.headers["location"])
    assert (done.status_code, flaws(done)) == (200, []), words(done)
    assert soup(done).select_one("p.notice[role=status]") is not None
    return done


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_form_has_its_texts(form: RegistryForm) -> None:
    wanted = [f"page.registries.{form.key}.{each}" for each in ("title", "what", "done")]
    assert missing(wanted) == []
    for language in Language:
        assert all(form.label(language, question) for question in form.questions)


@pytest.mark.parametrize("language", Language)
async def test_each_list_reads_well(administrator: AsyncClient, language: Language) -> None:
    for address in LISTS:
        page = await administrator.get(f"{address}?lang={language.value}")
        assert (page.status_code, flaws(page)) == (200, []), (address, words(page))
    found = await administrator.get(f"{AT}/bodies", params={"q": "td-sary"})
    assert len(soup(found).select("tbody tr")) == 1
    assert (await administrator.get(f"{AT}/bodies/nobody")).status_code == 404


async def test_a_person_is_registered_once_and_changed(story: Story, administrator: AsyncClient) -> None:
    faulty = await checks(administrator, f"{AT}/people/new", {**PERSON, "email": "nowhere"})
    assert faulty.status_code == 422
    assert soup(faulty).select_one("#email-message") is not None
    assert fields(faulty)["name"] == [PERSON["name"]]
    done = await records(administrator, f"{AT}/people/new?key=new", PERSON)
    assert PERSON["name"] in words(done)
    async with story.sessions() as session:
        (row,) = await session.exec(select(PersonRow).where(PersonRow.name == PERSON["name"]))
    await records(administrator, f"{AT}/people/{row.id}/change", {"post": "Хатшы", "reason": "№ 8 хат"})
    async with story.sessions() as session:
        (row,) = await session.exec(select(PersonRow).where(PersonRow.name == PERSON["name"]))
    assert (row.post, row.email) == ("Хатшы", "toqsan@example.kz")
    assert (await administrator.get(f"{AT}/people/nobody/change")).status_code == 404


async def test_a_council_and_a_sphere_are_registered(story: Story, administrator: AsyncClient) -> None:
    await records(administrator, f"{AT}/people/new", PERSON)
    council = {
        "kind": "public_council",
        "name_kk": "Үлгі қоғамдық кеңесі",
        "name_ru": "Образцовый общественный совет",
        "organisation": "td-sary",
        "secretary": "Тоқсан бірінші",
        "reason": "№ 9 шешім",
    }
    unknown = await checks(administrator, f"{AT}/councils/new", {**council, "secretary": "Ешкім Жоқ"})
    assert unknown.status_code == 422
    await records(administrator, f"{AT}/councils/new?key=new", council)
    sphere = {"name_kk": "Үлгі саласы", "name_ru": "Образцовая сфера", "reason": "№ 10 шешім"}
    await records(administrator, f"{AT}/spheres/new", sphere)
    async with story.sessions() as session:
        (kept,) = await session.exec(select(CouncilRow).where(CouncilRow.name_kk == council["name_kk"]))
        spheres = (await session.exec(select(SphereRow).where(SphereRow.name_kk == "Үлгі саласы"))).all()
    assert kept.organisation == "td-sary"
    assert len(spheres) == 1
    listed = words(await administrator.get(f"{AT}/councils?lang=ru"))
    assert "общественный совет" in listed
    assert "public_council" not in listed


BODY = {
    "code": "ULGI9",
    "valid_from": "2026-09-01",
    "kind": "state_organisation",
    "name_kk": "Үлгі мекемесі",
    "name_ru": "Образцовое учреждение",
    "language": "kk",
    "reason": "№ 11 қаулы",
}


async def test_a_body_is_registered_changed_from_a_day_on_and_abolished(
    story: Story, administrator: AsyncClient
) -> None:
    taken = await checks(administrator, f"{AT}/bodies/new", {**BODY, "code": "lower"})
    assert taken.status_code == 422
    assert soup(taken).select_one("#code-message") is not None
    await records(administrator, f"{AT}/bodies/new?key=new", BODY)
    async with story.sessions() as session:
        (known,) = await session.exec(select(OrganisationRow).where(OrganisationRow.code == "ULGI9"))
    at = f"{AT}/bodies/{known.id}"
    await records(administrator, f"{at}/version", {"name_kk": "Жаңа үлгі", "reason": "№ 12 қаулы"})
    async with story.sessions() as session:
        rows = await session.exec(
            select(OrganisationVersionRow)
            .where(OrganisationVersionRow.organisation == known.id)
            .order_by(OrganisationVersionRow.valid_from)  # type: ignore[arg-type]
        )
        first, second = rows.all()
    assert (first.name_kk, first.valid_until) == ("Үлгі мекемесі", date(2026, 9, 3))
    assert (second.name_kk, second.name_ru) == ("Жаңа үлгі", "Образцовое учреждение")
    assert second.legal_person == known.id
    ended = {"last_day": "2026-09-30", "successor": "td-sary", "reason": "№ 13 қаулы"}
    await records(administrator, f"{at}/abolition", ended)
    async with story.sessions() as session:
        (word,) = await session.exec(select(SuccessionRow).where(SuccessionRow.body == known.id))
    assert (word.successor, word.since) == ("td-sary", date(2026, 10, 1))
    page = await administrator.get(at)
    assert len(soup(page).select("tbody tr")) == 3


async def test_what_is_open_at_a_body_is_shown_before_it_is_abolished(
    story: Story, administrator: AsyncClient
) -> None:
    form = await administrator.get(f"{AT}/bodies/td-sary/abolition?lang=ru")
    assert story.number in words(form)
    nobody_said = {"last_day": "2026-09-30", "reason": "№ 14 қаулы"}
    refused = await checks(administrator, f"{AT}/bodies/td-sary/abolition?lang=ru", nobody_said)
    assert refused.status_code == 422
    async with story.sessions() as session:
        rows = await session.exec(
            select(OrganisationVersionRow).where(OrganisationVersionRow.organisation == "td-sary")
        )
        assert all(row.valid_until is None for row in rows)


async def test_an_account_is_given_its_role_changed_and_ended_and_never_one_s_own(
    story: Story, administrator: AsyncClient
) -> None:
    await records(administrator, f"{AT}/people/new", PERSON)
    given = {"person": PERSON["name"], "organisation": "td-sary", "role": "auditor", "reason": "№ 15 хат"}
    without_act = await checks(administrator, "/staff/accounts/new", given)
    assert without_act.status_code == 422
    assert soup(without_act).select_one("#act-message") is not None
    await records(administrator, "/staff/accounts/new?key=new", {**given, "role": "analyst"})
    async with story.sessions() as session:
        (person,) = await session.exec(select(PersonRow).where(PersonRow.name == PERSON["name"]))
        (row,) = await session.exec(select(AccountRow).where(AccountRow.person == person.id))
    assert (row.role, row.active) == ("analyst", True)
    opened = await administrator.get(f"/staff/accounts/{row.id}/change")
    typed = {name: values for name, values in fields(opened).items() if name != "active"}
    address = f"/staff/accounts/{row.id}/change"
    check = await administrator.post(address, data={**typed, "reason": "№ 16 хат", "action": "check"})
    assert (check.status_code, flaws(check)) == (200, [])
    assert (await presses(administrator, check, "send", {})).status_code == 303
    async with story.sessions() as session:
        ended = await session.get_one(AccountRow, row.id)
        grants = (await session.exec(select(GrantRow).where(GrantRow.account == row.id))).all()
    assert not ended.active
    assert [each.granted_by for each in grants] == ["a-uo-admin", "a-uo-admin"]
    own = await checks(
        administrator, "/staff/accounts/a-uo-admin/change", {"role": "head", "reason": "Өзіме"}
    )
    assert own.status_code == 422


async def test_a_day_of_the_calendar_tells_what_it_moves_before_it_is_declared(
    story: Story, administrator: AsyncClient
) -> None:
    await story.asks()
    moved = next(iter((await story.state()).deadlines.values())).due_on
    day = {
        "on": moved.isoformat(),
        "kind": "transferred_day_off",
        "name_kk": "Демалыс күні",
        "name_ru": "День отдыха",
        "name_en": "A day off",
        "act": "№ 109 қаулы",
        "reason": "№ 109 қаулы",
    }
    check = await checks(administrator, "/staff/calendar/new?lang=en", day)
    assert check.status_code == 200, words(check)
    assert "deadlines of 1 monitoring move" in words(check)
    assert story.number in words(check)
    async with story.sessions() as session:
        before = len((await session.exec(select(CalendarRow))).all())
    stale = await administrator.get("/staff/calendar/new?key=new&lang=en")
    assert (await presses(administrator, check, "send", {})).status_code == 303
    async with story.sessions() as session:
        assert len((await session.exec(select(CalendarRow))).all()) == before + 1
    late = await presses(administrator, stale, "check", {**day, "on": "2026-10-06"})
    assert (late.status_code, flaws(late)) == (409, []), words(late)


async def test_only_the_administrator_changes_and_others_read(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    assert (await browser.get(f"{AT}/people/new")).status_code == 303
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{AT}/spheres")
    assert (page.status_code, flaws(page)) == (200, [])
    assert soup(page).select("a.button, tbody a") == []
    for address in (f"{AT}/people/new", "/staff/accounts", "/staff/calendar/new"):
        assert (await browser.get(address)).status_code == 403
    sent = await browser.post(f"{AT}/people/new", data={**PERSON, "action": "send"})
    assert sent.status_code == 403
    async with story.sessions() as session:
        assert (await session.exec(select(PersonRow).where(PersonRow.name == PERSON["name"]))).all() == []


async def test_of_two_who_change_one_body_the_later_one_is_told(
    story: Story, administrator: AsyncClient
) -> None:
    at = f"{AT}/bodies/td-koko/version"
    opened = await administrator.get(f"{at}?lang=kk")
    await records(administrator, f"{at}?lang=kk&key=new", {"phone": "+7 700 000 00 01", "reason": "№ 20 хат"})
    late = await presses(administrator, opened, "check", {"email": "koko@example.kz", "reason": "№ 21 хат"})
    assert (late.status_code, flaws(late)) == (409, []), words(late)
    assert "koko@example.kz" in words(late), "nothing typed is lost"
    async with story.sessions() as session:
        rows = await session.exec(
            select(OrganisationVersionRow).where(OrganisationVersionRow.organisation == "td-koko")
        )
        last = max(rows, key=lambda row: row.valid_from)
    assert (last.phone, last.email != "koko@example.kz") == ("+7 700 000 00 01", True)


async def test_who_comes_after_a_body_is_said_or_that_nobody_does(
    story: Story, administrator: AsyncClient
) -> None:
    at, ends = f"{AT}/bodies/clinic-2/abolition?lang=kk&key=new", {"last_day": "30.09.2026", "reason": "№ 22"}
    for said in ({}, {"successor": "td-koko", "without_successor": "yes"}):
        refused = await checks(administrator, at, {**ends, **said})
        assert refused.status_code == 422, words(refused)
        assert soup(refused).select_one("#successor-message") is not None
    await records(administrator, at, {**ends, "without_successor": "yes"})


async def test_a_body_whose_first_day_is_to_come_is_in_the_list(administrator: AsyncClient) -> None:
    await records(administrator, f"{AT}/bodies/new", {**BODY, "valid_from": "01.12.2026"})
    for sought in ("", BODY["name_kk"]):
        page = await administrator.get(f"{AT}/bodies", params={"lang": "en", "q": sought})
        assert (page.status_code, flaws(page)) == (200, [])
        assert BODY["name_kk"] in words(page) or BODY["name_ru"] in words(page), sought
        assert "still to come" in words(page)


async def test_an_account_of_a_body_that_is_no_more_opens_nothing_and_says_so(
    story: Story, administrator: AsyncClient
) -> None:
    async with story.sessions.begin() as session:
        rows = await session.exec(
            select(OrganisationVersionRow).where(OrganisationVersionRow.organisation == "td-koko")
        )
        last = max(rows, key=lambda row: row.valid_from)
        last.valid_until = date(2026, 9, 1)
        session.add(last)
    page = await administrator.get("/staff/accounts?lang=en")
    assert "no: its body is abolished" in words(page)
    own = await administrator.get("/staff/accounts/a-koko-analyst?lang=en")
    assert "no: its body is abolished" in words(own)


async def test_whoever_may_not_keep_them_is_told_who_does(
    browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get("/staff/accounts?lang=en")
    assert (page.status_code, flaws(page)) == (403, [])
    assert "administrator" in words(page)
    assert "/registry/grants" in words(page)


async def test_what_was_done_is_said_directly_after_it_and_no_more(
    story: Story, app: FastAPI, administrator: AsyncClient, seeded_database: SeededDatabase
) -> None:
    check = await checks(administrator, f"{AT}/people/new?lang=kk", PERSON)
    sent = await presses(administrator, check, "send", {})
    said = str(sent.headers["location"])
    assert soup(await administrator.get(said)).select_one("p.notice[role=status]") is not None
    app.dependency_overrides[present] = lambda: NOW + timedelta(minutes=2)
    assert soup(await administrator.get(said)).select_one("p.notice[role=status]") is None
    typed = await administrator.get(f"{AT}/people?lang=kk&done=new_person")
    assert soup(typed).select_one("p.notice[role=status]") is None

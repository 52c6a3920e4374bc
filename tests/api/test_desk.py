"""A clerk at the authorized body's desk, with a real workflow behind the pages (rules 17, 18)."""

import asyncio
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from bs4 import BeautifulSoup, Tag

from tests.api import test_consolidation as api
from tests.api.world import PDF, World
from tests.pages.reading import flaws, soup, words

TODAY, ANALYST, HEAD, AUDITOR = api.TODAY, api.ANALYST, api.HEAD, api.AUDITOR
HOME = "/staff/consolidation"
NUMBER = f"P-{TODAY.year}-0001"
Fields = dict[str, str | list[str]]


@pytest_asyncio.fixture
async def clerk(office: World) -> httpx.AsyncClient:
    """The browser of an analyst of the authorized body."""
    return await signed_in(office, ANALYST)


async def signed_in(office: World, who: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=office.app, raise_app_exceptions=True)
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "kk"}
    browser = httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers)
    answer = await browser.post("/sign-in", data={"token": office.tokens[who]})
    assert answer.status_code == 303
    return browser


def typed(page: httpx.Response) -> Fields:
    """What a page's form would send as it stands, buttons and files left out."""
    form = BeautifulSoup(page.text, "html.parser").find("form", id="form")
    assert isinstance(form, Tag), page.text[:2_000]
    sent: dict[str, list[str]] = {}
    for each in form.find_all(["input", "textarea", "select"]):
        kind = each.get("type", "")
        if kind == "file" or (kind in {"radio", "checkbox"} and not each.has_attr("checked")):
            continue
        if each.name == "select":
            chosen = each.find("option", selected=True)
            value = str(chosen["value"]) if isinstance(chosen, Tag) else ""
        elif each.name == "textarea":
            value = each.get_text().removeprefix("\n")
        else:
            value = str(each.get("value", ""))
        sent.setdefault(str(each["name"]), []).append(value)
    return dict(sent)


def filled_in(**changes: str | list[str]) -> Fields:
    return {
        "sender": "td-sary",
        "kind": "thematic",
        "received_on": TODAY.strftime("%d.%m.%Y"),
        "started_on": (TODAY - timedelta(days=40)).isoformat(),
        "ended_on": (TODAY - timedelta(days=10)).isoformat(),
        "language": "kk",
        "title": "Балабақшаларға кезек",
        "object-1": "land-sary",
        "conclusions": "Кезек ашық жүргізілмейді.",
        "finding-1": "Кезек тізімі жарияланбайды.",
        "item-kind-1": "proposal",
        "item-addressee-1": "land-sary",
        "item-text-1": "Кезекті ашық жүргізу.",
        "item-basis-1": "f1",
        **changes,
    }


async def presses(
    browser: httpx.AsyncClient,
    page: httpx.Response,
    action: str,
    file: bytes = b"",
    /,
    **changes: str | list[str],
) -> httpx.Response:
    """Fill in the form of a page and press one of its buttons."""
    form = BeautifulSoup(page.text, "html.parser").find("form", id="form")
    assert isinstance(form, Tag)
    files = {"upload": ("Есеп.pdf", file, "application/pdf")} if file else None
    data = {**typed(page), **changes, "action": action}
    return await browser.post(str(form["action"]), data=data, files=files)


async def registers(
    browser: httpx.AsyncClient, file: bytes = PDF, **changes: str | list[str]
) -> httpx.Response:
    form = await browser.get(f"{HOME}/paper?lang=kk")
    check = await presses(browser, form, "check", file, **filled_in(**changes))
    assert check.status_code == 200, words(check)
    return await presses(browser, check, "send")


async def test_rules_17_and_18_from_the_paper_to_the_completed_round(
    office: World, clerk: httpx.AsyncClient
) -> None:
    form = await clerk.get(f"{HOME}/paper?lang=kk")
    check = await presses(clerk, form, "check", PDF, **filled_in())
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert "Кезек тізімі жарияланбайды." in words(check)
    assert "Есеп.pdf" in words(check)
    done = await presses(clerk, check, "send")
    assert done.status_code == 303, words(done)
    inbox = await clerk.get(done.headers["location"])
    assert f"Есеп № {NUMBER} болып тіркелді." in words(inbox)
    file = await clerk.get(f"{HOME}/reports/{NUMBER}/file")
    assert file.content == PDF
    report = await clerk.get(f"{HOME}/reports/{NUMBER}")
    assert "Кезекті ашық жүргізу." in words(report)

    consider = await clerk.get(f"{HOME}/reports/{NUMBER}/consider")
    check = await presses(clerk, consider, "check", note="Қаралды.\nТалданды.")
    assert check.status_code == 200
    done = await presses(clerk, check, "send")
    assert done.status_code == 303, words(done)
    row = soup(await clerk.get(f"{HOME}/inbox")).select_one(f"#report-{NUMBER}")
    assert row is not None
    assert "Талданды." in row.get_text()
    assert row.select_one(".waits") is None

    head = await signed_in(office, HEAD)
    complete = await head.get(f"{HOME}/rounds/1/complete")
    check = await presses(head, complete, "check", note="Шолу жасалды.")
    done = await presses(head, check, "send")
    assert done.status_code == 303, words(done)
    auditor = await signed_in(office, AUDITOR)
    seen = words(await auditor.get(f"{HOME}/inbox?lang=en"))
    assert "The review was completed" in seen
    assert "Шолу жасалды." in seen
    late = await head.get(f"{HOME}/rounds/1/complete")
    assert (late.status_code, flaws(late)) == (409, [])


async def test_pressed_twice_it_is_registered_once(office: World, clerk: httpx.AsyncClient) -> None:
    form = await clerk.get(f"{HOME}/paper")
    check = await presses(clerk, form, "check", PDF, **filled_in())
    both = await asyncio.gather(presses(clerk, check, "send"), presses(clerk, check, "send"))
    later = await presses(clerk, check, "send")
    assert {each.status_code for each in (*both, later)} == {303}
    for each in (*both, later):
        leads = httpx.URL(each.headers["location"])
        told = {name: leads.params[name] for name in ("done", "about", "lang")}
        assert (leads.path, told) == (
            f"{HOME}/inbox",
            {"done": "registered", "about": NUMBER, "lang": "kk"},
        )
    other = await presses(clerk, check, "send", title="Басқа атау")
    assert (other.status_code, flaws(other)) == (409, [])
    assert typed(other)["title"] == ["Басқа атау"]
    assert typed(other)["key"] != typed(check)["key"]
    listed = (await office.call(ANALYST, "GET", "/consolidation/reports")).json()
    assert len(listed) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": (TODAY + timedelta(days=1)).isoformat()}, "received_on"),
        ({"sender": "uo"}, "sender"),
        ({"started_on": TODAY.isoformat()}, "ended_on"),
        ({"ended_on": TODAY.isoformat(), "received_on": "01.02.2026"}, "received_on"),
        ({"title": " "}, "title"),
        ({"sender": "nobody"}, "sender"),
        ({"item-kind-1": [], "item-text-1": ""}, "item-kind-1"),
        ({"finding-1": ""}, "item-basis-1"),
        ({"item-addressee-2": "land-sary"}, "item-text-2"),
        ({"received_on": "кеше"}, "received_on"),
        ({"conclusions": "ө" * 20_001}, "conclusions"),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    clerk: httpx.AsyncClient, changes: Fields, field: str
) -> None:
    form = await clerk.get(f"{HOME}/paper?lang=ru")
    given = filled_in(**changes)
    page = await presses(clerk, form, "check", PDF, **given)
    assert page.status_code in {409, 422}
    assert flaws(page) == []
    assert soup(page).select_one(f"#{field}-message") is not None, words(page)[:600]
    kept = typed(page)
    for name, value in given.items():
        if value and value not in {"nobody", "uo"}:  # no choices of the form
            assert kept[name] == [value], name
    assert kept["attached"]
    mended = await presses(clerk, page, "check", **{"item-addressee-2": ""}, **filled_in())
    assert mended.status_code == 200, words(mended)[:600]


async def test_the_same_file_is_not_registered_twice_and_a_bad_one_is_named(
    clerk: httpx.AsyncClient,
) -> None:
    assert (await registers(clerk)).status_code == 303
    form = await clerk.get(f"{HOME}/paper?lang=kk")
    again = await presses(clerk, form, "check", PDF, **filled_in())
    assert again.status_code == 422
    assert soup(again).select_one("#upload-message") is not None
    assert NUMBER in words(again)
    form = await clerk.get(f"{HOME}/paper?lang=kk")
    for file in (b"MZ\x00 not a report", b"%PDF-1.7" + b"x" * 100_001):
        bad = await presses(clerk, form, "check", file, **filled_in())
        assert (bad.status_code, flaws(bad)) == (422, [])
        assert soup(bad).select_one("#upload-message") is not None


async def test_rows_are_added_and_a_language_is_changed_without_losing_a_word(
    clerk: httpx.AsyncClient,
) -> None:
    form = await clerk.get(f"{HOME}/paper?lang=kk")
    for rows, field in (("findings", "#finding-6"), ("items", "#item-text-6"), ("objects", "#object-6")):
        assert soup(form).select_one(field) is None
        form = await presses(clerk, form, f"add-{rows}", **filled_in())
        assert (form.status_code, flaws(form)) == (200, [])
        assert soup(form).select_one(field) is not None
    russian = await clerk.post(f"{HOME}/paper?lang=ru", data={**typed(form), "action": "change"})
    assert russian.headers["content-language"] == "ru"
    assert typed(russian) == typed(form)
    check = await presses(clerk, russian, "check", PDF, **{"finding-6": "Алтыншы мәселе."})
    assert "Алтыншы мәселе." in words(check)

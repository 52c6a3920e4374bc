"""A second tab at the desk: what is done already is said, and no form is offered that cannot succeed."""

import httpx
import pytest

from activities.files.types import ALLOWED
from locales.catalogue import text
from locales.dates import say_size
from models.vocabulary.procedure import Language
from tests.api import test_desk as desk
from tests.api.world import PDF, World
from tests.pages.reading import flaws, soup, words

clerk = desk.clerk
HOME, NUMBER = desk.HOME, desk.NUMBER


@pytest.mark.parametrize("action", ["check", "send"])
async def test_rule_18_a_report_considered_meanwhile_closes_the_second_tab(
    clerk: httpx.AsyncClient, action: str
) -> None:
    await desk.registers(clerk)
    stale = await clerk.get(f"{HOME}/reports/{NUMBER}/consider")
    check = await desk.presses(clerk, stale, "check", note="Қаралды.")
    assert (await desk.presses(clerk, check, "send")).status_code == 303
    other = await clerk.get(f"{HOME}/inbox")
    assert other.status_code == 200
    second = await clerk.post(
        f"{HOME}/reports/{NUMBER}/consider", data={"note": "Тағы.", "action": action, "key": "f" * 32}
    )
    assert (second.status_code, flaws(second)) == (409, [])
    assert soup(second).find("form", id="form") is None


async def test_a_report_that_is_not_there_is_not_found(office: World, clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(f"{HOME}/reports/nope/consider")
    assert (page.status_code, flaws(page)) == (404, [])
    path = "/consolidation/reports/nope/consider"
    answer = await office.call(desk.ANALYST, "POST", path, json={"note": "Қаралды."})
    assert (answer.status_code, answer.json()["code"]) == (404, "report_not_in_inbox")


async def test_a_refused_file_is_one_error_and_the_hint_names_what_is_taken(
    clerk: httpx.AsyncClient,
) -> None:
    form = await clerk.get(f"{HOME}/paper?lang=en")
    bad = await desk.presses(clerk, form, "check", b"MZ\x00 not a report", **desk.filled_in())
    assert len(soup(bad).select('a[href="#upload"]')) == 1
    hint = soup(bad).select("#upload-hint")[0].get_text()
    assert ALLOWED.upper() in hint
    assert f"up to {say_size(Language.EN, 100_000)}" in hint


async def test_the_title_is_headed_as_a_title_before_registering(clerk: httpx.AsyncClient) -> None:
    form = await clerk.get(f"{HOME}/paper?lang=ru")
    check = await desk.presses(clerk, form, "check", PDF, **desk.filled_in())
    labels = [each.get_text(strip=True) for each in soup(check).select("dt")]
    assert text(Language.RU, "page.desk.paper.title_field") in labels
    assert text(Language.RU, "page.desk.paper.title") not in labels


async def test_a_completed_round_is_said_to_be_completed(office: World, clerk: httpx.AsyncClient) -> None:
    head = await desk.signed_in(office, desk.HEAD)
    complete = await head.get(f"{HOME}/rounds/1/complete?lang=ru")
    check = await desk.presses(head, complete, "check", note="Қаралды.")
    assert (await desk.presses(head, check, "send")).status_code == 303
    told = words(await head.get(f"{HOME}?lang=ru"))
    assert "период рассмотрения № 1 (до" in told
    assert "завершён" in told

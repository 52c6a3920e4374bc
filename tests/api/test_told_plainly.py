"""What the reader is told names bodies, deadlines and cells in words, never by the product's own ids."""

from typing import Any

import pytest

from api.history.rules_said import rule_said, rules_said
from api.http.problems import sentence
from locales.catalogue import text
from models.calendar.csv import read_calendar
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refusal, Refused
from tests.api.test_commands import start_body
from tests.api.world import World

Json = dict[str, Any]
HEAD = "edition;kz-2027.1;;;;\nannounced_through;31.12.2027;;;;\ndate;kind;kk;ru;en;act\n"


async def told(world: World, who: str, path: str, body: Json, language: Language) -> tuple[int, Json]:
    answer = await world.call(who, "POST", path, json=body, headers={"Accept-Language": language.value})
    problem: Json = answer.json()
    return answer.status_code, problem


@pytest.mark.parametrize("language", Language)
async def test_rule_10_names_the_body_that_may_conduct_thematic_only(
    world: World, language: Language
) -> None:
    body = start_body() | {"kind": "comprehensive", "conductors": ["ashyk-kezek"]}
    status, problem = await told(world, "ashyk-analyst", "/monitorings", body, language)
    assert (status, problem["code"]) == (422, "comprehensive_by_other_subject")
    assert "ashyk-kezek" not in problem["detail"]


@pytest.mark.parametrize("conductors", [["td-sary"], ["td-sary", "uo"]])
async def test_rule_2_who_leads_is_named_first(world: World, conductors: list[str]) -> None:
    body = start_body() | {"conductors": conductors}
    status, problem = await told(world, "uo-analyst", "/monitorings", body, Language.EN)
    assert status == 403
    assert problem["code"] in {"own_body_not_first", "own_body_not_conducting"}
    assert problem["errors"][0]["pointer"] == "/conductors"
    assert "first" in problem["detail"]
    assert "“uo”" not in problem["detail"]


async def test_a_code_that_is_taken_is_named_at_its_field(world: World) -> None:
    body = {
        "code": "SARY",
        "kind": "state_organisation",
        "name_kk": "Жаңа ұйым",
        "name_ru": "Новая организация",
        "legal_person": "new-body",
        "reason": "Құрылды",
    }
    path = "/registry/organisations/new-body/versions"
    status, problem = await told(world, "uo-admin", path, body, Language.EN)
    assert (status, problem["code"], problem["errors"][0]["pointer"]) == (409, "code_taken", "/code")
    assert "SARY is in use already" in problem["detail"]


@pytest.mark.parametrize("year", ["1989", "2101", "abc", "٢٠٢٦"])
async def test_which_years_the_calendar_has(world: World, year: str) -> None:
    answer = await world.call("sary-analyst", "GET", f"/calendar/years/{year}")
    assert (answer.status_code, answer.json()["code"]) == (404, "year_out_of_range")
    assert "1990" in answer.json()["detail"]


async def test_a_day_s_name_is_no_formula_and_a_date_is_said_as_people_say_it(world: World) -> None:
    names = {"kk": "=cmd()", "ru": "День", "en": "Day"}
    day = {"on": "2126-12-31", "kind": "closure", "names": names, "act": "№ 1"}
    body = {"declare": [day], "reason": "Өзгеріс"}
    _, problem = await told(world, "uo-admin", "/calendar/days", body, Language.RU)
    said = {each["pointer"]: each["detail"] for each in problem["errors"]}
    assert "не должен начинаться" in said["/declare/0/names/kk"]
    assert said["/declare/0/on"] == "Дата должна быть между 01.01.1990 и 31.12.2100."


@pytest.mark.parametrize("awaited", ["information_request", "reply", "invitation"])
@pytest.mark.parametrize("language", Language)
def test_a_deadline_is_called_by_what_it_awaits(language: Language, awaited: str) -> None:
    params = {"deadline": f"{awaited}:q-2b34313485dfbd8a", "awaited": awaited}
    for code in ("deadline_paused", "deadline_not_open", "already_paused", "not_paused"):
        said = sentence(language, Refusal(code=code, params=params))
        assert text(language, f"term.deadline_subject.{awaited}") in said
        assert "q-2b" not in said


def test_a_calendar_as_a_spreadsheet_of_the_country_saves_it_is_read() -> None:
    edition = read_calendar(HEAD + "01.06.2027;closure;Жабық;Закрыто;Closed, all day;№ 1\n")
    assert edition.announced_through.isoformat() == "2027-12-31"
    assert [(day.on.isoformat(), day.names.en) for day in edition.days] == [("2027-06-01", "Closed, all day")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2027-13-01;closure;а;б;c;", "2027-13-01"),
        ("2027-06-01;party;а;б;c;", "party"),
        ("2027-06-01;closure;=1;б;c;", "=1"),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_the_bad_cell_of_a_calendar_is_named(language: Language, line: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_calendar(HEAD + line + "\n")
    said = sentence(language, refused.value.refusals[0])
    assert words in said
    assert "4" in said


def test_the_annex_and_readings_are_told_from_paragraphs() -> None:
    assert rules_said(Language.RU, ("15", "annex")) == "пункт Правил: 15; приложение к Правилам"
    assert rules_said(Language.RU, ("18", "A4")) == "пункт Правил: 18; толкование A4"
    assert rule_said(Language.KK, "annex") == "қосымша"
    assert rule_said(Language.EN, "A4") == "reading A4"


def test_a_sentence_ends_with_one_full_stop() -> None:
    said = text(Language.RU, "page.reply.received", date="26 ноября 2026 г.")
    assert said.endswith("2026 г.")
    assert not said.endswith("..")

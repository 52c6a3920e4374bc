"""Whatever somebody has to state is stated: no reason, act or note is a dash or a full stop."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.http.requests import Line, Text
from api.pages.forms.typed import Reader, Typed
from models.vocabulary.texts import says_something
from tests.api.test_routes import routes
from tests.api.world import World

NOTHING = ("-", ".", "—", "–", "…", "«»", "?!", "- -", "№", "\u00ad-")
STATED = ("жоқ", "б/н", "№ 1", "нет", "n/a", "7")
NAMES = frozenset({"reason", "note", "act", "question", "answer", "minutes_number", "decision_number"})
"""What people state why, by which act, or as whom."""


@pytest.mark.parametrize("kind", [Text, Line], ids=["of several lines", "of one line"])
def test_a_text_that_is_stated_has_a_letter_or_a_figure(kind: Any) -> None:
    checks: TypeAdapter[str] = TypeAdapter(kind)
    for text in STATED:
        assert checks.validate_python(text) == text
    for text in NOTHING:
        with pytest.raises(ValidationError) as refused:
            checks.validate_python(text)
        assert [error["type"] for error in refused.value.errors()] == ["text_says_nothing"], text
        assert not says_something(text)


HASHES = {"confirm_conduct": {"act"}}
"""Where the word names a file by its hash."""


def bodies() -> Iterator[tuple[str, type[BaseModel]]]:
    for route in routes():
        kind = route.body_field.field_info.annotation if route.body_field else None
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield route.name, kind


def stated() -> list[tuple[str, type[BaseModel], str]]:
    return [
        (name, kind, field)
        for name, kind in bodies()
        for field, info in kind.model_fields.items()
        if field in NAMES and "str" in str(info.annotation) and field not in HASHES.get(name, ())
    ]


def test_every_command_that_asks_for_words_refuses_those_that_say_nothing() -> None:
    asked = stated()
    assert len(asked) > 30, "the walk finds them"
    for name, kind, field in asked:
        with pytest.raises(ValidationError) as refused:
            kind.model_validate({field: "—"})
        at_field = [error["type"] for error in refused.value.errors() if error["loc"] == (field,)]
        assert at_field == ["text_says_nothing"], (name, field)


async def test_an_abolition_rests_on_an_act(world: World) -> None:
    path = "/registry/organisations/akimat-zhan"
    for place, body in (
        ("abolition", {"last_day": "2027-01-01", "reason": "-"}),
        ("succession", {"successor": "akimat-sary", "reason": "."}),
        ("versions", {"name_kk": "Жаңа", "reason": "—"}),
    ):
        answer = await world.call("uo-admin", "POST", f"{path}/{place}", json=body)
        assert answer.status_code == 422, place
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/reason"], place


async def test_a_monitoring_is_led_on_and_ended_for_stated_reasons(world: World) -> None:
    case = await world.started()
    for who, path in (
        ("sary-head", "cancellation"),
        ("sary-head", "report/correction"),
        ("sary-head", "addressees/akimat-sary/omission"),
        ("sary-head", "report/versions/1/return"),
    ):
        answer = await world.call(who, "POST", f"{case.path}/{path}", json={"reason": "—"})
        assert answer.status_code == 422, path
        assert answer.json()["errors"][0]["pointer"] == "/reason", path


async def test_rules_7_6_and_16_2_what_is_said_of_a_source_and_of_no_grounds_is_said(world: World) -> None:
    case = await world.started()
    source = {
        "id": "s-new",
        "kind": 6,
        "title": {"kk": "Бақылау"},
        "owner": "td-sary",
        "reference": "№ 7 анықтама",
        "obtained_on": "2026-01-12",
        "access": "open",
        "lawfulness_note": "Заң тыйым салмайды",
    }
    for field in ("owner", "reference", "lawfulness_note"):
        path = f"{case.path}/sources"
        answer = await world.call("sary-analyst", "POST", path, json=source | {field: "—"})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{field}"), answer.text
    draft = {"decision": {"no_grounds": {"kk": "-"}}}
    answer = await world.call("sary-analyst", "PUT", f"{case.path}/draft", json=draft)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/decision/no_grounds/kk"


@pytest.mark.parametrize("typed", NOTHING)
def test_a_page_asks_for_words_in_place_of_a_dash(typed: str) -> None:
    reader = Reader(Typed(fields={"reason": (typed,), "note": (typed,)}))
    reader.text("reason", "reason_missing")
    reader.line("reason", "reason_missing")
    reader.text("note")  # may be left out, so it may be a dash
    assert [fault.key for fault in reader.faults] == ["reason_missing"] * 2

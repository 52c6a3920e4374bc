"""What XML does not know is refused wherever people send texts; marks that do not show part nothing."""

import pytest

from models.register.wording import plain
from tests.api.world import World

NOWHERE = "Мектеп\uffff"


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("{case}/findings", {"id": "f9", "text": {"kk": NOWHERE}}, "/text/kk"),
        ("{case}/cancellation", {"reason": NOWHERE}, "/reason"),
        ("/monitorings", {"kind": "thematic", "title": {"ru": NOWHERE}}, "/title/ru"),
    ],
)
async def test_what_stands_for_no_character_is_refused_with_its_place(
    world: World, path: str, body: dict[str, object], pointer: str
) -> None:
    case = await world.started()
    answer = await world.call("sary-analyst", "POST", path.format(case=case.path), json=body)
    assert answer.status_code == 422, answer.text
    said = {each["pointer"]: each["detail"] for each in answer.json()["errors"]}
    assert "сәйкес келмейтін кодтар" in said[pointer]
    assert "\uffff" not in answer.text


async def test_a_registry_takes_none_either(world: World) -> None:
    body = {"name_kk": NOWHERE, "name_ru": "Школа", "reason": "№ 1"}
    answer = await world.call("uo-admin", "PUT", "/registry/spheres/x-1", json=body)
    assert answer.status_code == 422, answer.text


async def test_nor_does_a_files_name(world: World) -> None:
    case = await world.started()
    files = {"file": ("есеп\uffff.txt", b"text", "text/plain")}
    answer = await world.call("sary-analyst", "POST", f"{case.path}/attachments", files=files)
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("title", ["\u3164", "\u2800", "—", "\u00ad\u200b", "\u0301"])
async def test_a_title_that_looks_empty_is_refused(world: World, title: str) -> None:
    body = {
        "kind": "thematic",
        "title": {"kk": title},
        "spheres": ["healthcare"],
        "objects": ["clinic-2"],
        "studied_from": "2026-01-01",
        "studied_until": "2026-06-30",
    }
    answer = await world.call("sary-analyst", "POST", "/monitorings", json=body)
    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/title/kk"]


@pytest.mark.parametrize(
    "other", ["Мек\u00adтепте  кезек бар.", "мектепте ке\u200bзек бар", "Мeктепте кезек бар"]
)
def test_texts_that_read_alike_repeat_each_other(other: str) -> None:
    assert plain("Мектепте кезек бар") == plain(other)

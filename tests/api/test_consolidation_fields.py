"""Whoever sends the consolidation something wrong is told which field it is and why, in his language."""

from typing import Final

import pytest

from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.api.inbox import begun
from tests.api.test_consolidation import ANALYST, HEAD, paper
from tests.api.world import PDF, World

REPORTS: Final = "/consolidation/reports"
FINDING: Final = {"id": "f1", "text": {"kk": "Кезек ашық емес."}}
PROPOSAL: Final = {
    "id": "i1",
    "kind": "proposal",
    "addressee": "land-sary",
    "text": {"kk": "Кезекті ашық жүргізу."},
    "basis": "f1",
}
QUEUE: Final = {"kind": "quantitative", "id": "q1", "role": "state", "name": {"kk": "Кезек"}, "value": "4"}


async def faults(world: World, path: str, language: Language, **request: object) -> list[tuple[str, str]]:
    """The pointers and sentences of a refused request."""
    headers = {
        "Accept-Language": language.value,
        "Idempotency-Key": f"{path}-{language.value}".replace("/", "."),
    }
    answer = await world.call(HEAD, "POST", path, headers=headers, **request)
    assert answer.status_code == 422, answer.text
    return [(fault["pointer"], fault["detail"]) for fault in answer.json()["errors"]]


async def uploads(world: World) -> str:
    files = {"file": ("Есеп.pdf", PDF, "application/pdf")}
    answer = await world.call(ANALYST, "POST", "/consolidation/files", files=files)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("changes", "pointer", "key", "params"),
    [
        pytest.param(
            {"sender": "nobody"},
            "/sender",
            "problem.organisation_unknown",
            {"organisation": "nobody"},
            id="sender",
        ),
        pytest.param(
            {"objects": ["land-sary", "nobody"]},
            "/objects/1",
            "problem.organisation_unknown",
            {"organisation": "nobody"},
            id="object",
        ),
        pytest.param(
            {"items": [PROPOSAL, {**PROPOSAL, "id": "i2", "addressee": "nobody"}]},
            "/items/1/addressee",
            "problem.organisation_unknown",
            {"organisation": "nobody"},
            id="addressee",
        ),
        pytest.param(
            {"spheres": ["land-relations", "moon"]},
            "/spheres/1",
            "problem.sphere_unknown",
            {"sphere": "moon"},
            id="sphere",
        ),
        pytest.param(
            {"findings": [FINDING, FINDING]},
            "/findings/1/id",
            "problem.item_exists",
            {"item": "f1"},
            id="twice",
        ),
        pytest.param(
            {"items": [{**PROPOSAL, "basis": "f9"}]},
            "/items/0/basis",
            "problem.item_unknown",
            {"item": "f9"},
            id="basis",
        ),
        pytest.param({"file": "a-unknown"}, "/file", "problem.attachment_unknown", {}, id="file"),
        pytest.param(
            {"indicators": [{**QUEUE, "value": "12345678901234567"}]},
            "/indicators/0/value",
            "field.decimal_whole_digits",
            {"whole_digits": 16},
            id="digits",
        ),
        pytest.param({"title": {"kk": " "}}, "/title", "field.title_missing", {}, id="title"),
        pytest.param({"sender": ""}, "/sender", "field.text_blank", {}, id="no sender"),
    ],
)
async def test_a_paper_report_tells_which_field_is_wrong_and_why(
    world: World,
    language: Language,
    changes: dict[str, object],
    pointer: str,
    key: str,
    params: dict[str, object],
) -> None:
    await begun(world.sessions)
    body = paper(await uploads(world)) | changes
    assert await faults(world, REPORTS, language, json=body) == [(pointer, text(language, key, **params))]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("note", ["", " \n "])
@pytest.mark.parametrize("path", [f"{REPORTS}/P-2026-0001/consider", "/consolidation/rounds/1/complete"])
async def test_an_empty_note_is_called_a_blank_text(
    world: World, language: Language, note: str, path: str
) -> None:
    await begun(world.sessions)
    blank = ("/note", text(language, "field.text_blank"))
    assert await faults(world, path, language, json={"note": note}) == [blank]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("name", "content", "key"), [("Есеп.pdf", b"", "file_empty"), ("\u202e.pdf", PDF, "file_name")]
)
async def test_a_file_that_is_not_taken_tells_why(
    world: World, language: Language, name: str, content: bytes, key: str
) -> None:
    await begun(world.sessions)
    files = {"file": (name, content, "application/pdf")}
    told = await faults(world, "/consolidation/files", language, files=files)
    assert told == [("/file", text(language, f"field.{key}"))]

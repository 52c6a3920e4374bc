"""Bad input gets a problem, in the reader's language; nothing of it reaches the database or becomes a 5xx."""

import json
import logging

import httpx
import pytest

from api.app import create_app
from api.http.languages import preferred_language
from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.api.test_under_repair import services_of
from tests.api.world import World

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", Language.KK),
        ("ru", Language.RU),
        ("en-GB,en;q=0.9", Language.EN),
        ("de, ru;q=0.3, en;q=0.7", Language.EN),
        ("ru;q=0, kk;q=0.1", Language.KK),
        ("*;q=x, ru;q=nonsense", Language.KK),
    ],
)
def test_language_is_the_preferred_one_of_ours(header: str, language: Language) -> None:
    assert preferred_language(header) is language


async def test_problem_speaks_the_readers_language(world: World) -> None:
    said = {}
    for language in ("kk", "ru", "en"):
        answer = await world.call(
            "sary-analyst", "GET", "/monitorings/2026-NONE-0001", headers={"Accept-Language": language}
        )
        assert answer.status_code == 404
        assert answer.headers["content-type"] == PROBLEM
        assert answer.headers["content-language"] == language
        problem = answer.json()
        assert problem["status"] == 404
        assert problem["type"].endswith(problem["code"])
        said[language] = problem["detail"]
    assert len(set(said.values())) == 3


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"[]",
        b"null",
        b'{"kind": "thematic"}',
        b'{"title": {"kk": "\\u0000"}, "kind": "thematic"}',
        b"[" * 100_000,
        b'{"kind": ' + b"9" * 5_000 + b"}",
        b"\xff\xfe",
    ],
)
async def test_unreadable_bodies_are_422(world: World, body: bytes) -> None:
    answer = await world.call(
        "sary-analyst", "POST", "/monitorings", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in {400, 422}, answer.text
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\ud800", " \n ", ""])
async def test_control_characters_surrogates_and_blanks_are_refused_by_field(world: World, text: str) -> None:
    case = await world.started()
    body = json.dumps({"reason": text}).encode()
    answer = await world.call(
        "sary-analyst",
        "POST",
        f"{case.path}/cancellation",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/reason"


async def test_unknown_fields_are_refused_at_every_depth(world: World) -> None:
    case = await world.started()
    source = {
        "id": "s-1",
        "kind": 1,
        "title": {"kk": "Есеп", "kz": "Есеп"},
        "owner": "Орган",
        "reference": "https://example.kz",
        "obtained_on": "2026-01-10",
        "access": "open",
    }
    answer = await world.call("sary-analyst", "POST", f"{case.path}/sources", json=source)
    assert answer.status_code == 422
    unknown = text(Language.KK, "field.extra_forbidden")
    assert answer.json()["errors"] == [{"pointer": "/title/kz", "detail": unknown}]


@pytest.mark.parametrize(
    "path", ["/monitorings?stge=collection", "/monitorings?stage=collection&page=2", "/me?x="]
)
async def test_a_word_of_an_address_that_the_route_does_not_know_is_refused(world: World, path: str) -> None:
    answer = await world.call("sary-analyst", "GET", path)
    unknown = text(Language.KK, "field.extra_forbidden")
    given = path.rpartition("?")[2].rpartition("&")[2].partition("=")[0]
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"pointer": f"query:{given}", "detail": unknown}],
    )


async def test_a_problem_about_a_lone_surrogate_is_still_json(world: World) -> None:
    answer = await world.call(
        "sary-analyst",
        "POST",
        "/monitorings",
        content=b'{"\\ud800": 1}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"]


@pytest.mark.parametrize(
    "path",
    [
        "/monitorings?cursor=%00",
        "/monitorings?cursor=bm9uc2Vuc2U",
        "/monitorings?cursor=WyJhIiwiYiJd",
        "/monitorings?cursor=WyIyMDI2LTAxLTAxIiwiYiJd",
        "/monitorings?text=%00",
        "/monitorings?text=%26%7C%21",
        "/monitorings?conductor=%00",
        "/monitorings?year=99999999999999999999",
        "/monitorings?limit=0",
        "/monitorings/%00",
        "/monitorings/2026-SARY-0001%00",
        "/registry/organisations?on=9999-12-31",
        "/calendar/explain?from=2026-01-01&working_days=100000",
    ],
)
async def test_bad_parameters_are_client_errors(world: World, path: str) -> None:
    answer = await world.call("sary-analyst", "GET", path)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == PROBLEM


async def test_unknown_addresses_and_methods_are_problems_too(world: World) -> None:
    assert (await world.call(None, "GET", "/nothing")).json()["code"] == "not_found"
    answer = await world.call(None, "DELETE", "/health/live")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


async def test_dates_far_away_are_refused_because_days_are_counted_one_by_one(world: World) -> None:
    case = await world.started()
    answer = await world.call(
        "sary-analyst", "POST", f"{case.path}/collection", json={"began_on": "9999-12-31"}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/began_on"


async def test_large_requests_are_refused(world: World) -> None:
    answer = await world.call(
        "sary-analyst",
        "POST",
        "/monitorings",
        content=b" " * (4 * 1024 * 1024 + 1),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


async def test_an_unforeseen_error_is_a_problem_and_the_log_has_no_personal_data(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(services_of(world).settings)

    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("Ерлан Серікұлы typed this")

    with caplog.at_level(logging.ERROR):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.example.kz") as client:
            answer = await client.get("/api/v1/broken")
    assert answer.status_code == 500
    problem = answer.json()
    assert problem["code"] == "internal"
    assert problem["instance"].removeprefix("urn:uuid:") in caplog.text
    assert "RuntimeError" in caplog.text
    assert "Ерлан" not in caplog.text + answer.text


WRONG_FIELDS: tuple[tuple[dict[str, object], str], ...] = (
    ({"studied_from": "кеше"}, "/studied_from"),
    ({"studied_from": "9999-01-01"}, "/studied_from"),
    ({"kind": "other"}, "/kind"),
    ({"titel": {}}, "/titel"),
    ({"title": {"kk": "екі\nжол"}}, "/title/kk"),
    ({"title": "атау"}, "/title"),
    ({"title": {"kk": "ұ" * 501}}, "/title/kk"),
    ({"spheres": "бір"}, "/spheres"),
)


@pytest.mark.parametrize(("wrong", "pointer"), WRONG_FIELDS, ids=lambda value: str(value)[:30])
async def test_what_is_wrong_with_a_field_is_said_in_the_readers_language(
    world: World, wrong: dict[str, object], pointer: str
) -> None:
    start: dict[str, object] = {"kind": "thematic", "title": {"kk": "Атау"}, "spheres": ["land-relations"]}
    period = {"studied_from": "2026-01-01", "studied_until": "2026-06-30"}
    said = set()
    for language in ("kk", "ru", "en"):
        answer = await world.call(
            "sary-analyst",
            "POST",
            "/monitorings",
            json={**start, **period, **wrong},
            headers={"Accept-Language": language},
        )
        (fault,) = answer.json()["errors"]
        assert fault["pointer"] == pointer
        assert fault["detail"] != text(Language(language), "field.other"), "this fault has its own sentence"
        said.add(fault["detail"])
    assert len(said) == 3

"""The codec for Temporal's tools: it opens payloads for auditors, for the UI's page, and for nobody else."""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from typing import Final

import httpx
import pytest
import pytest_asyncio
from temporalio.api.common.v1 import Payload

from activities.encryption.data_converter import codec_of
from api.http.codec_origin import COOKIE
from models.settings.environment import Settings
from tests.api_contract.reader import as_json
from tests.confidential.keys import NEW, OLD, settings_with
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase

UI: Final = "http://127.0.0.1:8233"
DECODE: Final = "/api/v1/codec/decode"
SIGN_IN: Final = "/api/v1/codec/sign-in"
AUDITOR: Final = "uo-auditor"
PROBLEM: Final = "application/problem+json"


@pytest.fixture
def sealing(seeded_database: SeededDatabase) -> Settings:
    return settings_with(OLD, database_url=seeded_database.url, temporal_ui_origin=UI)


@pytest_asyncio.fixture
async def client(sealing: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with application(sealing) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield client


@pytest.fixture
def auditor(seeded_database: SeededDatabase) -> dict[str, str]:
    return {"Authorization": f"Bearer {seeded_database.tokens[AUDITOR]}"}


def written(payload: Payload) -> dict[str, object]:
    """A payload as Temporal's tools write it (protobuf's JSON)."""
    metadata = {name: b64encode(value).decode() for name, value in payload.metadata.items()}
    return {"metadata": metadata, "data": b64encode(payload.data).decode()}


async def sealed(settings: Settings, *texts: str) -> dict[str, object]:
    plain = [Payload(metadata={"encoding": b"json/plain"}, data=f'"{text}"'.encode()) for text in texts]
    return {"payloads": [written(payload) for payload in await codec_of(settings).encode(plain)]}


def texts_of(answer: httpx.Response) -> list[str]:
    return [b64decode(payload["data"]).decode() for payload in answer.json()["payloads"]]


async def test_an_auditor_reads_as_many_payloads_in_the_same_order(
    client: httpx.AsyncClient, sealing: Settings, auditor: dict[str, str]
) -> None:
    body = await sealed(sealing, "бірінші", "second")
    body["payloads"] = [*body["payloads"], {"metadata": {"encoding": "YmluYXJ5L251bGw="}}]  # type: ignore[misc]
    as_the_ui = {"params": {"preserveStorageRefs": "true"}, "headers": auditor | {"X-Namespace": "default"}}
    answer = await client.post(DECODE, json=body, **as_the_ui)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    assert texts_of(answer) == ['"бірінші"', '"second"', ""]
    first, _, empty = answer.json()["payloads"]
    assert first["metadata"] == {"encoding": b64encode(b"json/plain").decode()}
    assert empty["metadata"] == {"encoding": "YmluYXJ5L251bGw="}


@pytest.mark.parametrize("path", [DECODE, SIGN_IN])
async def test_it_is_for_those_who_oversee_alone(
    client: httpx.AsyncClient, sealing: Settings, seeded_database: SeededDatabase, path: str
) -> None:
    body = await sealed(sealing, "secret")
    stranger = await client.post(path, json=body)
    assert (stranger.status_code, stranger.headers["content-type"]) == (401, PROBLEM)
    for label, token in seeded_database.tokens.items():
        answer = await client.post(path, json=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code in ((200, 204) if label == "uo-auditor" else (403,)), label


async def test_nothing_encodes(client: httpx.AsyncClient, auditor: dict[str, str]) -> None:
    answer = await client.post("/api/v1/codec/encode", json={"payloads": []}, headers=auditor)
    assert answer.status_code == 404


async def test_a_payload_under_an_unknown_key_is_a_problem_that_names_the_key_only(
    client: httpx.AsyncClient, auditor: dict[str, str]
) -> None:
    body = await sealed(settings_with(NEW), "secret")
    answer = await client.post(DECODE, json=body, headers=auditor | {"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert answer.json()["code"] == "payload_unreadable"
    assert "2027a" in answer.json()["detail"]
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"payloads": [{"metadata": {"\ud800": "AAAA"}}]},
        {"payloads": [{"metadata": {"encoding": "!"}, "data": "A"}]},
        {"payloads": [{"metadata": {"encoding": b64encode(b"binary/encrypted").decode()}}]},
        {"payloads": [{"data": 7}]},
        {"payloads": {}},
        {"payload": []},
        [],
    ],
)
async def test_nonsense_is_a_problem(
    client: httpx.AsyncClient, auditor: dict[str, str], body: object
) -> None:
    content = as_json(body)
    headers = auditor | {"Content-Type": "application/json"}
    answer = await client.post(DECODE, content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)


# ——— the Temporal UI's page in a browser ———
async def test_the_uis_page_may_ask_for_what_the_protocol_needs(client: httpx.AsyncClient) -> None:
    asked = {
        "Origin": UI,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-namespace",
    }
    answer = await client.options(DECODE, headers=asked)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == UI
    assert answer.headers["access-control-allow-methods"] == "POST"
    assert answer.headers["access-control-allow-credentials"] == "true"
    allowed = {name.strip().lower() for name in answer.headers["access-control-allow-headers"].split(",")}
    assert {"authorization", "content-type", "x-namespace"} <= allowed


@pytest.mark.parametrize("origin", ["https://elsewhere.example", f"{UI}.example", "null", "http://127.0.0.1"])
async def test_no_other_page_may(
    client: httpx.AsyncClient, sealing: Settings, auditor: dict[str, str], origin: str
) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    preflight = await client.options(DECODE, headers=asked)
    answer = await client.post(DECODE, json=await sealed(sealing, "x"), headers=auditor | {"Origin": origin})
    for each in (preflight, answer):
        assert not [name for name in each.headers if name.startswith("access-control-")]
    assert (preflight.status_code, preflight.headers["content-type"]) == (405, PROBLEM)


async def test_no_other_route_is_shared_with_the_ui(
    client: httpx.AsyncClient, auditor: dict[str, str]
) -> None:
    answer = await client.get("/api/v1/me", headers=auditor | {"Origin": UI})
    assert answer.is_success
    assert "access-control-allow-origin" not in answer.headers


async def test_the_ui_may_read_a_refusal_too(client: httpx.AsyncClient) -> None:
    answer = await client.post(DECODE, json={"payloads": []}, headers={"Origin": UI})
    assert answer.status_code == 401
    assert answer.headers["access-control-allow-origin"] == UI


async def test_a_browser_signed_in_by_an_auditor_decodes_without_a_token(
    client: httpx.AsyncClient, sealing: Settings, auditor: dict[str, str]
) -> None:
    body = await sealed(sealing, "told")
    assert (await client.post(DECODE, json=body, headers={"Origin": UI})).status_code == 401
    answer = await client.post(SIGN_IN, headers=auditor)
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/api/v1/codec", "max-age="))
    told = await client.post(DECODE, json=body, headers={"Origin": UI})
    assert texts_of(told) == ['"told"']
    assert told.headers["access-control-allow-origin"] == UI


async def test_the_cookie_holds_no_token_and_ends_with_the_sign_out(
    client: httpx.AsyncClient, sealing: Settings, auditor: dict[str, str]
) -> None:
    """Copied, it opens nothing else; signing out on the pages ends it, too."""
    body = await sealed(sealing, "told")
    signed = await client.post(SIGN_IN, headers=auditor)
    kept = signed.headers["set-cookie"].partition(";")[0]
    client.cookies.clear()
    words = kept.partition("=")[2]
    assert words not in auditor["Authorization"]
    assert (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {words}"})).status_code == 401
    assert (await client.post(DECODE, json=body, headers={"Cookie": kept})).status_code == 200
    token = auditor["Authorization"].removeprefix("Bearer ")
    await client.post("/sign-in", data={"token": token}, headers={"Sec-Fetch-Site": "same-origin"})
    await client.post("/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
    client.cookies.clear()
    assert (await client.post(DECODE, json=body, headers={"Cookie": kept})).status_code == 401


async def test_the_cookie_opens_nothing_else_and_a_wrong_one_nothing(
    client: httpx.AsyncClient, sealing: Settings, auditor: dict[str, str]
) -> None:
    token = auditor["Authorization"].removeprefix("Bearer ")
    elsewhere = await client.get("/api/v1/me", headers={"Cookie": f"{COOKIE}={token}"})
    assert elsewhere.status_code == 401
    body = await sealed(sealing, "x")
    for cookie in (f"{COOKIE}=guess", f"{COOKIE}=", f"{COOKIE}", "=;;=", f"other={token}"):
        answer = await client.post(DECODE, json=body, headers={"Cookie": cookie})
        assert answer.status_code == 401, cookie


async def test_over_tls_the_cookie_stays_on_tls(seeded_database: SeededDatabase) -> None:
    settings = settings_with(
        OLD, database_url=seeded_database.url, public_url="https://monitoring.example.kz"
    )
    headers = {"Authorization": f"Bearer {seeded_database.tokens[AUDITOR]}"}
    async with application(settings) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as client:
            answer = await client.post(SIGN_IN, headers=headers)
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_without_an_origin_in_the_settings_no_page_is_served(seeded_database: SeededDatabase) -> None:
    async with application(settings_with(OLD, database_url=seeded_database.url)) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            for origin in ("", UI):
                answer = await client.post(DECODE, json={"payloads": []}, headers={"Origin": origin})
                assert "access-control-allow-origin" not in answer.headers

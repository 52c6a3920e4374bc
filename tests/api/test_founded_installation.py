"""What a founded installation can do: from an empty database to a first monitoring."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from activities.database.sessions import engine_for, sessions_for
from activities.registries.local_day import local_today
from api.founding.file import read_founding
from api.founding.founding import found
from local.mailbox import Mailbox
from local.programs import ROOT, Worker
from local.secret import lasting_secret
from local.temporal import NAMESPACE, Temporal
from models.settings.environment import Settings
from models.vocabulary.procedure import Kind, duty_mark
from tests.api.test_tokens_cli import run as tokens_program
from tests.fixtures.application import application
from tests.waiting import eventually

Json = dict[str, Any]
TODAY = local_today()
SETTINGS = {"TEMPORAL_NAMESPACE": NAMESPACE, "MIN_RETENTION_DAYS": "0", "LINK_SECRET": "s" * 32}


class Office:
    """The installation as people reach it: each by the token of an account."""

    def __init__(self, client: httpx.AsyncClient, database_url: str, administrator: str) -> None:
        self._client = client
        self._database_url = database_url
        self._tokens = {"a-admin-1": administrator}

    async def asks(self, account: str, method: str, path: str, body: Json | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._tokens[account]}", "Accept-Language": "en"}
        return await self._client.request(method, f"/api/v1{path}", headers=headers, json=body)

    async def does(self, account: str, method: str, path: str, body: Json | None = None) -> Json:
        answer = await self.asks(account, method, path, body)
        assert answer.is_success, answer.text
        done: Json = answer.json()
        return done

    async def lets_in(self, person: str, account: str, organisation: str, role: str) -> None:
        """The administrator registers somebody, gives an account, and the operator issues its token."""
        known = {"name": "Үлгі Адам", "email": f"{person}@example.kz", "organisation": organisation}
        await self.does("a-admin-1", "PUT", f"/registry/people/{person}", known | {"reason": "Жаңа"})
        given = {"person": person, "organisation": organisation, "role": role, "reason": "Жаңа"}
        await self.does("a-admin-1", "PUT", f"/registry/accounts/{account}", given)
        issued = await asyncio.to_thread(tokens_program, self._database_url, "issue", "--account", account)
        assert issued.returncode == 0, issued.stderr
        self._tokens[account] = issued.stdout.strip()


@pytest_asyncio.fixture
async def temporal(tmp_path: Path) -> AsyncIterator[Temporal]:
    """A Temporal server of this test's own: the worker serves the product's own queues."""
    server = Temporal(tmp_path / "temporal", in_memory=True)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def settings(database_url: str, temporal: Temporal) -> Settings:
    return Settings(database_url=database_url, temporal_address=temporal.address)


@pytest_asyncio.fixture
async def worker(
    settings: Settings, temporal: Temporal, mailbox: Mailbox, tmp_path: Path
) -> AsyncIterator[Worker]:
    own = {
        "DATABASE_URL": settings.database_url,
        "TEMPORAL_ADDRESS": temporal.address,
        "SMTP_URL": mailbox.smtp_url,
        "SIGNING_KEY": lasting_secret(tmp_path / "signing"),
    }
    process = Worker(tmp_path / "worker.log", SETTINGS | own)
    await process.start()
    yield process
    await process.stop()


@pytest_asyncio.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    """An installation founded by the example file, and its API."""
    file = read_founding((ROOT / "samples" / "founding.toml").read_bytes(), TODAY)
    engine = engine_for(settings.database_url, pool_size=1)
    async with sessions_for(engine)() as session, session.begin():
        done = await found(session, file, days=1, now=datetime.now(UTC), today=TODAY)
    await engine.dispose()
    async with application(settings) as app:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.example.kz") as client:
            yield Office(client, settings.database_url, done.token)


def a_body(code: str, kind: str) -> Json:
    """What must be known of a new body."""
    return {
        "code": code,
        "kind": kind,
        "name_kk": "Үлгі ұйым",
        "name_ru": "Образцовая организация",
        "legal_person": code.lower(),
        "email": f"{code.lower()}@example.kz",
        "reason": "Тіркелді",
    }


async def test_from_an_empty_database_to_a_first_monitoring(office: Office, worker: Worker) -> None:
    me = await office.does("a-admin-1", "GET", "/me")
    assert (me["role"], me["organisation"], me["name"]) == ("admin", "uo", "Үлгі Әкімші")
    division = a_body("KOKO", "territorial_division") | {"superior": "uo"}
    await office.does("a-admin-1", "POST", "/registry/organisations/koko/versions", division)
    akimat = a_body("AKIM", "local_executive_body")
    await office.does("a-admin-1", "POST", "/registry/organisations/akim/versions", akimat)
    await office.lets_in("p-koko-1", "a-koko-analyst", "koko", "analyst")
    await office.lets_in("p-akim-1", "a-akim-analyst", "akim", "analyst")
    await office.lets_in("p-uo-1", "a-uo-head", "uo", "head")

    order = {
        "kind": "thematic",
        "title": {"kk": "Балабақшаларға кезек", "ru": "Очередь в детские сады"},
        "spheres": ["kindergarten-queue"],
        "objects": ["akim"],
        "studied_from": "2026-01-01",
        "studied_until": "2026-06-30",
    }
    started = await office.does("a-koko-analyst", "POST", "/monitorings", order)
    assert (started["number"], started["stage"]) == (f"{TODAY.year}-KOKO-0001", "planned")
    unfit = await office.asks("a-akim-analyst", "POST", "/monitorings", order | {"kind": "comprehensive"})
    assert (unfit.is_success, unfit.json()["rule"]) == (False, "10"), "the real rules decide"

    async def owed() -> bool:
        duties = (await office.asks("a-uo-head", "GET", "/duties")).json()
        known = {(line["mark"], line["organisation"]) for line in duties}
        yearly = {
            (duty_mark(Kind.COMPREHENSIVE, "UO"), "uo"),
            (duty_mark(Kind.COMPREHENSIVE, "SARY"), "td-sary"),
        }
        return yearly <= known

    await eventually(owed, "rule 13: the authorized body and its division owe a comprehensive monitoring")
    mine = (await office.asks("a-uo-head", "GET", "/duties")).json()
    [own] = [line for line in mine if line["mark"] == duty_mark(Kind.COMPREHENSIVE, "SARY")]
    assert own["due_on"] == f"{TODAY.year}-12-31", (
        "a division that existed before the founding owes this year"
    )

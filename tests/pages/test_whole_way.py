"""Nothing in anybody's place: a letter in the mailbox, its link, the page, the workflow."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from temporalio.client import Client

from api import pages
from api.services.services import Services
from api.services.temporal import Temporal
from local.samples import ScenarioName, load_country
from models.commands import BeginCollection, RequestInformation
from models.vocabulary.procedure import InformationOutcome, SourceKind
from tests.pages.reading import fields, words
from tests.workflows.fixtures import theatre
from tests.workflows.running import Running, starts
from tests.workflows.theatre import PUBLIC_URL, Theatre, settings_for

__all__ = ["theatre"]


@pytest_asyncio.fixture
async def visitor(theatre: Theatre, database_url: str) -> AsyncIterator[AsyncClient]:
    """A browser before the pages, over the real Temporal and the real database."""

    async def connect() -> Client:
        return theatre.client

    application = FastAPI()
    pages.open_on(application)
    application.state.services = Services(
        settings=settings_for(database_url, theatre.mailbox),
        sessions=theatre.sessions,
        temporal=Temporal(connect),
    )
    transport = ASGITransport(application)
    async with AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
        yield client


async def link_in_letter(m: Running, address: str) -> str:
    """The reply link as the recipient reads it."""
    letter, *_ = await m.theatre.mailbox.wait_for(address)
    found = re.search(rf"{PUBLIC_URL}(/r/\S+)", letter.text)
    assert found is not None, letter.text
    return found[1]


async def test_a_holder_answers_by_the_link_in_the_letter(theatre: Theatre, visitor: AsyncClient) -> None:
    m = await starts(theatre, ScenarioName.B)
    await m.does(BeginCollection, began_on=m.day)
    await m.does(
        RequestInformation,
        request="r1",
        holder="health-sary",
        source_kind=SourceKind.OTHER_LAWFUL,
        question=await m.says("How long does a patient wait?"),
    )
    address = load_country().version("health-sary", m.day).email
    link = await link_in_letter(m, address)
    assert "How long does a patient wait?" in words(await visitor.get(link))
    form = {
        "outcome": "provided",
        "text": "11 days",
        "access": "official",
        "respondent": "Образцов Тридцать второй",
        "post": "Заместитель",
        "action": "check",
    }
    check = await visitor.post(link, data=form)
    assert (await m.state()).requests["r1"].open
    sent = await visitor.post(link, data={**fields(check), "action": "send"})
    assert sent.status_code == 303
    again = await visitor.post(link, data={**fields(check), "action": "send"})
    assert "11 days" in words(again)
    request = (await m.state()).requests["r1"]
    assert request.outcome is InformationOutcome.PROVIDED
    confirmed = await visitor.get(sent.headers["location"])
    assert m.number in words(confirmed)
    letters = await theatre.mailbox.wait_for(address, count=2)
    assert len(letters) == 2

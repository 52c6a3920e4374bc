"""What the registries say of bodies, people and days comes with the command, and its rules judge it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlmodel import col, update
from temporalio.client import Client

from activities.database.sessions import Sessions
from activities.registries.local_day import local_today
from api.commands import desk as commanding
from api.commands import repair
from api.http.deps import present
from api.services.temporal import Temporal
from local.samples import ScenarioName, content_of, load_scenario
from models.report.content import Decision, Item, ReportContent, Wording
from models.settings.environment import Settings
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import ItemKind, Kind
from tests.api.world import World
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.keeping import both_agree
from tests.pages.story import CLINIC, NOW, SECRET, Clerk, Story

PERIOD = {"studied_from": "2025-01-01", "studied_until": "2025-12-31"}
GUARD = {"kind": "thematic", "title": {"kk": "Сатып алулар"}, "objects": ["guard-service"], **PERIOD}
REASON = {"reason": "Басқарма хабарламаны бірлескен отырыста алды"}
JOINERS = [
    {"person": "p-public-1", "community": "public"},
    {"person": "p-expert-2", "community": "expert"},
]


@pytest.fixture
def story(sessions: Sessions) -> Story:
    """Scenario B, told up to where a test asks the API."""
    return Story(sessions, Clerk(sessions))


@pytest_asyncio.fixture
async def asked(
    seeded_database: SeededDatabase, story: Story, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """The API at the story's moment; a clerk obeys in the workflow's place."""
    settings = Settings(database_url=seeded_database.url, link_secret=SecretStr(SECRET))
    monkeypatch.setattr(commanding, "send_command", story.clerk.send)
    monkeypatch.setattr(repair, "compared", both_agree)
    async with application(settings) as app:
        app.dependency_overrides[present] = lambda: NOW
        app.state.services = replace(app.state.services, temporal=Temporal(_no_client))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.example.kz") as client:
            yield World(app=app, client=client, tokens=seeded_database.tokens, sessions=story.sessions)


async def _no_client() -> Client:
    """The clerk needs no connection."""
    return cast(Client, None)


async def codes(answer: httpx.Response) -> list[tuple[str, str]]:
    """Why something was refused, or what was warned of."""
    told = answer.json()
    reasons = told.get("warnings") if answer.is_success else told.get("problems") or [told]
    return [(reason["code"], reason["rule"]) for reason in reasons]


async def test_rule_05_at_the_start_the_registry_is_asked_about_the_days_studied(office: World) -> None:
    """The sample's guard service is a special state body since 1 January 2026."""
    since = GUARD | {"studied_until": "2026-01-01"}
    refused = await office.call("sary-analyst", "POST", "/monitorings", json=since)
    assert await codes(refused) == [("object_special_in_period", "5")]
    assert "«" in refused.json()["detail"], "named as the registry does"
    begun = await office.call("sary-analyst", "POST", "/monitorings", json=GUARD)
    assert begun.status_code == 201, begun.text
    assert await codes(begun) == [("object_special_since", "5")]
    again = await office.call("sary-head", "POST", "/monitorings", json=GUARD)
    assert await codes(again) == [("object_special_since", "5"), ("studied_already", "")]
    assert begun.json()["number"] in again.json()["warnings"][1]["detail"]


async def test_a_start_names_the_newest_ten_of_those_it_seems_to_repeat(office: World) -> None:
    """And no other: of another kind, time, body or sphere."""
    other = GUARD | {"studied_from": "2024-01-01", "studied_until": "2024-12-31"}
    assert (await office.call("sary-analyst", "POST", "/monitorings", json=other)).status_code == 201
    begun = [await office.call("sary-analyst", "POST", "/monitorings", json=GUARD) for _ in range(13)]
    told = [
        reason["params"] for reason in begun[-1].json()["warnings"] if reason["code"] == "studied_already"
    ]
    numbers = [answer.json()["number"] for answer in begun]
    assert told == [{"number": number} for number in numbers[2:-1]]


async def test_a_start_sent_again_is_answered_as_before_whatever_began_since(office: World) -> None:
    key = {"Idempotency-Key": "the-very-same-start"}
    first = await office.call("sary-analyst", "POST", "/monitorings", json=GUARD, headers=key)
    assert await codes(first) == [("object_special_since", "5")]
    twin = await office.call("sary-head", "POST", "/monitorings", json=GUARD)
    assert ("studied_already", "") in await codes(twin)
    later = await office.call("sary-analyst", "POST", "/monitorings", json=GUARD, headers=key)
    assert (later.status_code, later.json()) == (first.status_code, first.json())


async def test_rules_10_11_persons_days_ahead_and_acts_of_a_dash_start_nothing(world: World) -> None:
    ahead = (local_today() + timedelta(days=1)).isoformat()
    wrong = [
        (GUARD | {"objects": ["citizen-1"]}, [("object_natural_person", "11")]),
        (GUARD | {"studied_from": ahead, "studied_until": ahead}, [("studied_period_ahead", "4")]),
        (
            GUARD | {"on_behalf": {"organisation": "td-sary", "act": "-", "dated": "1999-01-01"}},
            [("document_unnamed", "")],
        ),
    ]
    for body, expected in wrong:
        answer = await world.call("sary-analyst", "POST", "/monitorings", json=body)
        assert (answer.status_code, await codes(answer)) == (422, expected), body


async def test_rule_12_the_registry_says_whose_staff_a_member_is(asked: World, story: Story) -> None:
    await story.starts()
    path = f"/monitorings/{story.number}/working-group"
    decision = {"post": "Бөлімше басшысы", "decided_on": "2026-09-03", "decision_number": "17-Ө"}
    insiders = [
        {"person": "p-sary-analyst", "community": "public", "organisation": "taza-qala"},
        {"person": "p-clinic-contact", "community": "expert"},
    ]
    old = decision | {"decided_on": "2001-02-03", "members": insiders}
    refused = await asked.call("sary-head", "POST", path, json=old)
    assert await codes(refused) == [("decision_before_the_rules", "12")]
    unknown = decision | {"members": [JOINERS[0] | {"organisation": "nobody-x"}, JOINERS[1]]}
    answer = await asked.call("sary-head", "POST", path, json=unknown)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/members/0/organisation")
    created = await asked.call("sary-head", "POST", path, json=decision | {"members": insiders})
    assert await codes(created) == [("member_of_conductor", "12"), ("member_of_object", "12")]
    check = await asked.call("sary-head", "GET", f"/monitorings/{story.number}/check-report")
    told = [warning["code"] for warning in check.json()["warnings"]]
    assert told[:2] == ["member_of_conductor", "member_of_object"]
    further = {"invited": JOINERS[0]}
    assert await codes(await asked.call("sary-head", "POST", f"{path}/members", json=further)) == []


async def test_rule_01_a_new_edition_in_force_today_is_not_that_of_a_conduct_begun_before(
    asked: World, story: Story
) -> None:
    """Registered under the edition of today, begun under the one before, which is the one that holds."""
    (known,) = (await asked.call("uo-admin", "GET", "/editions")).json()
    order = {"edition": known | {"id": "next", "in_force_from": "2026-09-01"}, "reason": "Жаңа редакция"}
    assert (await asked.call("uo-admin", "POST", "/editions", json=order)).status_code == 201
    await story.registers(Edition.model_validate(order["edition"]))
    path = f"/monitorings/{story.number}/collection"
    early = await asked.call("sary-analyst", "POST", path, json={"began_on": "2023-06-29"})
    assert await codes(early) == [("began_before_the_rules", "1")]
    begun = await asked.call("sary-analyst", "POST", path, json={"began_on": "2026-08-20"})
    assert begun.status_code == 200, begun.text
    assert (await story.state()).edition.id == known["id"]


async def test_a10_one_person_with_two_accounts_does_not_approve_the_own_report(
    asked: World, story: Story
) -> None:
    await story.starts()
    await story.submits(by="p-sary-analyst")
    async with story.sessions.begin() as session:
        second = update(AccountRow).where(col(AccountRow.id) == "a-sary-head").values(person="p-sary-analyst")
        await session.exec(second)
    path = f"/monitorings/{story.number}/report/versions/1/approval"
    refused = await asked.call("sary-head", "POST", path, json={})
    assert await codes(refused) == [("approver_is_author", "A10")]


async def test_rule_05_at_the_approval_the_registry_is_asked_again(asked: World, story: Story) -> None:
    """What the registry learnt meanwhile of the days studied counts too."""
    await story.starts(special_in_period=())
    await story.submits()
    async with story.sessions.begin() as session:
        learnt = update(OrganisationVersionRow).where(col(OrganisationVersionRow.organisation) == CLINIC)
        await session.exec(learnt.values(special_state_body=True))
    path = f"/monitorings/{story.number}/report/versions/1/approval"
    refused = await asked.call("sary-head", "POST", path, json={})
    assert await codes(refused) == [("object_special_in_period", "5")]


def naming_the_health_department(story: Story) -> ReportContent:
    content = content_of(story.scenario)
    text = Wording(kk="Кезекті жариялау", ru="Публиковать очередь")
    further = Item(id="p-health", kind=ItemKind.PROPOSAL, addressee="health-sary", text=text)
    decision = content.draft.decision
    wider = Decision.model_validate({**dict(decision), "items": (*decision.items, further)})
    return content.model_copy(update={"draft": content.draft.model_copy(update={"decision": wider})})


async def test_rule_17_a_body_the_decision_names_is_sent_the_report_or_it_is_said_why_not(
    asked: World, story: Story
) -> None:
    await story.starts()
    await story.approves(naming_the_health_department(story))
    await story.dispatches()
    path = f"/monitorings/{story.number}"
    items = (await asked.call("sary-analyst", "GET", f"{path}/open-items")).json()
    assert ("not_sent_to_named", "health-sary") in [(item["kind"], item["subject"]) for item in items]
    closing = await asked.call("sary-analyst", "POST", f"{path}/closing", json={})
    assert ("open_not_sent_to_named", "17") in await codes(closing)
    wrong = await asked.call("sary-analyst", "POST", f"{path}/addressees/{CLINIC}/omission", json=REASON)
    assert await codes(wrong) == [("named_body_was_sent_to", "17")]
    told = await asked.call("sary-analyst", "POST", f"{path}/addressees/health-sary/omission", json=REASON)
    assert told.status_code == 200, told.text
    items = (await asked.call("sary-analyst", "GET", f"{path}/open-items")).json()
    assert "not_sent_to_named" not in [item["kind"] for item in items]
    history = (await asked.call("sary-head", "GET", f"{path}/history?limit=200")).json()
    (line,) = [each for each in history["items"] if each["type"] == "addressee_omitted"]
    assert REASON["reason"] in str(line)


async def test_rule_19_the_registry_says_which_web_resources_are_official(asked: World, story: Story) -> None:
    """Several may be registered; the same address counts once its host is one of them."""
    tasks = load_scenario(ScenarioName.A).draft.tasks
    draft = story.scenario.draft.model_copy(update={"tasks": tasks})
    spheres = ("health-care", "social-support")
    story.scenario = story.scenario.model_copy(
        update={"kind": Kind.COMPREHENSIVE, "spheres": spheres, "draft": draft}
    )
    await story.starts()
    await story.approves()
    await story.dispatches()
    path = f"/monitorings/{story.number}/publications"
    there = {"published_on": NOW.date().isoformat(), "address": "https://uo.example.kz/reports/1"}
    blog = there | {"address": "https://blog.example.com/1"}
    elsewhere = await asked.call("uo-web-editor", "POST", path, json=blog)
    assert (elsewhere.status_code, await codes(elsewhere)) == (200, [("published_elsewhere", "19")])
    assert "uo.example.kz" in elsewhere.json()["warnings"][0]["detail"]
    seen = await asked.call("sary-analyst", "GET", f"/monitorings/{story.number}")
    assert seen.json()["standing"]["published"] is False
    assert await codes(await asked.call("uo-web-editor", "POST", path, json=there)) == []
    change = {"reason": "Екінші ресурс", "valid_from": "2026-09-01"}
    for value, status in ((["http://"], 422), (["https://blog.example.com"], 201)):
        body = change | {"further_web_resources": value}
        answer = await asked.call("uo-admin", "POST", "/registry/organisations/uo/versions", json=body)
        assert answer.status_code == status, answer.text
    assert await codes(await asked.call("uo-web-editor", "POST", path, json=blog)) == []
    assert date(2026, 9, 1) <= NOW.date()

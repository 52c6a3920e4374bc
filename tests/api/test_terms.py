"""Another edition and no line of code: what begins follows its terms and ladders, what runs keeps its own."""

import json
from datetime import date
from typing import Any

from sqlmodel import select
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.keepers.consolidation_notices import ConsolidationPost
from activities.keepers.duty_notices import DutyPost
from activities.keepers.perpetual import start_and_tell
from activities.registries.briefing import bodies_that_owe, in_force_on
from activities.registries.local_day import local_today
from models.duty.notices import DutyInput
from models.duty.state import DutyState
from models.proof.summaries import summary_of_duty
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.editions import EditionRow
from models.vocabulary.editions import FOUNDED_WITH, ORDER_192
from models.vocabulary.procedure import Id, Kind, duty_mark, duty_workflow_id
from tests.api.test_commands import start_body
from tests.api.world import World
from tests.keeping import triggers_sleep
from tests.waiting import eventually

Json = dict[str, Any]
ANALYST = "sary-analyst"
LADDERS = {
    "information_request": [
        {"name": "reminder", "working_days": -7},
        {"name": "expired", "working_days": 1},
    ],
    "yearly_duty": [
        {"name": "last_call", "working_days": -30},
        {"name": "expired", "working_days": 1},
    ],
}
TIMES = {"information_request": 20, "asked_ahead_days": 90, "appc_76": {"working_days": 30}}


def another_edition(**fields: object) -> Json:
    said = {
        "id": "192-other",
        "order_number": "7",
        "order_date": local_today().isoformat(),
        "in_force_from": local_today().isoformat(),
        "times": TIMES,
        "ladders": LADDERS,
    }
    return {"edition": said | fields, "reason": "Жаңа редакция"}


async def test_what_begins_follows_the_new_edition_and_what_runs_keeps_its_own(office: World) -> None:
    running = await starts(office)
    await _asks(office, running)
    await _begins_duty(office, "td-sary")

    published = await office.call("uo-admin", "POST", "/editions", json=another_edition())
    assert published.status_code == 201, published.text
    assert published.json()["ladders"]["reply"] == ORDER_192.model_dump(mode="json")["ladders"]["reply"]

    await _asks(office, running)
    begun = await starts(office)
    await _asks(office, begun)
    usual = ["reminder", "last_call", "expired", "overdue"]
    assert await _asked(office, running) == [(10, usual), (10, usual)]
    assert await _asked(office, begun) == [(20, ["reminder", "expired"])]

    far = {"reply_by": date.fromordinal(local_today().toordinal() + 120).isoformat()}
    assert (await _asks(office, running, **far)) == 200
    assert (await _asks(office, begun, **far)) == 409, "ninety days ahead at most"

    assert await DutyPost(await _client(office), office.sessions).settle() > 0
    kept = await _duty(office, "td-sary", "192-other")
    other = await _duty(office, "td-koko", "192-other")
    yearly = ["early_reminder", "reminder", "last_call", "expired"]
    assert [[rung.name.value for rung in d.rungs] for d in kept.deadlines.values()] == [yearly]
    assert kept.edition == FOUNDED_WITH, "the period in course is judged by the edition it began under"
    (deadline,) = other.deadlines.values()
    assert [(rung.name.value, rung.working_days) for rung in deadline.rungs] == [
        ("last_call", -30),
        ("expired", 1),
    ]


async def test_an_edition_as_it_was_stored_before_briefs_nobody_anew(office: World) -> None:
    """What was stored lacks today's fields; filled in, it says the same, so there is no news."""
    client = await _client(office)
    duties, consolidation = DutyPost(client, office.sessions), ConsolidationPost(client, office.sessions)
    told = await duties.settle()
    await consolidation.settle()
    await eventually(lambda: _all_on_record(office, told), "every duty is on record")
    async with office.sessions() as session, session.begin():
        await triggers_sleep(session)
        for edition in await session.exec(select(EditionRow)):
            edition.body = _as_before(edition.body)
            session.add(edition)
        for row in await session.exec(select(DutyRow)):
            row.state = _as_before(row.state)
            session.add(row)
        for each in await session.exec(select(ConsolidationRow)):
            each.state = _as_before(each.state)
            session.add(each)
    async with office.sessions() as session:
        stored = json.dumps([row.state for row in await session.exec(select(DutyRow))])
    assert "ladders" not in stored
    assert "reminder_before" in stored
    assert await duties.settle() == 0
    assert await consolidation.settle() == 0


async def test_a_wrong_edition_is_told_what_is_wrong(office: World) -> None:
    async def refused(**fields: object) -> Json:
        answer = await office.call(
            "uo-admin",
            "POST",
            "/editions",
            json=another_edition(**fields),
            headers={"Accept-Language": "en"},
        )
        assert answer.status_code == 422, answer.text
        return dict(answer.json())

    review = {"review": [{"name": "overdue", "working_days": 6}]}
    problem = await refused(ladders=review)
    assert problem["code"] == "ladder_rung_unknown"
    said = json.dumps(problem, ensure_ascii=False)
    assert "“Review round”: there is no letter for the rung “overdue”" in said
    assert "“Review round”: the term never expires" in said
    late = {"reply": [{"name": "expired", "working_days": 2}]}
    (fault,) = (await refused(ladders=late))["errors"]
    assert fault["pointer"] == "/edition/ladders/reply/0"
    assert fault["detail"] == "The rung “expired” stands 1 working day after the due day."
    (fault,) = (await refused(times={"publication": 5}))["errors"]
    assert fault["pointer"] == "/edition/times/publication"
    assert (await refused(times={"asked_ahead_days": 400}))["code"] == "asked_beyond_links"
    old_words = another_edition(times={"reminder_before": 4})
    del old_words["edition"]["ladders"]
    answer = await office.call("uo-admin", "POST", "/editions", json=old_words)
    assert answer.status_code == 201, "who says it in the former word is understood"
    assert answer.json()["ladders"]["reply"][0] == {"name": "reminder", "working_days": -4}


async def _client(office: World) -> Client:
    address = office.app.state.services.settings.temporal_address
    return await Client.connect(address, data_converter=pydantic_data_converter)


async def starts(office: World) -> str:
    """A monitoring that collects information; returns its path."""
    answer = await office.call(ANALYST, "POST", "/monitorings", json=start_body())
    assert answer.status_code == 201, answer.text
    path = f"/monitorings/{answer.json()['number']}"
    began = {"began_on": local_today().isoformat()}
    collection = await office.call(ANALYST, "POST", f"{path}/collection", json=began)
    assert collection.status_code == 200, collection.text
    return path


async def _asks(office: World, path: str, **fields: object) -> int:
    body = {"holder": "health-sary", "source_kind": 6, "question": "Қанша күтеді?", **fields}
    return (await office.call(ANALYST, "POST", f"{path}/information-requests", json=body)).status_code


async def _asked(office: World, path: str) -> list[tuple[int, list[str]]]:
    """Of each request its working days and its rungs."""
    listed = (await office.call(ANALYST, "GET", f"{path}/deadlines")).json()
    return [(d["remaining_working_days"], [rung["name"] for rung in d["rungs"]]) for d in listed]


async def _begins_duty(office: World, organisation: Id) -> None:
    async with office.sessions() as session:
        in_force = await in_force_on(session, local_today())
        assert in_force is not None
        owing = await bodies_that_owe(session, in_force, local_today())
    body = next(each for each in owing if each.briefing.body.organisation == organisation)
    mark, kind = duty_mark(Kind.COMPREHENSIVE, body.code), Kind.COMPREHENSIVE
    given = DutyInput(mark=mark, kind=kind, briefing=body.briefing, calendar=in_force.calendar)
    await start_and_tell(
        await _client(office),
        "DutyWorkflow",
        duty_workflow_id(organisation, kind),
        given,
        summary_of_duty(mark, kind, body.briefing),
        "brief_duty",
        body.briefing,
    )
    await _duty(office, organisation, ORDER_192.id)


async def _duty(office: World, organisation: Id, briefed_by: Id) -> DutyState:
    """The yearly duty of a body as it is on record, once it has heard of an edition."""
    workflow_id = duty_workflow_id(organisation, Kind.COMPREHENSIVE)

    async def state() -> DutyState | None:
        async with office.sessions() as session:
            row = await session.get(DutyRow, workflow_id)
        return DutyState.model_validate(row.state) if row else None

    async def heard() -> bool:
        known = await state()
        return known is not None and known.briefing.edition.id == briefed_by

    await eventually(heard, f"{organisation} has heard of {briefed_by}")
    known = await state()
    assert known is not None
    return known


async def _all_on_record(office: World, duties: int) -> bool:
    async with office.sessions() as session:
        return len((await session.exec(select(DutyRow.mark))).all()) == duties


def _as_before(body: Json) -> Json:
    """The same JSON as a release without ladders wrote its editions."""

    def aged(value: object) -> object:
        if isinstance(value, list):
            return [aged(each) for each in value]
        if not isinstance(value, dict):
            return value
        read = {name: aged(each) for name, each in value.items()}
        if "order_number" in read:
            del read["ladders"]
            former = {"publication": None, "reminder_before": 3}
            read["times"] = {"invitation": 5, "information_request": 10, **former}
        return read

    read = aged(body)
    assert isinstance(read, dict)
    return read

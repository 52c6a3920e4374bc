"""Content: revisions, simultaneous edits, rules at the moment of entering, closed after approval."""

import asyncio

import pytest

from local.samples import ScenarioName
from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.api.test_under_repair import services_of
from tests.api.world import World
from tests.counting import statements_of

SOURCE = {
    "id": "s-1",
    "kind": 1,
    "title": {"kk": "Құқықтық статистика", "ru": "Правовая статистика", "en": ""},
    "owner": "Статистика комитеті",
    "reference": "https://stat.example.kz/1",
    "obtained_on": "2026-01-10",
    "access": "open",
}
SHARE = {
    "kind": "quantitative",
    "id": "i-1",
    "role": "state",
    "name": {"kk": "Үлес"},
    "unit": "%",
    "value": "40.0",
    "numerator": "412",
    "denominator": "1030",
    "sources": ["s-1"],
}


async def test_content_is_written_by_three_statements(world: World) -> None:
    """Who and of what, what is there already with the sources that are cited, the revision with its words."""
    case = await world.started()
    await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    await world.call("sary-analyst", "GET", case.path)  # the day's first use of a token is written down
    with statements_of(services_of(world).sessions) as counted:
        entered = await world.call("sary-analyst", "POST", f"{case.path}/indicators", json=SHARE)
    assert entered.status_code == 201
    _, read, written = counted.sent
    assert "DISTINCT ON" in read
    assert all(f"INSERT INTO {table}" in written for table in ("content_revisions", "searched"))


async def test_a_source_is_created_changed_on_top_of_what_was_read_and_removed(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/sources"
    created = await world.call("sary-analyst", "POST", path, json=SOURCE)
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    again = await world.call("sary-analyst", "POST", path, json=SOURCE)
    assert (again.status_code, again.headers["etag"]) == (201, '"1"')
    other = await world.call("sary-analyst", "POST", path, json=SOURCE | {"owner": "Басқа"})
    assert (other.status_code, other.json()["code"]) == (409, "item_exists")

    changed = SOURCE | {"owner": "Бас прокуратура"}
    blind = await world.call("sary-analyst", "PUT", f"{path}/s-1", json=changed)
    assert (blind.status_code, blind.json()["code"]) == (428, "revision_required")
    first = await world.call("sary-analyst", "PUT", f"{path}/s-1", json=changed, headers={"If-Match": '"1"'})
    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    late = await world.call("sary-head", "PUT", f"{path}/s-1", json=SOURCE, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "revision_changed")
    read = await world.call("sary-head", "GET", f"{path}/s-1")
    assert (read.json()["owner"], read.headers["etag"]) == ("Бас прокуратура", '"2"')

    gone = await world.call("sary-analyst", "DELETE", f"{path}/s-1", headers={"If-Match": '"2"'})
    assert gone.status_code == 204
    assert (await world.call("sary-analyst", "GET", path)).json() == []
    assert (await world.call("sary-analyst", "GET", f"{path}/s-1")).status_code == 404
    back = await world.call("sary-analyst", "POST", path, json=SOURCE)
    assert back.headers["etag"] == '"4"'


@pytest.mark.parametrize("part", ["sources/s-1", "draft"])
async def test_what_is_sent_again_because_its_answer_was_lost_is_written_once(
    world: World, part: str
) -> None:
    case = await world.started()
    await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    before = await world.call("sary-analyst", "GET", f"{case.path}/{part}")
    changed = {"draft": {"started_on": "2026-07-07"}}.get(part, SOURCE | {"owner": "Бас прокуратура"})
    read = {"If-Match": before.headers["etag"]} if "etag" in before.headers else {}
    first = await world.call("sary-analyst", "PUT", f"{case.path}/{part}", json=changed, headers=read)
    again = await world.call("sary-analyst", "PUT", f"{case.path}/{part}", json=changed, headers=read)
    assert (first.status_code, again.status_code) == (200, 200), again.text
    assert again.headers["etag"] == first.headers["etag"]
    assert again.json() == first.json()


async def test_of_simultaneous_edits_one_wins(world: World) -> None:
    case = await world.started()
    await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    edits = [
        world.call(
            "sary-analyst",
            "PUT",
            f"{case.path}/sources/s-1",
            json=SOURCE | {"owner": f"Ие {n}"},
            headers={"If-Match": '"1"'},
        )
        for n in range(6)
    ]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*edits))
    assert statuses == [200, 412, 412, 412, 412, 412]


async def test_sources_are_judged_when_entered(world: World) -> None:
    division, other = await world.started(ScenarioName.B), await world.started(ScenarioName.C)
    lawful = await world.call("sary-analyst", "POST", f"{division.path}/sources", json=SOURCE | {"kind": 6})
    assert (lawful.status_code, lawful.json()["rule"]) == (422, "7.6")
    restricted = await world.call(
        "ashyk-analyst", "POST", f"{other.path}/sources", json=SOURCE | {"access": "restricted"}
    )
    assert (restricted.status_code, restricted.json()["rule"]) == (422, "14.1")


async def test_shares_are_recomputed_and_citations_checked(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/indicators"
    uncited = await world.call("sary-analyst", "POST", path, json=SHARE)
    assert (uncited.status_code, uncited.json()["code"]) == (422, "source_unknown")
    await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    second = await world.call("sary-analyst", "POST", path, json=SHARE | {"sources": ["s-1", "s-2"]})
    assert second.status_code == 422
    assert second.json()["errors"] == [
        {"pointer": "/sources/1", "detail": text(Language.KK, "problem.source_unknown", source="s-2")}
    ]
    wrong = await world.call("sary-analyst", "POST", path, json=SHARE | {"value": "41.0"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "share_differs")
    for absurd in ("1e999999", "1e-999999", "1" * 40, "NaN"):
        answer = await world.call("sary-analyst", "POST", path, json=SHARE | {"value": absurd})
        assert answer.status_code == 422, absurd
    tiny = {"value": "1.00000001", "numerator": "1e15", "denominator": "0.00000001"}
    answer = await world.call("sary-analyst", "POST", path, json=SHARE | tiny)
    assert (answer.status_code, answer.json()["code"]) == (422, "number_out_of_range")
    assert (await world.call("sary-analyst", "POST", path, json=SHARE)).status_code == 201


async def test_draft_and_check_report_go_together(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/draft"
    empty = await world.call("sary-analyst", "GET", path)
    assert "etag" not in empty.headers
    draft = empty.json() | {"conclusions": {"kk": "Қорытынды", "ru": "Вывод", "en": ""}}
    written = await world.call("sary-analyst", "PUT", path, json=draft)
    assert (written.status_code, written.headers["etag"]) == (200, '"1"'), written.text
    assert (await world.call("sary-analyst", "PUT", path, json=empty.json())).status_code == 428
    check = (await world.call("sary-analyst", "GET", f"{case.path}/check-report")).json()
    codes = {reason["code"] for reason in check["shortcomings"]}
    assert not check["ready"]
    assert "no_source" in codes
    assert "conclusions_missing" not in codes
    assert "contacts_missing" not in codes, "the registry gives the conductors' contacts"


async def test_rule_16_the_check_says_to_whom_an_item_may_not_be_addressed(world: World) -> None:
    """Asked of the registry as it stands on the day: known, of rule 16's kinds, no special state body."""
    case = await world.started()
    path = f"{case.path}/draft"
    items = [
        {"id": f"p-{body}", "kind": "proposal", "addressee": body, "text": {"kk": "Ұсыныс"}, "due_on": day}
        for body, day in (("clinic-2", "2019-01-01"), ("nobody-x", None), ("guard-service", None))
    ]
    draft = {"decision": {"items": items}, "ended_on": "2026-11-20"}
    assert (await world.call("sary-analyst", "PUT", path, json=draft)).status_code == 200
    check = (await world.call("sary-analyst", "GET", f"{case.path}/check-report")).json()
    told = [
        (r["code"], r["rule"], r["params"]["item"]) for r in check["shortcomings"] if "item" in r["params"]
    ]
    assert told == [
        ("item_addressee_unknown", "16", "p-nobody-x"),
        ("item_addressee_special_state_body", "5", "p-guard-service"),
        ("item_due_before_conduct_ended", "16", "p-clinic-2"),
    ]


async def test_content_is_closed_after_approval_and_opens_for_a_correction(world: World) -> None:
    case = await world.started()
    await case.approved()
    closed = await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    assert (closed.status_code, closed.json()["code"]) == (409, "content_closed")
    await case.corrects()
    opened = await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    assert opened.status_code == 201


async def test_comments_are_kept_in_order_and_once(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/comments"
    key = {"Idempotency-Key": "one"}
    first = await world.call("sary-analyst", "POST", path, json={"text": "Бірінші"}, headers=key)
    await world.call("sary-analyst", "POST", path, json={"text": "Бірінші"}, headers=key)
    await world.call("sary-head", "POST", path, json={"about": "f-1", "text": "Екінші"})
    listed = (await world.call("sary-head", "GET", path)).json()
    assert [comment["text"] for comment in listed] == ["Бірінші", "Екінші"]
    assert listed[0]["id"] == first.json()["id"]


async def test_only_the_conductors_people_write(world: World) -> None:
    case = await world.started()
    for who, expected in (("koko-analyst", 404), ("uo-auditor", 403), ("uo-admin", 404)):
        answer = await world.call(who, "POST", f"{case.path}/sources", json=SOURCE)
        assert answer.status_code == expected, who


async def test_a_share_has_both_its_numbers_and_a_whole(world: World) -> None:
    case = await world.started()
    await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"denominator": None}, "share_half_given"),
        ({"numerator": None}, "share_half_given"),
        ({"denominator": "0"}, "share_undivided"),
        ({"denominator": "-5"}, "share_undivided"),
    )
    for change, code in wrong:
        answer = await world.call(
            "sary-analyst", "POST", f"{case.path}/indicators", json={**SHARE, **change, "value": "45"}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    neither = {**SHARE, "numerator": None, "denominator": None}
    plain = await world.call("sary-analyst", "POST", f"{case.path}/indicators", json=neither)
    assert plain.status_code == 201, plain.text


@pytest.mark.parametrize(
    "title", ["\u202eтеріс", "\u2066ішкі", "\u200b\u200d", "екі\nжол", "екі\u2028жол", "ұ" * 501]
)
async def test_a_title_is_one_line_that_can_be_read(world: World, title: str) -> None:
    case = await world.started()
    source = {**SOURCE, "title": {"kk": title}}
    answer = await world.call("sary-analyst", "POST", f"{case.path}/sources", json=source)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/title/kk")
    start = {"kind": "thematic", "title": {"kk": title}, "spheres": ["kindergarten-queue"]}
    period = {"studied_from": "2026-01-01", "studied_until": "2026-06-30"}
    begun = await world.call("sary-analyst", "POST", "/monitorings", json={**start, **period})
    assert (begun.status_code, begun.json()["errors"][0]["pointer"]) == (422, "/title/kk")


async def test_faults_of_an_indicator_are_those_of_its_kind(world: World) -> None:
    case = await world.started()

    async def faults(body: dict[str, object]) -> set[str]:
        answer = await world.call("sary-analyst", "POST", f"{case.path}/indicators", json=body)
        assert answer.status_code == 422
        return {fault["pointer"] for fault in answer.json()["errors"]}

    assert await faults({**SHARE, "numerator": "NaN"}) == {"/numerator"}
    assert await faults({**SHARE, "text": {"kk": "сөз"}}) == {"/text"}
    assert await faults({**SHARE, "kind": "qualitative"}) >= {"/name", "/unit", "/value"}
    assert await faults({**SHARE, "kind": "other"}) == {""}

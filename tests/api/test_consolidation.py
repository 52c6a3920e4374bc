"""The consolidation over HTTP, with a real workflow behind it: who may, what happens, what is refused."""

from datetime import UTC, datetime, timedelta

import httpx

from models.report.content import ReportContent
from models.tables.content import SnapshotRow
from tests.api.test_succession import abolished
from tests.api.world import PDF, World
from tests.workflows.running import CALENDAR

ANALYST, HEAD, AUDITOR, DIVISION = "uo-analyst", "uo-head", "uo-auditor", "sary-analyst"
TODAY = CALENDAR.local_date(datetime.now(UTC))


async def _uploads(office: World) -> str:
    files = {"file": ("Есеп.pdf", PDF, "application/pdf")}
    answer = await office.call(ANALYST, "POST", "/consolidation/files", files=files)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def paper(file: str, **changes: object) -> dict[str, object]:
    return {
        "sender": "td-sary",
        "kind": "thematic",
        "received_on": TODAY.isoformat(),
        "started_on": (TODAY - timedelta(days=40)).isoformat(),
        "ended_on": (TODAY - timedelta(days=10)).isoformat(),
        "title": {"kk": "Балабақшаларға кезек"},
        "objects": ["land-sary"],
        "findings": [{"id": "f1", "text": {"kk": "Кезек ашық емес."}}],
        "items": [
            {
                "id": "i1",
                "kind": "proposal",
                "addressee": "land-sary",
                "text": {"kk": "Кезекті ашық жүргізу."},
                "basis": "f1",
            }
        ],
        "file": file,
        **changes,
    }


async def _registers(office: World, key: str = "k1", **changes: object) -> httpx.Response:
    body = paper(await _uploads(office), **changes)
    return await office.call(
        ANALYST, "POST", "/consolidation/reports", json=body, headers={"Idempotency-Key": key}
    )


async def test_a_paper_report_is_registered_considered_and_reviewed(office: World) -> None:
    first = await _registers(office)
    assert first.status_code == 201, first.text
    for asked in ("/commands", f"/commands?number=P-{TODAY.year}-0001"):
        (logged,) = (await office.call("uo-auditor", "GET", asked)).json()
        assert (logged["name"], logged["outcome"]) == ("register_paper_report", "done")
    other = await office.call(ANALYST, "POST", "/consolidation/rounds/9/complete", json={"note": "Қаралды"})
    assert other.status_code == 409
    (logged,) = (await office.call("uo-auditor", "GET", "/commands?outcome=refused")).json()
    assert logged["number"] == "18-UO"
    number = f"P-{TODAY.year}-0001"
    assert first.json()["report"] == number
    (listed,) = (await office.call(AUDITOR, "GET", "/consolidation/reports?way=paper")).json()
    assert (listed["id"], listed["title"]["kk"]) == (number, "Балабақшаларға кезек")
    assert listed["awaits_consideration"]
    await _content_is_frozen(office, listed["content"], number)
    file = await office.call(AUDITOR, "GET", f"/consolidation/reports/{number}/file")
    assert file.content == PDF
    consider = f"/consolidation/reports/{number}/consider"
    done = await office.call(ANALYST, "POST", consider, json={"note": "Қаралды және талданды."})
    assert done.status_code == 200, done.text
    (listed,) = (await office.call(HEAD, "GET", "/consolidation/reports?considered=true")).json()
    assert listed["considered"]["by"]
    assert listed["considered"]["note"] == "Қаралды және талданды."
    again = await office.call(ANALYST, "POST", consider, json={"note": "Тағы да."})
    assert (again.status_code, again.json()["code"], again.json()["rule"]) == (
        409,
        "considered_by_body_already",
        "18",
    )
    complete = "/consolidation/rounds/1/complete"
    reviewed = await office.call(HEAD, "POST", complete, json={"note": "Шолу аяқталды."})
    assert reviewed.status_code == 200, reviewed.text
    seen = (await office.call(AUDITOR, "GET", "/consolidation")).json()
    assert seen["completion"]["reports"] == [number]
    assert seen["inbox"] == {"received": 1, "sent": 0, "own": 0, "paper": 1, "unconsidered": 0}


async def _content_is_frozen(office: World, sha256: str, number: str) -> None:
    async with office.sessions() as session:
        row = await session.get_one(SnapshotRow, sha256)
    content = ReportContent.model_validate_json(row.body)
    assert content.number == number
    assert content.draft.conductors[0].organisation == "td-sary"
    assert [named.id for named in content.bodies] == ["land-sary"]


async def test_the_same_request_twice_registers_once(office: World) -> None:
    body = paper(await _uploads(office))
    headers = {"Idempotency-Key": "once"}
    answers = [
        await office.call(ANALYST, "POST", "/consolidation/reports", json=body, headers=headers)
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len((await office.call(ANALYST, "GET", "/consolidation/reports")).json()) == 1


async def test_what_cannot_be_is_refused_and_uses_up_no_number(office: World) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    early = await _registers(office, "early", received_on=tomorrow)
    assert (early.status_code, early.json()["code"], early.json()["rule"]) == (
        409,
        "received_in_future",
        "17",
    )
    own = await _registers(office, "own", sender="uo")
    assert own.json()["code"] == "own_report_not_received"
    nobody = await _registers(office, "nobody", sender="nobody")
    assert (nobody.status_code, nobody.json()["code"]) == (422, "organisation_unknown")
    basis = [{**item, "basis": "f9"} for item in _items()]
    assert (await _registers(office, "basis", items=basis)).status_code == 422
    body = paper("a-unknown")
    lost = await office.call(ANALYST, "POST", "/consolidation/reports", json=body)
    assert (lost.status_code, lost.json()["code"]) == (422, "attachment_unknown")
    assert (await _registers(office, "well")).json()["report"].endswith("-0001")


async def test_rules_05_10_and_14_what_the_rules_exclude_is_not_registered(office: World) -> None:
    """The guard service is a special state body from 1 January 2026 (samples/country)."""
    wide = await _registers(office, "wide", sender="ashyk-kezek", kind="comprehensive")
    assert (wide.status_code, wide.json()["code"], wide.json()["rule"]) == (
        409,
        "paper_comprehensive_by_other_subject",
        "10",
    )
    theirs = await _registers(office, "theirs", sender="guard-service")
    assert (theirs.status_code, theirs.json()["code"], theirs.json()["rule"]) == (
        409,
        "paper_of_special_state_body",
        "5",
    )
    on_it = await _registers(office, "on-it", objects=["land-sary", "guard-service"])
    assert (on_it.status_code, on_it.json()["code"]) == (409, "paper_on_special_state_body")
    before = {"started_on": "2025-10-01", "ended_on": "2025-11-28"}
    kept = await _registers(office, "before", objects=["guard-service"], **before)
    assert kept.status_code == 201, kept.text  # it became one after that conduct
    logged = (await office.call(AUDITOR, "GET", "/commands?outcome=refused")).json()
    assert [each["name"] for each in logged] == ["register_paper_report"] * 3


def _items() -> list[dict[str, object]]:
    items = paper("")["items"]
    assert isinstance(items, list)
    return items


async def test_the_authorized_body_acts_auditors_read_and_nobody_else_sees_it(office: World) -> None:
    for path in ("/consolidation", "/consolidation/reports"):
        assert (await office.call(None, "GET", path)).status_code == 401
        assert (await office.call(DIVISION, "GET", path)).status_code == 403
        assert (await office.call(AUDITOR, "GET", path)).status_code == 200
    note = {"note": "Шолу аяқталды."}
    complete = "/consolidation/rounds/1/complete"
    assert (await office.call(AUDITOR, "POST", complete, json=note)).status_code == 403
    ahead = await office.call(HEAD, "POST", "/consolidation/rounds/2/complete", json=note)
    assert (ahead.status_code, ahead.json()["code"]) == (409, "review_round_not_in_course")
    unknown = await office.call(HEAD, "GET", "/consolidation/reports/P-2020-0001/file")
    assert unknown.status_code == 404


async def test_rule_17_a_paper_of_a_body_that_is_no_more_is_registered_as_it_came(office: World) -> None:
    """It conducted, was studied or is asked for something while it was there."""
    await abolished(office, "td-koko", without_successor=True)
    await abolished(office, "land-sary", successor="akimat-sary")
    first = await _registers(office, "late", sender="td-koko")
    assert first.status_code == 201, first.text
    nobody = await _registers(office, "nobody", objects=["nobody"])
    assert nobody.status_code == 422, nobody.text

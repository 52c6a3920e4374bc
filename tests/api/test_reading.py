"""Who sees what (docs/procedure.md, Roles), over HTTP."""

import io
from itertools import pairwise

from docx import Document

from local.samples import ScenarioName, content_of, load_scenario
from models.commands import ApproveReport, SubmitReport
from models.events import ReportRendered
from models.vocabulary.actors import SYSTEM
from models.vocabulary.procedure import Role
from tests.api.on_file import freeze
from tests.api.world import World


async def test_a_division_reads_its_own_and_nobody_elses(world: World) -> None:
    case = await world.started(ScenarioName.B)
    own = await world.call("sary-analyst", "GET", case.path)
    assert own.status_code == 200, own.text
    assert own.json()["stage"] == "planned"
    assert own.json()["conduct"]["started_by"]["role"] == "analyst"
    foreign = await world.call("koko-analyst", "GET", case.path)
    assert foreign.status_code == 404
    assert foreign.json()["code"] == "monitoring_unknown"


async def test_authorized_body_reads_a_divisions_report_once_it_was_sent(world: World) -> None:
    case = await world.started(ScenarioName.B)
    assert (await world.call("uo-analyst", "GET", case.path)).status_code == 404
    await case.approved()
    await case.dispatched()
    seen = await world.call("uo-analyst", "GET", case.path)
    assert seen.status_code == 200, seen.text
    assert seen.json()["conduct"] is None
    assert (await world.call("uo-analyst", "GET", f"{case.path}/journal")).status_code == 403
    inbox = await world.call("uo-analyst", "GET", "/inbox?considered=false")
    assert [report["number"] for report in inbox.json()] == [case.number]
    assert (await world.call("sary-analyst", "GET", "/inbox")).json() == []


async def test_auditor_reads_everything_and_changes_nothing(world: World) -> None:
    case = await world.started(ScenarioName.B)
    for path in ("", "/journal", "/open-items", "/sources", "/letters", "/check-report"):
        answer = await world.call("uo-auditor", "GET", f"{case.path}{path}")
        assert answer.status_code == 200, (path, answer.text)
    begun = await world.call("uo-auditor", "POST", f"{case.path}/collection", json={"began_on": "2026-01-01"})
    assert begun.status_code == 403


async def test_administrator_reads_no_drafts(world: World) -> None:
    case = await world.started(ScenarioName.B)
    assert (await world.call("uo-admin", "GET", case.path)).status_code == 404
    assert (await world.call("uo-admin", "GET", f"{case.path}/draft")).status_code == 404


async def test_list_shows_what_the_caller_may_open_and_nothing_else(world: World) -> None:
    own = await world.started(ScenarioName.B)
    other = await world.started(ScenarioName.C)
    everyone = ("sary-analyst", "koko-analyst", "uo-analyst", "uo-web-editor", "uo-auditor", "uo-admin")
    for stage in ("started", "dispatched"):
        for who in (*everyone, "ashyk-analyst", "akimat-analyst"):
            listed = await world.call(who, "GET", "/monitorings")
            assert listed.status_code == 200, listed.text
            numbers = {line["number"] for line in listed.json()["items"]}
            opened = {
                case.number
                for case in (own, other)
                if (await world.call(who, "GET", case.path)).status_code == 200
            }
            assert numbers == opened, (stage, who)
        if stage == "started":
            for case in (own, other):
                await case.approved()
                await case.dispatched()


async def test_list_is_filtered_searched_and_paged(world: World) -> None:
    cases = [await world.started(ScenarioName.B) for _ in range(3)]
    first = (await world.call("sary-analyst", "GET", "/monitorings?limit=2")).json()
    second = (
        await world.call("sary-analyst", "GET", f"/monitorings?limit=2&cursor={first['next_cursor']}")
    ).json()
    numbers = [line["number"] for line in (*first["items"], *second["items"])]
    assert sorted(numbers) == [case.number for case in cases]
    assert second["next_cursor"] is None
    beginning = first["items"][0]["title"]["kk"].split()[0][:4].lower()
    found = await world.call("sary-analyst", "GET", "/monitorings", params={"text": beginning})
    assert len(found.json()["items"]) == 3
    nothing = await world.call("sary-analyst", "GET", "/monitorings", params={"text": "жоқсөз"})
    assert nothing.json()["items"] == []
    kind = first["items"][0]["kind"]
    other = "thematic" if kind == "comprehensive" else "comprehensive"
    assert (await world.call("sary-analyst", "GET", f"/monitorings?kind={other}")).json()["items"] == []


async def test_desk_lists_open_work(world: World) -> None:
    case = await world.started(ScenarioName.B)
    line = (await world.call("sary-analyst", "GET", "/monitorings?desk=mine")).json()["items"][0]
    assert line["number"] == case.number
    assert line["open_items"] == [
        {"kind": "report_not_approved", "rule": "15", "subject": None, "blocking": True, "reason": ""}
    ]


async def test_journal_is_paged_and_chained(world: World) -> None:
    case = await world.started(ScenarioName.B)
    await case.approved()
    path = f"{case.path}/journal"
    entries = []
    after: str | None = "0"
    while after is not None:
        page = (await world.call("sary-head", "GET", f"{path}?limit=4&after={after}")).json()
        entries += page["items"]
        after = page["next_cursor"]
    assert [entry["seq"] for entry in entries] == list(range(1, len(case.entries) + 1))
    read_on = (await world.call("sary-head", "GET", f"{path}?limit=4&cursor=4")).json()
    assert read_on["items"] == entries[4:8]
    for wrong in ("x", "-1", "9" * 20, "WyIyMDI2Il0"):
        answer = await world.call("sary-head", "GET", f"{path}?cursor={wrong}")
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")
    for before, entry in pairwise(entries):
        assert entry["previous_hash"] == before["hash"]


async def test_addressee_reads_the_report_and_its_own_items_only(world: World) -> None:
    case = await world.started(ScenarioName.B)
    await case.approved()
    await case.dispatched()
    replies = (await world.call("uo-analyst", "GET", f"{case.path}/replies")).json()
    assert [reply["organisation"] for reply in replies] == ["uo"]
    everything = (await world.call("sary-analyst", "GET", f"{case.path}/replies")).json()
    assert len(everything) == len(case.state.addressees)
    document = await world.call("uo-analyst", "GET", f"{case.path}/report/versions/1/documents/filed/kk")
    assert document.content.startswith(b"%PDF")
    assert document.headers["x-content-type-options"] == "nosniff"


async def test_whoever_reads_a_version_has_it_as_a_word_document_too(world: World) -> None:
    case = await world.started(ScenarioName.B)
    draft = await world.call("sary-analyst", "GET", f"{case.path}/report/content/ru/docx")
    assert "Проект" in _head(draft.content)
    await freeze(world, content_of(load_scenario(case.name), case.number))
    await case.approved()
    path = f"{case.path}/report/versions/1/documents/filed/kk/docx"
    assert (await world.call("uo-analyst", "GET", path)).status_code == 404
    await case.dispatched()
    assert (await world.call("uo-analyst", "GET", f"{case.path}/report/content/ru/docx")).status_code == 403
    copy = await world.call("uo-analyst", "GET", path)
    assert copy.headers["content-disposition"].startswith(f'attachment; filename="{case.number}-v1-filed-kk')
    assert "бекітілді" in _head(copy.content)
    assert (await world.call("uo-analyst", "GET", path.replace("/1/", "/2/"))).status_code == 404


def _head(document: bytes) -> str:
    return str(Document(io.BytesIO(document)).sections[0].header.paragraphs[0].text)


async def test_public_sees_published_reports_only(world: World) -> None:
    case = await world.started(ScenarioName.A)
    assert (await world.call(None, "GET", f"/public{case.path}")).status_code == 404
    await case.approved()
    assert (await world.call(None, "GET", f"/public{case.path}")).status_code == 404
    await case.publishes()
    seen = await world.call(None, "GET", f"/public{case.path}")
    assert seen.status_code == 200, seen.text
    assert "email" not in seen.text
    assert (await world.call(None, "GET", "/public/monitorings")).json()["items"][0]["number"] == case.number
    document = await world.call(None, "GET", f"/public{case.path}/documents/kk")
    assert document.headers["content-disposition"].startswith("attachment")
    assert (await world.call(None, "GET", f"/public{case.path}/documents/ru")).status_code == 404
    await freeze(world, content_of(load_scenario(case.name), case.number))
    copy = await world.call(None, "GET", f"/public{case.path}/documents/ru/docx")
    assert copy.content.startswith(b"PK")
    assert (
        await world.call(None, "GET", "/public/monitorings/2020-SARY-0001/documents/kk/docx")
    ).status_code == 404


async def test_reads_answer_and_readiness_says_why_while_temporal_is_down(world: World) -> None:
    case = await world.started(ScenarioName.B)
    assert (await world.call("sary-analyst", "GET", case.path)).status_code == 200
    ready = await world.call(None, "GET", "/health/ready")
    assert ready.status_code == 503
    assert int(ready.headers["retry-after"]) > 0
    said = ready.json()
    assert (said["ready"], said["reasons"]) == (False, ["temporal_away", "no_worker"])
    assert {name for name in ("database", "archive", "stores", "disk") if said[name]} == {
        "database",
        "archive",
        "stores",
        "disk",
    }
    assert (await world.call(None, "GET", "/health/live")).json() == {"live": True}


async def test_a_report_under_correction_stays_in_the_public_list(world: World) -> None:
    case = await world.started(ScenarioName.A)
    await case.approved()
    await case.publishes()
    await case.corrects()
    await case.does(SubmitReport, content=case.content())
    await case.happens(SYSTEM, ReportRendered(version=2, documents=await case.printed()))
    await case.does(ApproveReport, Role.HEAD, version=2)
    assert (await world.call(None, "GET", f"/public{case.path}")).status_code == 200
    listed = (await world.call(None, "GET", "/public/monitorings")).json()["items"]
    assert [line["number"] for line in listed] == [case.number]


async def test_an_unknown_address_is_a_page_for_browsers_and_a_problem_for_programs(world: World) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "ru"}
    page = await world.client.get("/nope", headers=browser)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-language"] == "ru"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for answer in (
        await world.client.get("/nope"),
        await world.client.get("/api/v1/nope", headers=browser),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

"""The timeline over HTTP: in words, filtered, paged, exported; and who may read it."""

import csv
import hashlib
import io
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text as sql
from sqlmodel import col, select

from api.history.exports import COLUMNS
from models.commands import BeginCorrection, CancelMonitoring, RecordHandDelivery
from models.letters.post import DeliveryOutcome
from models.report.notes import TextNote
from models.tables.content import RevisionRow
from models.tables.deliveries import DeliveryRow
from models.vocabulary.procedure import Language, monitoring_workflow_id
from tests.api.signing import signature
from tests.api.test_content import SOURCE
from tests.api.world import PDF, Case, World
from tests.keeping import triggers_sleep

Json = dict[str, Any]
FORMULA = '=HYPERLINK("http://evil.example";"A1")'


async def dispatched(world: World) -> Case:
    case = await world.started()
    await case.approved()
    await case.dispatched()
    return case


async def delivered(case: Case, letter: str) -> None:
    """The proof of one letter, as the activity records it."""
    async with case.world.sessions.begin() as session:
        session.add(
            DeliveryRow(
                number=case.number,
                letter=letter,
                attempt=1,
                kind="report_for_consideration",
                message_id="m",
                recipient="clinic-2",
                address="clinic@example.kz",
                language="kk",
                subject="s",
                outcome=DeliveryOutcome.ACCEPTED.value,
                smtp_code=250,
                smtp_reply="2.0.0 Ok: queued as 4F1A2B3C",
                eml_sha256="e" * 64,
                at=datetime(2024, 2, 29, 17, 0, tzinfo=UTC),
            )
        )


async def test_every_line_is_a_sentence_with_its_actor_rule_time_and_hash(world: World) -> None:
    case = await dispatched(world)
    for language in Language:
        answer = await world.call(
            "uo-auditor", "GET", f"{case.path}/history?limit=200", headers={"Accept-Language": language.value}
        )
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert [line["seq"] for line in page["items"]] == list(range(1, len(case.entries) + 1))
        assert page["broken_at"] is None
        assert page["head"]["whole"] == f"{page['items'][-1]['seq']}:{page['items'][-1]['hash']}"
        for line in page["items"]:
            assert line["sentence"].endswith(".")
            assert "{" not in line["sentence"]
            assert line["actor"]["role_name"]
            assert datetime.fromisoformat(line["at"]) == datetime.fromisoformat(line["at_local"])
            assert line["at_local"].endswith("+05:00")


async def test_names_are_looked_up_when_somebody_reads(world: World) -> None:
    case = await dispatched(world)
    before = await lines(world, case)
    assert before[0]["actor"]["said"].startswith("Үлгі Тоғызыншы, analyst, Territorial Division")
    assert "Polyclinic No. 2" in line_of(before, "report_dispatched")["sentence"]
    async with world.sessions.begin() as session:
        await session.exec(sql("UPDATE people SET name = 'Жаңа Есім' WHERE id = 'p-sary-analyst'"))  # type: ignore[call-overload]
    assert (await lines(world, case))[0]["actor"]["person_name"] == "Жаңа Есім"


async def test_a_letter_shows_its_proof_and_the_time_zone_of_its_day(world: World) -> None:
    """Kazakhstan was at UTC+6 until the end of February 2024."""
    case = await dispatched(world)
    letter = line_of(await lines(world, case), "report_dispatched")["letters"][0]
    assert letter["attempts"] == []
    await delivered(case, letter["id"])
    letter = line_of(await lines(world, case), "report_dispatched")["letters"][0]
    (proof,) = letter["attempts"]
    assert (letter["status"], proof["queue_id"], proof["smtp_code"]) == ("sent", "4F1A2B3C", 250)
    assert proof["eml_sha256"] == "e" * 64
    assert "29 Feb 2024, 23:00:00 (Almaty time, UTC+6)" in proof["said_at"]


async def test_texts_are_shown_with_whoever_signed_them_and_a_missing_one_by_its_hash(world: World) -> None:
    case = await dispatched(world)
    kept = await case.keeps(TextNote(text="Қате табылды"))
    await case.does(BeginCorrection, reason=kept)
    letter = next(letter.id for letter in case.state.letters.values() if letter.version == 1)
    day = case.state.calendar.local_date(case.entries[-1].at)
    await case.does(RecordHandDelivery, letter=letter, delivered_on=day, note="f" * 64)
    found = await lines(world, case)
    (reason,) = line_of(found, "correction_begun")["texts"]
    assert (reason["name"], reason["text"], reason["mark"]) == ("Reason", "Қате табылды", "[in Kazakh]")
    (note,) = line_of(found, "hand_delivery_recorded")["texts"]
    assert (note["sha256"], note["text"]) == ("f" * 64, None)


async def test_lines_are_filtered_by_actor_event_rule_and_day(world: World) -> None:
    case = await dispatched(world)
    whole = await lines(world, case)

    async def seqs(**filters: str) -> list[int]:
        return [line["seq"] for line in await lines(world, case, **filters)]

    head = [line["seq"] for line in whole if line["actor"]["account"] == "a-sary-head"]
    assert await seqs(actor="a-sary-head") == head != []
    assert await seqs(actor="td-sary", type="report_approved") == head
    assert await seqs(actor="system") == [x["seq"] for x in whole if x["actor"]["role"] == "system"]
    assert await seqs(rule="17") == [line["seq"] for line in whole if "17" in line["rules"]]
    assert await seqs(rule="99") == []
    assert await seqs(until="2020-01-01") == []
    assert len(await seqs(since="2020-01-01", until="2100-01-01")) == len(whole)


async def test_what_was_done_to_the_content_stands_between_the_lines_with_who_and_its_hash(
    world: World,
) -> None:
    case = await world.started()
    path = f"{case.path}/sources"
    changed = SOURCE | {"owner": "Бас прокуратура"}
    written = [await world.call("sary-analyst", "POST", path, json=SOURCE)]
    written.append(
        await world.call("sary-head", "PUT", f"{path}/s-1", json=changed, headers={"If-Match": '"1"'})
    )
    written.append(await world.call("sary-analyst", "DELETE", f"{path}/s-1", headers={"If-Match": '"2"'}))
    table = "Title,Address or reference,Obtained on,Kind of source,Access\n" + "".join(
        f"Article {place},https://example.kz/{place},2026-01-10,5,open\n" for place in range(5)
    )
    for name, below, content in (
        ("a.csv", "imports/sources", table.encode()),
        ("есеп.pdf", "attachments", PDF),
    ):
        written.append(
            await world.call("sary-analyst", "POST", f"{case.path}/{below}", files={"file": (name, content)})
        )
    signed = hashlib.sha256(PDF).hexdigest()
    files, data = {"file": ("қол.cms", signature(PDF))}, {"signs": signed}
    written.append(await world.call("sary-head", "POST", f"{case.path}/signatures", files=files, data=data))
    assert [each.status_code for each in written] == [201, 200, 204, 200, 201, 201]
    await case.does(CancelMonitoring, reason=await case.keeps(TextNote(text="Қажет емес")))

    page = await content_of_history(world, case)
    begun = len(case.entries) - 1
    assert [(line["type"], line["account"], len(line["pieces"])) for line in page] == [
        ("source_entered", "a-sary-analyst", 1),
        ("source_changed", "a-sary-head", 1),
        ("source_removed", "a-sary-analyst", 1),
        ("source_entered", "a-sary-analyst", 5),
        ("file_attached", "a-sary-analyst", 1),
        ("signature_attached", "a-sary-head", 1),
    ]
    assert {line["after"] for line in page} == {begun}, "before the cancellation"
    assert page[2]["sentence"] == "Source removed: Құқықтық статистика."
    assert page[3]["sentence"] == "Source entered, 5 in all: Article 0; Article 1; Article 2 and others."
    assert page[1]["organisation_name"].startswith("Territorial Division")
    async with world.sessions() as session:
        rows = (await session.exec(select(RevisionRow.sha256).order_by(col(RevisionRow.id)))).all()
    assert [piece["sha256"] for line in page[:4] for piece in line["pieces"]] == list(rows)
    assert (page[4]["pieces"][0]["sha256"], page[5]["pieces"][0]["signs"]) == (signed, signed)
    by_head = await content_of_history(world, case, actor="a-sary-head")
    assert [line["type"] for line in by_head] == ["source_changed", "signature_attached"]
    assert len(await content_of_history(world, case, type="source_entered")) == 2
    assert await content_of_history(world, case, rule="7") == []

    exported = await world.call("uo-auditor", "GET", f"{case.path}/history.json")
    assert len(exported.json()["content"]) == len(page)
    answer = await world.call("uo-auditor", "GET", f"{case.path}/history.csv")
    table_rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))[
        1:
    ]
    assert [row[0] for row in table_rows] == [*map(str, range(1, begun + 1)), *("",) * 6, str(begun + 1)]
    assert signed in table_rows[begun + 4][COLUMNS.index("pins")]


async def test_nonsense_is_refused_in_words(world: World) -> None:
    case = await world.started()
    for query in (
        "type=nothing",
        "since=yesterday",
        "cursor=x",
        "limit=0",
        "until=0001-01-01",
        "actor=%20",
        "rule=" + "1" * 30,
    ):
        answer = await world.call("uo-auditor", "GET", f"{case.path}/history?{query}")
        assert answer.status_code == 422, query
        assert answer.headers["content-type"] == "application/problem+json"
    for cursor in ("WyJ4Il0", "WyI5OTk5OTk5OTk5OTk5OTk5Il0", "WyItMSJd"):
        answer = await world.call("uo-auditor", "GET", f"{case.path}/history?cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


async def test_pages_follow_each_other_without_a_gap(world: World) -> None:
    case = await dispatched(world)
    found: list[int] = []
    cursor = ""
    while cursor is not None:
        given = f"&cursor={cursor}" if cursor else ""
        page = (await world.call("sary-head", "GET", f"{case.path}/history?limit=5{given}")).json()
        found += [line["seq"] for line in page["items"]]
        cursor = page["next_cursor"]
    assert found == list(range(1, len(case.entries) + 1))


async def test_the_table_opens_in_a_spreadsheet_and_computes_nothing(world: World) -> None:
    case = await world.started()
    await case.does(CancelMonitoring, reason=await case.keeps(TextNote(text=FORMULA)))
    async with world.sessions.begin() as session:
        await session.exec(sql("UPDATE people SET name = '=1+1' WHERE id = 'p-sary-analyst'"))  # type: ignore[call-overload]
    answer = await world.call(
        "uo-auditor", "GET", f"{case.path}/history.csv", headers={"Accept-Language": "kk"}
    )
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(heading) == len(COLUMNS)
    assert len(rows) == len(case.entries)
    assert rows[0][COLUMNS.index("person")] == "'=1+1"
    assert FORMULA in rows[-1][COLUMNS.index("texts")]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


async def test_the_export_is_whole_or_filtered_and_says_how(world: World) -> None:
    case = await dispatched(world)
    answer = await world.call("uo-auditor", "GET", f"{case.path}/history.json?rule=16")
    export = answer.json()
    assert export["filters"]["rule"] == "16"
    assert [line["type"] for line in export["lines"]] == ["report_approved"]
    assert export["head"]["seq"] == len(case.entries)
    whole = (await world.call("uo-auditor", "GET", f"{case.path}/history.json")).json()
    assert len(whole["lines"]) == len(case.entries)


async def test_the_conductor_reads_its_own_and_only_auditors_prove(world: World) -> None:
    case = await dispatched(world)
    readers = {"uo-auditor": 200, "sary-analyst": 200, "sary-head": 200}
    strangers = {
        "koko-head": 404,
        "ashyk-head": 404,
        "uo-admin": 404,
        "uo-analyst": 403,
        "uo-web-editor": 403,
    }
    for path in ("history", "history.csv", "history.json"):
        for who, status in (readers | strangers).items():
            assert (await world.call(who, "GET", f"{case.path}/{path}")).status_code == status, (who, path)
        assert (await world.call(None, "GET", f"{case.path}/{path}")).status_code == 401
    for who in ("sary-analyst", "sary-head", "uo-analyst"):
        for path in ("history/raw", "history/check"):
            assert (await world.call(who, "GET", f"{case.path}/{path}")).status_code == 403, (who, path)


async def test_a_tampered_journal_is_shown_as_far_as_it_goes(world: World) -> None:
    case = await dispatched(world)
    await tamper(world, case, 'event = \'{"type": "nothing"}\'', 5)
    page = (await world.call("uo-auditor", "GET", f"{case.path}/history?limit=200")).json()
    assert (page["broken_at"], len(page["items"])) == (5, 4)


async def tamper(world: World, case: Case, change: str, seq: int) -> None:
    """Change a line behind the product's back."""
    statement = sql(f"UPDATE journal SET {change} WHERE workflow_id = :workflow AND seq = :seq")
    async with world.sessions.begin() as session:
        await triggers_sleep(session)
        given = {"workflow": monitoring_workflow_id(case.number), "seq": seq}
        await session.exec(statement, params=given)  # type: ignore[call-overload]


async def lines(world: World, case: Case, **filters: str) -> list[Json]:
    """All lines the auditor sees, in English."""
    answer = await world.call(
        "uo-auditor",
        "GET",
        f"{case.path}/history",
        params={"limit": "200", **filters},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


async def content_of_history(world: World, case: Case, **filters: str) -> list[Json]:
    """What was done to the content, as the auditor sees it, in English."""
    answer = await world.call(
        "uo-auditor",
        "GET",
        f"{case.path}/history",
        params={"limit": "200", **filters},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["content"]
    return found


def line_of(found: list[Json], event: str) -> Json:
    (line,) = [line for line in found if line["type"] == event]
    return line

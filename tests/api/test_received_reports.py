"""Which reports the register rests on: those that reached the authorized body, as they were frozen."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text as sql
from sqlmodel import select

from activities.registries.received_reports import received_reports
from local.samples import ScenarioName
from models.commands import ApproveReport, SubmitReport
from models.events import LetterSent, ReportRendered
from models.report.content import Wording
from models.report.facts import pin
from models.report.received import Way
from models.tables.editions import EditionRow
from models.tables.reads import ReadRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.editions import ORDER_192
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Role
from tests.api.inbox import arrives
from tests.api.on_file import FiledCase, freeze, on_file
from tests.api.world import World
from tests.keeping import triggers_sleep

Json = dict[str, Any]
PATH = "/consolidation/register"


async def register(world: World, who: str = "uo-analyst") -> Json:
    answer = await world.call(who, "GET", PATH, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def versions(world: World) -> dict[str, int]:
    async with world.sessions() as session:
        return {each.id: each.version for each in await received_reports(session)}


async def corrected(case: FiledCase) -> None:
    """A12: a second version, approved and not yet sent again."""
    await case.corrects()
    draft = case.report.draft.model_copy(update={"conclusions": Wording(kk="Түзетілді")})
    second = case.report.model_copy(update={"draft": draft})
    await freeze(case.world, second)
    case.report = second
    await case.does(SubmitReport, content=pin(second))
    await case.happens(SYSTEM, ReportRendered(version=2, documents=await case.printed()))
    await case.does(ApproveReport, Role.HEAD, version=2)


async def test_a_report_is_on_file_once_it_has_reached_the_authorized_body(world: World) -> None:
    started = await world.started()
    await started.approved()
    await arrives(world.sessions, started.state)
    assert await versions(world) == {}
    sent, own = await on_file(world), await on_file(world, ScenarioName.A)
    async with world.sessions() as session:
        found = {each.id: each for each in await received_reports(session)}
    assert {known: each.way for known, each in found.items()} == {sent.number: Way.SENT, own.number: Way.OWN}
    assert found[sent.number].ended_on == sent.report.draft.ended_on
    assert found[sent.number].content == pin(sent.report).sha256


async def test_a_correction_takes_the_place_of_what_it_corrects_once_it_has_arrived(world: World) -> None:
    case = await on_file(world)
    await corrected(case)
    letters = [x for x in case.state.letters.values() if x.status is LetterStatus.DUE]
    assert letters, "a correction goes to everybody who has the report"
    await arrives(world.sessions, case.state)
    assert await versions(world) == {case.number: 1}
    for letter in letters:
        await case.happens(SYSTEM, LetterSent(letter=letter.id, attempt=letter.attempt))
    await arrives(world.sessions, case.state)
    assert await versions(world) == {case.number: 2}
    assert {row["source"]["version"] for row in (await register(world))["rows"]} == {2}


async def test_a_report_whose_content_was_altered_or_lost_is_left_out_and_named(world: World) -> None:
    altered, lost, whole = await on_file(world), await on_file(world), await on_file(world)
    async with world.sessions.begin() as session:
        await triggers_sleep(session)
        connection = await session.connection()
        await connection.execute(
            sql("UPDATE snapshots SET body = replace(body, '46%', '4%') WHERE number = :number"),
            {"number": altered.number},
        )
        await connection.execute(sql("DELETE FROM snapshots WHERE number = :n"), {"n": lost.number})
    found = await register(world)
    assert {each["report"] for each in found["left_out"]} == {altered.number, lost.number}
    assert {each["report"] for each in found["reports"]} == {whole.number}


async def test_a_natural_person_is_named_only_where_the_edition_says_so(world: World) -> None:
    case = await on_file(world, ScenarioName.C)
    async with world.sessions.begin() as session:
        connection = await session.connection()
        await connection.execute(
            sql("UPDATE organisation_versions SET kind = 'natural_person' WHERE organisation = :o"),
            {"o": case.conductor},
        )
    (line,) = (await register(world))["reports"]
    assert line["conductor"] == {"id": case.conductor, "name": "A natural person"}
    switches = ORDER_192.switches.model_copy(update={"mask_natural_person": False})
    async with world.sessions.begin() as session:
        await triggers_sleep(session)
        row = (await session.exec(select(EditionRow))).one()
        row.body = ORDER_192.model_copy(update={"switches": switches}).model_dump(mode="json")
        session.add(row)
    (line,) = (await register(world))["reports"]
    assert line["conductor"]["name"] != "A natural person"


async def test_what_an_auditor_reads_is_written_down(world: World) -> None:
    await register(world, "uo-head")
    await register(world, "uo-auditor")
    async with world.sessions() as session:
        (read,) = (await session.exec(select(ReadRow))).all()
    assert (read.account, read.what, read.number) == ("a-uo-auditor", "read_consolidated_register", None)
    assert read.at <= datetime.now(UTC)

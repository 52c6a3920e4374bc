"""Bodies come and go while monitorings run: the keeper tells, the workflow goes on, the history replays."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.keepers.consolidation_notices import ConsolidationPost
from activities.keepers.duties import keep_duties
from activities.keepers.duty_notices import DutyPost
from activities.keepers.successions import keep_successions, tell_successions
from activities.registries.local_day import local_today
from local.samples import ScenarioName
from models.commands import (
    AmendReply,
    BeginCorrection,
    CancelMonitoring,
    NewAddressee,
    RegisterPaperReport,
    TakeOverMonitoring,
)
from models.duty.state import DutyState
from models.monitoring.state import MonitoringState
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.duties import DutyRow
from models.tables.foundings import FoundingRow
from models.tables.received_reports import ReceivedReportRow
from models.tables.successions import SuccessionRow
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind, LetterStatus, Purpose
from models.vocabulary.procedure import Ground, Id, Kind, Role, Stage, consolidation_workflow_id
from tests.archive.keeping import verified_of
from tests.leading import dispatched
from tests.replay.endings import Ending
from tests.waiting import eventually
from tests.workflows.conduct import answers, approves, closes, dispatches, has_an_approved_report, submits
from tests.workflows.consolidating import Consolidating
from tests.workflows.running import Running, body, starts
from tests.workflows.test_consolidation import paper
from tests.workflows.theatre import Theatre

NEXT = "uo-2"
CLINIC, HOSPITAL = "clinic-2", "hospital-sary"


async def _newest(session: AsyncSession, organisation: Id) -> OrganisationVersionRow:
    versions = select(OrganisationVersionRow).where(OrganisationVersionRow.organisation == organisation)
    return max((await session.exec(versions)).all(), key=lambda row: row.valid_from)


async def abolished(
    theatre: Theatre, organisation: Id, successor: Id | None = None, act_sha256: str = "a" * 64
) -> None:
    """Yesterday was its last day; whoever comes after it is named where there is one."""
    last_day = local_today() - timedelta(days=1)
    async with theatre.sessions() as session, session.begin():
        newest = await _newest(session, organisation)
        newest.valid_until, newest.at = last_day, datetime.now(UTC)
        act = SuccessionRow(
            body=organisation,
            successor=successor,
            since=last_day + timedelta(days=1),
            whole=True,
            reason="Қайта ұйымдастырылды",
            sha256=act_sha256,
            at=datetime.now(UTC),
        )
        if successor is not None:
            session.add(act)


async def next_office(theatre: Theatre) -> None:
    """A body of the authorized one's kind is there since yesterday; the one before is no more."""
    await registered_office(theatre)
    await abolished(theatre, "uo")


async def registered_office(theatre: Theatre) -> None:
    """It is on file, and the one before is there still."""
    async with theatre.sessions() as session, session.begin():
        session.add(OrganisationRow(id=NEXT, code="UO2"))
        await session.flush()
        known = (await _newest(session, "uo")).model_dump()
        since = local_today() - timedelta(days=1)
        fields = {"organisation": NEXT, "legal_person": NEXT, "valid_from": since, "email": "uo-2@example.kz"}
        session.add(OrganisationVersionRow.model_validate(known | fields))


async def hears(m: Running, *, told: int = 1) -> MonitoringState:
    """The keeper looks once; waits until it is on record."""
    before = (await m.state()).seq
    looked = await tell_successions(m.theatre.client, m.theatre.sessions, local_today())
    assert looked == told

    async def on_record() -> bool:
        return (await m.state()).seq > before

    if told:
        await eventually(on_record, "the monitoring was told")
    return await m.state()


async def test_the_office_and_an_addressee_pass_on_in_one_monitoring_whose_bundle_verifies(
    theatre: Theatre, tmp_path: Path
) -> None:
    """A reply is amended and a correction keeps the answers meanwhile."""
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b, only=(CLINIC,))
    assert await tell_successions(theatre.client, theatre.sessions, local_today()) == 0, "nothing to tell yet"
    await next_office(theatre)
    await abolished(theatre, CLINIC, HOSPITAL, await b.says("Қайта ұйымдастырылды"))
    state = await hears(b)
    assert (state.authorized_body, state.stands_for(CLINIC)) == (NEXT, HOSPITAL)
    office = body("uo").model_copy(update={"organisation": NEXT, "legal_person": NEXT})
    await b.is_led(dispatched((NewAddressee(body=office, ground=Ground.CONSOLIDATION),)))
    await b.letters_settled()
    assert theatre.mailbox.store.letters("uo-2@example.kz"), (
        "the report went to whoever is the authorized body"
    )
    assert (await b.state()).stage is Stage.DISPATCHED
    link = await b.holder_of(CLINIC)
    await answers(b, CLINIC)
    await b.letters_settled()
    confirmed = (await b.letters())[-1]
    assert (confirmed.recipient, confirmed.subject) == (HOSPITAL, CLINIC)
    own = [item for item in (await b.state()).items.values() if item.addressee == CLINIC]
    other = tuple(item.answer for item in own if item.answer)
    said = await b.says("Қағаз бойынша түзетілді")
    await b.does(AmendReply, link, addressee=CLINIC, answers=other, reply=said)
    await b.does(BeginCorrection, reason=await b.says("Қате табылды"))
    await approves(b, await submits(b))
    await b.letters_settled()
    corrected = await b.letter(LetterKind.ANSWERS_STAND, HOSPITAL)
    assert corrected.subject == CLINIC
    kept = [item for item in (await b.state()).items.values() if item.addressee == CLINIC]
    assert all(item.answer for item in kept), "what was answered is not asked anew"
    await closes(b)
    assert await tell_successions(theatre.client, theatre.sessions, local_today()) == 0, "told once"
    await b.has_one_truth()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.BODIES_PASSED_ON, await b.handle.fetch_history())
    manifest = await verified_of(theatre, theatre.client, b.handle.id, tmp_path / "d.zip")
    assert manifest.head.seq == (await b.state()).seq


async def test_whoever_came_after_an_addressee_is_told_and_answers_by_its_own_link(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b, only=(CLINIC,))
    await abolished(theatre, CLINIC, HOSPITAL, await b.says("№ 112 қаулы"))
    await hears(b)
    await b.letters_settled()
    told = await b.letter(LetterKind.SUCCESSION_TOLD, HOSPITAL)
    assert (told.subject, told.purpose, told.status) == (CLINIC, Purpose.ANSWER_REPORT, LetterStatus.SENT)
    (letter,) = theatre.mailbox.store.letters("hospital-sary@example.kz")
    said = " ".join(letter.text.split())
    assert "№ 112 қаулы" in said, said
    assert "(вместо: Государственное коммунальное предприятие" in said, said
    assert (await b.holder_of(CLINIC)).letter == told.id
    await answers(b, CLINIC)
    await b.letters_settled()
    assert (await b.letters())[-1].recipient == HOSPITAL
    assert await tell_successions(theatre.client, theatre.sessions, local_today()) == 0, "told once"
    await b.has_one_truth()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.TELLS_SUCCESSORS, await b.handle.fetch_history())


async def test_one_that_begins_with_what_was_known_before_is_told_by_itself(theatre: Theatre) -> None:
    """The keeper has told everybody; then one begins that was asked for before the office passed on."""
    first = await starts(theatre, ScenarioName.B)
    await next_office(theatre)
    keeper = asyncio.create_task(keep_successions(theatre.client, theatre.sessions, every_seconds=0.1))

    async def heard(m: Running) -> bool:
        return (await m.state()).authorized_body == NEXT

    await eventually(partial(heard, first), "the running one was told")
    late = await starts(theatre, ScenarioName.B)
    await eventually(partial(heard, late), "the new one was told")
    keeper.cancel()
    for m in (first, late):
        assert len(await m.happened("authorized_body_changed")) == 1


async def test_what_nobody_leads_is_taken_over_and_ended(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B)
    await abolished(theatre, "td-sary")
    assert (await hears(b)).leading is None
    head = Actor(role=Role.HEAD, account="a-uo-head", organisation="uo")
    stranger = Actor(role=Role.HEAD, account="a-koko-head", organisation="td-koko")
    act = await b.says("№ 7 бұйрық")
    assert await b.is_refused(TakeOverMonitoring, stranger, reason=act) == "not_the_authorized_body"
    await b.does(TakeOverMonitoring, head, reason=act)
    assert (await b.state()).leading == "uo"
    await b.does(CancelMonitoring, head, reason=act)
    await b.has_one_truth()


async def test_rule_17_the_inbox_and_the_duty_pass_on_to_the_next_office(theatre: Theatre) -> None:
    uo = Consolidating(theatre)
    await uo.starts()
    await uo.does(RegisterPaperReport, **paper(local_today()))
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b)
    await next_office(theatre)
    post = ConsolidationPost(theatre.client, theatre.sessions)

    async def passed_on() -> bool:
        await post.settle()  # what is told while the consolidation begins is left to the next look
        mine = ReceivedReportRow.workflow_id == consolidation_workflow_id(NEXT)
        async with theatre.sessions() as session:
            inbox = await session.exec(select(ReceivedReportRow.report).where(mine))
            return set(inbox) == {"P-2026-0001", b.number}

    await eventually(passed_on, "the inbox is the next office's")

    async def ended() -> bool:
        return (await uo.state()).ended

    await eventually(ended, "the former consolidation has ended")
    assert (await uo.state()).successions["uo"].successor == NEXT
    duties = DutyPost(theatre.client, theatre.sessions)

    async def owed() -> bool:
        await duties.settle()
        async with theatre.sessions() as session:
            return await session.get(DutyRow, f"duty/{NEXT}/{Kind.COMPREHENSIVE.value}") is not None

    await eventually(owed, "the next office owes")
    async with theatre.sessions() as session:
        row = await session.get_one(DutyRow, f"duty/{NEXT}/{Kind.COMPREHENSIVE.value}")
    period = DutyState.model_validate(row.state).period
    assert period is not None
    assert not period.exempt, "it carries on its predecessor's year"


async def test_a3_rule_13_an_office_that_was_registered_first_owes_its_predecessors_year(
    theatre: Theatre,
) -> None:
    """The keeper looks between the two acts, and between whoever asks for them and whoever waits."""
    await registered_office(theatre)
    post, known = DutyPost(theatre.client, theatre.sessions), f"duty/{NEXT}/{Kind.COMPREHENSIVE.value}"
    await post.settle()

    async def stands() -> bool | None:
        async with theatre.sessions() as session:
            row = await session.get(DutyRow, known)
        period = DutyState.model_validate(row.state).period if row else None
        return period.exempt if period else None

    async def is_exempt() -> bool:
        return await stands() is True

    async def owes() -> bool:
        return await stands() is False

    await eventually(is_exempt, "it looks younger than the year")
    await abolished(theatre, "uo")
    await post.settle()
    await eventually(owes, "it carries on its predecessor's year")

    async def told_all() -> bool:
        return await post.settle() == 0

    await eventually(told_all, "what each duty was told is on record: nothing is told twice")


async def test_rule_13_a_division_registered_before_the_abolition_owes_the_year(theatre: Theatre) -> None:
    """In whatever order it comes on record: the division, the abolition of the one before, the act. It hears
    of what was done for the year before."""
    new_year = date(local_today().year, 1, 1)
    done = {
        "number": "F-2026-0001",
        "kind": "comprehensive",
        "ended_on": str(new_year),
        "approved_on": str(new_year),
    }
    async with theatre.sessions() as session, session.begin():
        founded = {"id": "founding", "counted_from": date(2023, 6, 16), "done_before": {"td-koko": [done]}}
        session.add(FoundingRow.model_validate({**founded, "at": datetime.now(UTC)}))
        session.add(OrganisationRow(id="td-3", code="KK3"))
        await session.flush()
        known = (await _newest(session, "td-koko")).model_dump()
        fields = {"organisation": "td-3", "legal_person": "td-3", "valid_from": local_today()}
        session.add(OrganisationVersionRow.model_validate(known | fields))
    post = DutyPost(theatre.client, theatre.sessions)
    inbox = ConsolidationPost(theatre.client, theatre.sessions)

    async def owes(exempt: bool, heard: frozenset[str] = frozenset()) -> bool:
        async with theatre.sessions() as session:
            row = await session.get(DutyRow, f"duty/td-3/{Kind.COMPREHENSIVE.value}")
        duty = DutyState.model_validate(row.state) if row else None
        period = duty.period if duty else None
        this_year = period is not None and period.begins_on == new_year and period.exempt == exempt
        return this_year and duty is not None and duty.evidence.keys() == heard

    assert theatre.clock is not None
    with theatre.clock.with_time_skipping_disabled():
        keeper = asyncio.create_task(keep_duties(post, inbox, theatre.sessions, every_seconds=0.1))
        await eventually(partial(owes, exempt=True), "a young division owes nothing yet")
        await abolished(theatre, "td-koko")
        async with theatre.sessions() as session, session.begin():
            act = SuccessionRow(
                body="td-koko",
                successor="td-3",
                since=local_today(),
                whole=True,
                reason="№ 7",
                sha256="a" * 64,
                at=datetime.now(UTC),
            )
            session.add(act)
        carried_on = partial(owes, exempt=False, heard=frozenset({"F-2026-0001"}))
        await eventually(carried_on, "it carries on its predecessor's year")
        keeper.cancel()

"""Rules 17, 18 over the years: what is received and considered, rounds completed and lapsed; they replay."""

from datetime import date, timedelta

from activities.bounds.within import within
from activities.keepers.consolidation_notices import ConsolidationPost
from local.samples import ScenarioName
from models.agenda.terms import months_later
from models.commands import BeginCorrection, CompleteReviewRound, ConsiderReceivedReport, RegisterPaperReport
from models.events import RoundOutcome, RungReached
from models.report.content import ReportDraft, Wording
from models.report.inbox import InboxRead
from models.report.received import ReceivedReport, Way
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Kind, monitoring_workflow_id
from tests.replay.endings import Ending
from tests.waiting import PATIENCE_SECONDS, eventually
from tests.workflows import group
from tests.workflows.conduct import approves, dispatches, has_an_approved_report, is_considered, submits
from tests.workflows.consolidating import NOTE, Consolidating, every_months
from tests.workflows.running import Running, body, starts
from tests.workflows.theatre import Theatre


def paper(day: date, number: str = "P-2026-0001") -> dict[str, object]:
    return {
        "report": number,
        "conductor": body("td-sary"),
        "kind": Kind.THEMATIC,
        "received_on": day,
        "content": "c" * 64,
        "file": number.encode().hex().ljust(64, "0"),
    }


def sent(day: date) -> ReceivedReport:
    return ReceivedReport(
        id="2026-SARY-0009",
        way=Way.SENT,
        conductor="td-sary",
        kind=Kind.THEMATIC,
        content="d" * 64,
        ended_on=day,
        received_on=day,
    )


async def test_a_year_of_rounds_completed_and_lapsed(theatre: Theatre) -> None:
    uo = Consolidating(theatre, every_months(3))
    await uo.starts()
    first = (await uo.state()).round
    assert first is not None
    await uo.does(RegisterPaperReport, **paper(first.begins_on))
    await uo.hears(sent(first.begins_on))
    await uo.does(ConsiderReceivedReport, report="P-2026-0001", note=NOTE)
    assert await uo.is_refused(ConsiderReceivedReport, report="2026-SARY-0009", note=NOTE) == (
        "considered_in_its_monitoring"
    )
    await uo.does(CompleteReviewRound, round=1, note=NOTE)
    assert await uo.is_refused(CompleteReviewRound, round=1, note=NOTE) == "review_round_completed_already"
    for serial in (1, 2, 3, 4):
        await uo.passes(months_later(first.begins_on, 3 * serial) + timedelta(days=9))
    state = await uo.state()
    assert [(p.round.serial, p.outcome) for p in state.past] == [
        (1, RoundOutcome.COMPLETED),
        (2, RoundOutcome.LAPSED),
        (3, RoundOutcome.LAPSED),
        (4, RoundOutcome.LAPSED),
    ]
    done = state.past[0].completion
    assert done is not None
    assert (done.reports, done.unconsidered) == (("P-2026-0001",), ("2026-SARY-0009",))
    assert sorted(await uo.inbox()) == ["2026-SARY-0009", "P-2026-0001"], "what is open is carried over"
    said = ("review_reminder", "review_last_call", "review_lapsed")
    assert await uo.post() == [f"{kind} {serial} to uo" for serial in (2, 3, 4) for kind in said]
    await uo.has_one_truth()
    histories = await uo.histories()
    assert len(histories) == 5, "a run a round"
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.REVIEW_ROUND_OVER, histories[0])


async def test_a_command_that_comes_twice_happens_once(theatre: Theatre) -> None:
    uo = Consolidating(theatre)
    await uo.starts()
    read = InboxRead(as_of=(await uo.state()).seq)
    given = {"id": "k-1", "actor": {"role": "head"}, "read": read, **paper(uo.today)}
    command = RegisterPaperReport.model_validate(given)
    first = await uo.obeys(command)
    assert (await uo.obeys(command)).seq >= first.seq
    assert [e.event.type for e in await uo.journal()].count("paper_report_registered") == 1
    await uo.has_one_truth()


async def test_the_consolidation_ends_when_another_body_is_the_authorized_one(theatre: Theatre) -> None:
    uo = Consolidating(theatre)
    await uo.starts()
    await uo.handle.signal("brief_consolidation", uo.briefing("td-sary"))

    async def ended() -> bool:
        return (await uo.state()).ended

    await eventually(ended, "the consolidation has ended")
    assert (await within(PATIENCE_SECONDS, uo.handle.result(), "the consolidation ends")).ended
    await uo.has_one_truth()
    (history,) = await uo.histories()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.CONSOLIDATION_ENDED, history)


async def test_a_division_s_report_is_received_considered_and_received_anew_when_corrected(
    theatre: Theatre,
) -> None:
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    uo = Consolidating(theatre)
    assert not await uo.exists(), "approved is not received yet (rule 17)"
    await dispatches(b)
    received = await uo.holds(b.number)
    assert (received.way, received.conductor, received.received_on) == (Way.SENT, "td-sary", b.day)
    await is_considered(b)
    considered = (await uo.holds(b.number, considered=True)).considered
    assert considered is not None
    assert (considered.on, considered.by) == (b.day, "a-uo-analyst")
    await b.does(BeginCorrection, reason=await b.says("a number was wrong"))
    await approves(b, await submits(b, b.content.model_copy(update={"draft": _reworded(b)})))
    await b.letters_settled()
    corrected = await uo.holds(b.number, version=2)
    assert corrected.content != received.content
    await b.has_one_truth()
    await uo.has_one_truth()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.TELLS_CONSOLIDATION, await b.handle.fetch_history())


def _reworded(b: Running) -> ReportDraft:
    words = "the number, put right"
    return b.content.draft.model_copy(update={"conclusions": Wording(kk=words, ru=words, en=words)})


async def test_the_authorized_bodys_own_report_is_there_when_it_is_approved(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    await group.is_created(a)
    await group.everyone_asked_answers(a)
    await has_an_approved_report(a)
    uo = Consolidating(theatre)
    received = await uo.holds(a.number)
    assert (received.way, received.conductor, received.received_on) == (Way.OWN, "uo", a.day)
    assert not received.awaits_consideration


async def test_the_keeper_starts_it_and_tells_of_what_was_received_before(theatre: Theatre) -> None:
    uo = Consolidating(theatre)
    post = ConsolidationPost(theatre.client, theatre.sessions)
    assert await post.settle() == 1
    await eventually(uo.exists, "the keeper has started it")
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b)
    await uo.holds(b.number)
    assert await post.settle() == 0, "what was told is not told again"
    before = f"{b.number[:-4]}0900"
    await _was_received_before_there_was_a_consolidation(b, before)
    assert await post.settle() == 1
    assert (await uo.holds(before)).way is Way.SENT
    await uo.has_one_truth()


async def _was_received_before_there_was_a_consolidation(b: Running, number: str) -> None:
    """Another monitoring's projection, as older code left it: nobody has told of it."""
    async with b.theatre.sessions() as session, session.begin():
        row = await session.get_one(MonitoringRow, b.number)
        fields = {**row.model_dump(), "number": number, "workflow_id": monitoring_workflow_id(number)}
        session.add(MonitoringRow(**{**fields, "state": {**row.state, "number": number}}))


async def test_after_more_than_40_days_without_a_worker_all_is_recorded_in_order_and_one_letter_leaves(
    theatre: Theatre,
) -> None:
    uo = Consolidating(theatre, every_months(1))
    began = uo.today - timedelta(days=66)
    await uo.goes_on_after(began)
    await uo.has_caught_up()
    state = await uo.state()
    assert [(p.round.serial, p.outcome) for p in state.past] == [
        (1, RoundOutcome.LAPSED),
        (2, RoundOutcome.LAPSED),
    ]
    rungs = [e.event for e in await uo.journal() if isinstance(e.event, RungReached)]
    assert [(r.deadline, r.rung.value) for r in rungs[:6]] == [
        (f"review:{serial}", rung) for serial in (1, 2) for rung in ("reminder", "last_call", "expired")
    ]
    assert [r.silent for r in rungs].count(False) == 1
    assert await uo.post() == ["review_lapsed 2 to uo"]
    await uo.has_one_truth()
    await uo.histories()

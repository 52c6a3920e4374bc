"""What stands at a number is compared: a retry writes nothing, anything else is refused and listed."""

from asyncio import gather
from datetime import date, timedelta

import pytest
from sqlalchemy import text as sql
from sqlmodel import col, select

from activities.record.disagreements import agree_again, disagreements, how_many_disagree
from activities.record.recorder import JournalDiffers, JournalGap, Recorder
from activities.record.remembered import Known, Remembered
from models.events import CollectionBegun, Entry, ProceedingReconciled
from models.monitoring.fold import fold
from models.monitoring.state import MonitoringState
from models.proceeding.disagreement import Disagreement, StoreFault
from models.proceeding.record import Recorded, RecordOrder
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.procedure import Role, monitoring_workflow_id
from models.vocabulary.stores import Store
from tests.api.test_history_older import begun_by_an_older_release
from tests.api.world import Case, World
from tests.counting import statements_of
from tests.keeping import triggers_sleep


def order(case: Case, *entries: Entry) -> RecordOrder:
    return RecordOrder(
        number=case.number,
        workflow_id=monitoring_workflow_id(case.number),
        run_id="run",
        entries=entries or tuple(case.entries),
    )


async def lines(case: Case) -> list[str]:
    async with case.world.sessions() as session:
        rows = select(EntryRow.hash).where(EntryRow.workflow_id == monitoring_workflow_id(case.number))
        return list(await session.exec(rows.order_by(col(EntryRow.seq))))


async def found(case: Case) -> list[Disagreement]:
    async with case.world.sessions() as session:
        return await disagreements(session)


def begun(case: Case, days: int = 0) -> Entry:
    """The second entry of a monitoring; another day is another entry."""
    first = case.entries[0]
    day = first.at.date() + timedelta(days=days)
    return Entry(
        seq=2, at=first.at, actor=case.actor(Role.ANALYST), command="c-2", event=CollectionBegun(began_on=day)
    )


def another_beginning(case: Case) -> RecordOrder:
    """The same start under another number, not recorded yet."""
    number = f"{case.number[:-4]}0999"
    started = case.entries[0].event.model_copy(update={"number": number})
    return RecordOrder(
        number=number,
        workflow_id=monitoring_workflow_id(number),
        run_id="run",
        entries=(case.entries[0].model_copy(update={"event": started}),),
    )


async def test_a_retry_writes_nothing_and_is_answered_alike(world: World) -> None:
    case = await world.started()
    recorder = Recorder(world.sessions)
    first = await recorder.record(order(case, begun(case)))
    before = await lines(case)
    assert await recorder.record(order(case, begun(case))) == first
    assert await recorder.record(order(case, case.entries[0], begun(case))) == first
    assert await lines(case) == before
    assert await found(case) == []


@pytest.mark.parametrize(
    "change",
    [
        {"command": "c-else"},
        {"command": None},
        {"event": CollectionBegun(began_on=date(2020, 1, 1))},
    ],
    ids=["another command", "no command", "another content"],
)
async def test_what_differs_is_no_retry(world: World, change: dict[str, object]) -> None:
    case = await world.started()
    recorder = Recorder(world.sessions)
    await recorder.record(order(case, begun(case)))
    before = await lines(case)
    other = begun(case).model_copy(update=change)
    with pytest.raises(JournalDiffers):
        await recorder.record(order(case, other))
    assert await lines(case) == before, "nothing is written"
    [known] = await found(case)
    assert (known.mark, known.fault, known.seq) == (case.number, StoreFault.DIFFER, 2)


async def test_a_second_later_is_another_entry(world: World) -> None:
    case = await world.started()
    recorder = Recorder(world.sessions)
    await recorder.record(order(case, begun(case)))
    later = begun(case).model_copy(update={"at": begun(case).at + timedelta(seconds=1)})
    with pytest.raises(JournalDiffers):
        await recorder.record(order(case, later))


async def test_what_follows_a_difference_is_not_written_either(world: World) -> None:
    """A batch is one: its first entry differs, so its second, which would be new, is of another history."""
    case = await world.started()
    recorder = Recorder(world.sessions)
    await recorder.record(order(case, begun(case)))
    third = begun(case).model_copy(update={"seq": 3, "command": "c-3"})
    with pytest.raises(JournalDiffers):
        await recorder.record(order(case, begun(case, days=1), third))
    assert len(await lines(case)) == 2


async def test_a_gap_is_known_as_a_journal_that_is_behind(world: World) -> None:
    case = await world.started()
    with pytest.raises(JournalGap):
        await Recorder(world.sessions).record(order(case, begun(case).model_copy(update={"seq": 4})))
    [known] = await found(case)
    assert (known.fault, known.seq) == (StoreFault.JOURNAL_BEHIND, 2)


async def test_an_order_is_answered_no_further_than_it_goes(world: World) -> None:
    """A workflow that was set back must not take what the journal has beyond it for its own entries."""
    case = await world.started()
    recorder = Recorder(world.sessions)
    await recorder.record(order(case, begun(case)))
    hashes = await lines(case)
    assert await recorder.record(order(case, case.entries[0])) == Recorded(seq=1, head_hash=hashes[0])


async def test_an_entry_sent_again_by_a_newer_release_is_the_same_entry(world: World) -> None:
    case = await begun_by_an_older_release(world)
    assert (await Recorder(world.sessions).record(order(case))).seq == len(case.entries)
    assert await found(case) == []


async def test_a_line_that_cannot_be_read_is_no_retry(world: World) -> None:
    case = await world.started()
    async with world.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(sql("UPDATE journal SET event = '{}'"))  # type: ignore[call-overload]
    with pytest.raises(JournalDiffers):
        await Recorder(world.sessions).record(order(case))


async def test_the_list_says_since_when_and_is_left_when_both_agree(world: World) -> None:
    case = await world.started()
    for _ in range(2):
        with pytest.raises(JournalGap):
            await Recorder(world.sessions).record(order(case, begun(case).model_copy(update={"seq": 4})))
    async with world.sessions.begin() as session:
        assert await how_many_disagree(session) == 1
        await agree_again(session, [monitoring_workflow_id(case.number)])
        assert await how_many_disagree(session) == 0


async def test_the_alarm_names_ids_only_and_sounds_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    case = await world.started()
    for _ in range(3):
        with pytest.raises(JournalGap):
            await Recorder(world.sessions).record(order(case, begun(case).model_copy(update={"seq": 4})))
    [line] = [record.getMessage() for record in caplog.records if "stores disagree" in record.getMessage()]
    assert line == f"stores disagree: {monitoring_workflow_id(case.number)}, journal_behind from entry 2"


async def test_the_last_attempt_of_a_run_that_was_replaced_is_refused_and_not_listed(world: World) -> None:
    """It was sent before the reconciliation and comes after it: there is nothing left to repair."""
    case = await world.started()
    recorder = Recorder(world.sessions)
    await recorder.record(order(case, begun(case)))
    note = ProceedingReconciled(behind=Store.WORKFLOW, from_seq=2, to_seq=2, order="Order No. 7")
    at = begun(case).at + timedelta(minutes=1)
    noted = Entry(seq=3, at=at, actor=SYSTEM, event=note)
    await recorder.record(order(case, noted).model_copy(update={"run_id": "anew"}))
    with pytest.raises(JournalDiffers):
        await recorder.record(order(case, begun(case, days=1)))
    assert await found(case) == []
    later = begun(case, days=1).model_copy(update={"seq": 3, "at": at + timedelta(minutes=1)})
    with pytest.raises(JournalDiffers):
        await recorder.record(order(case, later))
    assert len(await found(case)) == 1, "what is sent after it is a disagreement again"


async def test_a_recorder_reads_no_state_that_it_has_written_itself(world: World) -> None:
    case = await world.started()
    recorder = Recorder(world.sessions)
    await recorder.record(order(case, begun(case)))
    again = begun(case).model_copy(update={"seq": 3, "command": "c-3"})
    with statements_of(world.sessions) as counted:
        await recorder.record(order(case, again))
    reading = [sent for sent in counted.sent if sent.startswith("SELECT") and "monitorings.state" in sent]
    assert reading == []
    assert await state_of(case) == fold([case.entries[0], begun(case), again])


async def test_an_entry_that_follows_what_was_recorded_last_is_one_statement(world: World) -> None:
    """Its line and all that it changes are written together or not at all, without a transaction around."""
    case = await world.started()
    recorder = Recorder(world.sessions)
    await recorder.record(order(case, begun(case)))
    with statements_of(world.sessions) as counted:
        await recorder.record(order(case, begun(case).model_copy(update={"seq": 3, "command": "c-3"})))
    assert len(counted.sent) == 1
    assert len(await lines(case)) == 3


async def test_a_beginning_reads_its_title_and_is_written_at_once(world: World) -> None:
    case = await world.started()
    beginning = another_beginning(case)
    with statements_of(world.sessions) as counted:
        first = await Recorder(world.sessions).record(beginning)
    assert len(counted.sent) == 2
    assert await Recorder(world.sessions).record(beginning) == first, "another process finds it"


async def test_two_who_begin_the_same_at_once_write_it_once(world: World) -> None:
    """An attempt that was given up runs on beside the next one."""
    case = await world.started()
    beginning = another_beginning(case)
    answers = await gather(*(Recorder(world.sessions).record(beginning) for _ in range(4)))
    assert len({answer.head_hash for answer in answers}) == 1
    assert {answer.seq for answer in answers} == {1}


async def test_two_who_add_the_same_entry_at_once_write_it_once(world: World) -> None:
    case = await world.started()
    workers = [Recorder(world.sessions) for _ in range(4)]
    for worker in workers:
        await worker.record(order(case, begun(case)))
    again = begun(case).model_copy(update={"seq": 3, "command": "c-3"})
    answers = await gather(*(worker.record(order(case, again)) for worker in workers))
    assert {answer.seq for answer in answers} == {3}
    assert len(await lines(case)) == 3
    assert await state_of(case) == fold([case.entries[0], begun(case), again])


async def test_what_another_process_recorded_meanwhile_is_read(world: World) -> None:
    """Two workers record in turn: each knows by the chain's head that the other was there."""
    case = await world.started()
    workers = [Recorder(world.sessions), Recorder(world.sessions)]
    entries = [case.entries[0], begun(case)]
    await workers[0].record(order(case, entries[-1]))
    for seq in range(3, 9):
        entries.append(begun(case).model_copy(update={"seq": seq, "command": f"c-{seq}"}))
        await workers[seq % 2].record(order(case, entries[-1]))
    assert await state_of(case) == fold(entries)


def test_of_many_states_those_not_used_longest_are_forgotten() -> None:
    remembered = Remembered(room=10)
    for name in ("a", "b", "c"):
        remembered.keep(name, Known(seq=1, head_hash=name), 4)
    assert [name in remembered for name in ("a", "b", "c")] == [False, True, True]
    assert remembered.at("b", 1, "another head") is None
    assert remembered.at("b", 1, "b") == Known(seq=1, head_hash="b")
    remembered.keep("d", Known(seq=1, head_hash="d"), 4)
    assert [name in remembered for name in ("b", "c", "d")] == [True, False, True]


async def state_of(case: Case) -> MonitoringState:
    async with case.world.sessions() as session:
        row = await session.get_one(MonitoringRow, case.number)
    return MonitoringState.model_validate(row.state)

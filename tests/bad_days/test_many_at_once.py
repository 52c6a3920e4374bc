"""Two hundred people at once on one monitoring: of those who ask for the same thing one gets it."""

from local.samples import ScenarioName
from models.commands import (
    AcknowledgeReport,
    AnswerReport,
    ItemAnswer,
    MarkConsidered,
    RecordActivity,
)
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.vocabulary.procedure import Activity, Response
from tests.bad_days.outcomes import answers_to
from tests.workflows.conduct import AB_ANALYST, conducts, dispatches, has_an_approved_report
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre

ADDRESSEE = "akimat-zhan"
CROWD = 200


async def test_of_two_hundred_replies_one_wins_and_the_others_are_refused(theatre: Theatre) -> None:
    c = await starts(theatre, ScenarioName.C)
    await has_an_approved_report(c)
    await dispatches(c)
    answers = await answers_to(c, await _replies(c, CROWD))
    assert sum(isinstance(answer, Receipt) for answer in answers) == 1
    assert {answer for answer in answers if isinstance(answer, str)} == {"answered_already"}
    assert len(await c.happened("report_answered")) == 1
    assert (await c.post())[-1] == f"implementation_awaited to {ADDRESSEE}"
    await c.has_one_truth()


async def test_different_commands_at_once_do_not_get_into_each_others_way(theatre: Theatre) -> None:
    c = await starts(theatre, ScenarioName.C)
    await has_an_approved_report(c)
    await dispatches(c)
    by = await c.holder_of(ADDRESSEE)
    note = await c.says("considered")
    received = [c.asks(AcknowledgeReport, by, addressee=ADDRESSEE) for _ in range(30)]
    considered = [c.asks(MarkConsidered, AB_ANALYST, note=note) for _ in range(30)]
    answers = await answers_to(c, [*received, *considered])
    assert [_won(answers[:30]), _won(answers[30:])] == [1, 1]
    assert [x for x in answers[:30] if isinstance(x, str)] == ["acknowledged_already"] * 29
    assert [x for x in answers[30:] if isinstance(x, str)] == ["considered_by_body_already"] * 29
    await c.has_one_truth()


async def test_what_may_happen_often_happens_for_everyone_in_order(theatre: Theatre) -> None:
    """Receipts say up to where the journal is written: never further than it is."""
    b = await starts(theatre, ScenarioName.B)
    await conducts(b)
    note = await b.says("once more")
    commands = [
        b.asks(RecordActivity, activity=Activity.ANALYSE, done_on=b.day, note=note) for _ in range(CROWD)
    ]
    answers = await answers_to(b, commands)
    written = (await b.state()).seq
    receipts = [answer for answer in answers if isinstance(answer, Receipt)]
    assert len(receipts) == CROWD
    assert max(receipt.seq for receipt in receipts) <= written
    recorded = [e.command for e in await b.happened("activity_recorded")][-CROWD:]
    assert sorted(recorded, key=str) == sorted((c.id for c in commands), key=str)
    await b.has_one_truth()


async def test_one_command_sent_by_many_hands_happens_once(theatre: Theatre) -> None:
    """A browser that repeats, a proxy that repeats, a person who clicks twice: the id is the same."""
    c = await starts(theatre, ScenarioName.C)
    await has_an_approved_report(c)
    await dispatches(c)
    [reply] = await _replies(c, 1)
    answers = await answers_to(c, [reply] * 20)
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert len(set(map(str, answers))) == 1
    assert len(await c.happened("report_answered")) == 1
    await c.has_one_truth()


async def _replies(c: Running, number: int) -> list[Command]:
    """The addressee's answer, as many times as people press the button."""
    own = [item.id for item in (await c.state()).items.values() if item.addressee == ADDRESSEE]
    given = tuple(ItemAnswer(item=item, response=Response.ACCEPTED) for item in own)
    by, said = await c.holder_of(ADDRESSEE), await c.says("we agree")
    return [c.asks(AnswerReport, by, addressee=ADDRESSEE, answers=given, reply=said) for _ in range(number)]


def _won(answers: list[Receipt | str]) -> int:
    return sum(isinstance(answer, Receipt) for answer in answers)

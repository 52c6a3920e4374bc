"""The mail server refuses, stalls, dies: everything but the letters goes on, and they leave in the end."""

from datetime import timedelta

import pytest

from local.samples import ScenarioName
from models.commands import CancelMonitoring, DispatchReport, ResendLetter
from models.letters.post import UndeliveredReason
from models.monitoring.open_work import open_items
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Stage
from tests.bad_days.outcomes import may_take
from tests.waiting import eventually
from tests.workflows import group
from tests.workflows.conduct import addressee, has_an_approved_report
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre
from workflows.calling import ActivityName

LONGEST_FIRST_PAUSE = timedelta(minutes=1)


@pytest.mark.parametrize("fault", ["refuses", "stalls", "dies"])
async def test_letters_wait_for_the_mail_server_and_nothing_else_does(theatre: Theatre, fault: str) -> None:
    c = await starts(theatre, ScenarioName.C)
    await _mail_server(theatre, fault)
    await has_an_approved_report(c)
    chosen = [await addressee(c, sample) for sample in c.scenario.dispatch.addressees]
    await c.does(DispatchReport, addressees=tuple(chosen))
    await _everything_was_tried(c)
    assert {letter.status for letter in await c.letters()} == {LetterStatus.DUE}
    assert (await c.state()).stage is Stage.APPROVED
    theatre.mailbox.faults.clear()
    if not theatre.mailbox.running:
        await theatre.mailbox.start()
    await _time_passes(c, LONGEST_FIRST_PAUSE)
    assert await c.post() == [
        "approval_request to ashyk-kezek",
        "report_for_consideration to akimat-zhan",
        "report_for_consolidation to uo",
    ]
    assert (await c.state()).stage is Stage.DISPATCHED
    for letter in await c.letters():
        outcomes = await c.tries(letter)
        assert outcomes[0] == "deferred"
        assert outcomes[-1] == "accepted"
    await c.has_one_truth()


async def test_a_server_that_defers_for_too_long_makes_the_letter_a_persons_task(theatre: Theatre) -> None:
    """Three days, by the calling; an operator gives up sooner here."""
    c = await starts(theatre, ScenarioName.C)
    await _mail_server(theatre, "refuses")
    await has_an_approved_report(c)
    await _everything_was_tried(c)
    await may_take(c, ActivityName.SEND_LETTER, in_all=timedelta(minutes=1))
    await _time_passes(c, LONGEST_FIRST_PAUSE)

    async def given_up() -> bool:
        request = await c.letter(LetterKind.APPROVAL_REQUEST, "ashyk-kezek")
        return request.status is LetterStatus.UNDELIVERABLE

    await eventually(given_up, "the letter is a person's task")
    request = await c.letter(LetterKind.APPROVAL_REQUEST, "ashyk-kezek")
    assert request.failure == UndeliveredReason.TIMED_OUT
    [open_item] = [item for item in open_items(await c.state()) if item.subject == request.id]
    assert open_item.reason == UndeliveredReason.TIMED_OUT
    await c.does(ResendLetter, letter=request.id)
    theatre.mailbox.faults.clear()
    await _time_passes(c, LONGEST_FIRST_PAUSE)
    told = await c.letter(LetterKind.LETTER_NOT_DELIVERED, c.scenario.accounts.analyst)
    # It waited for the same server: it is no news any more, unless it was its turn first.
    first = told.status is LetterStatus.SENT
    assert first or told.status is LetterStatus.WITHDRAWN
    news = ["letter_not_delivered to a-ashyk-analyst"] if first else []
    assert sorted(await c.post()) == ["approval_request to ashyk-kezek", *news]
    await c.has_one_truth()


async def test_a_letter_that_was_withdrawn_while_it_waited_does_not_leave(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    await _mail_server(theatre, "refuses")
    await group.is_created(a)
    await _everything_was_tried(a)
    await a.does(CancelMonitoring, reason=await a.says("another body studies the same"))
    theatre.mailbox.faults.clear()
    await _time_passes(a, LONGEST_FIRST_PAUSE)
    await a.ends()
    assert {line.split(" to ")[0] for line in await a.post()} == {LetterKind.MONITORING_CANCELLED.value}


async def _mail_server(theatre: Theatre, fault: str) -> None:
    match fault:
        case "refuses":
            theatre.mailbox.faults.refuse_all = "451 4.7.1 try again later"
        case "stalls":
            theatre.mailbox.faults.stall()
        case "dies":
            await theatre.mailbox.stop()


async def _everything_was_tried(m: Running) -> None:
    async def tried() -> bool:
        return all([await m.tries(letter) for letter in await m.letters()])

    await eventually(tried, "the mail server was asked to take every letter")


async def _time_passes(m: Running, time: timedelta) -> None:
    clock = m.theatre.clock
    assert clock is not None
    await m.time_passes_until(await clock.get_current_time(m.handle) + time)

"""What became of a command is written when it is known; nothing stays pending for ever without meaning."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlmodel import col, select

from activities.record.settling import LAPSES_AFTER, settle_commands
from api.commands import desk as commanding
from api.commands.addressed import Addressed
from api.commands.sending import Fate, Outcome
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.monitoring.rules import decide
from models.tables.commands import CommandRow
from tests.pages.answering import REPLY, press, report_link
from tests.pages.story import NOW, Story


async def rows(story: Story) -> list[CommandRow]:
    async with story.sessions() as session:
        return list(await session.exec(select(CommandRow).order_by(col(CommandRow.at))))


@pytest.fixture
def interrupted(story: Story, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Story:
    """Each command happens, and nobody is told."""

    async def send(client: object, to: Addressed[Receipt], command: Command, budget: float) -> Outcome:
        state = await story.state()
        if command.id not in state.commands:
            events = decide(state, command, NOW)
            await story.clerk.happened(state, to.mark, command.actor, events, command.id)
        return Outcome(fate=Fate.UNKNOWN)

    monkeypatch.setattr(commanding, "send_command", send)
    return story


async def test_sent_again_the_log_says_that_it_was_done(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    story.clerk.fates.append(Fate.UNKNOWN)
    assert (await press(browser, link, "send", REPLY)).status_code == 503
    (row,) = await rows(story)
    assert row.outcome == "pending"
    assert (await press(browser, link, "send", REPLY)).status_code == 303
    (row,) = await rows(story)
    assert row.outcome == "done"


async def test_what_happened_late_is_done_at_the_next_press(
    story: Story, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waited any more when it happened: the page shows the answer, the log says that it was done."""
    link = await report_link(story)
    sent: list[Command] = []

    async def send(client: object, to: Addressed[Receipt], command: Command, budget: float) -> Outcome:
        sent.append(command)
        return Outcome(fate=Fate.UNKNOWN)

    monkeypatch.setattr(commanding, "send_command", send)
    assert (await press(browser, link, "send", REPLY)).status_code == 503
    state = await story.state()
    command = sent[0]
    await story.clerk.happened(state, story.number, command.actor, decide(state, command, NOW), command.id)
    assert [row.outcome for row in await rows(story)] == ["pending"]
    assert (await press(browser, link, "send", REPLY)).status_code == 200
    (row,) = await rows(story)
    assert (row.outcome, (row.answer or {})["number"]) == ("done", story.number)


async def test_what_happened_unheard_is_done_at_the_next_press(
    interrupted: Story, browser: AsyncClient
) -> None:
    link = await report_link(interrupted)
    first = await press(browser, link, "send", REPLY)
    assert first.status_code == 303, "it is on record: that is what counts"
    (row,) = await rows(interrupted)
    assert row.outcome == "done"
    assert (row.answer or {})["seq"] == (await interrupted.state()).seq
    again = await press(browser, link, "send", REPLY)
    assert again.status_code == 200


async def test_a_receipt_that_nobody_heard_of_is_done_too(interrupted: Story, browser: AsyncClient) -> None:
    link = await report_link(interrupted)
    for _ in range(2):
        assert (await browser.post(f"{link}/receipt")).status_code == 303
    (row,) = await rows(interrupted)
    assert (row.name, row.outcome) == ("acknowledge_report", "done")


async def test_the_keeper_settles_what_nobody_comes_back_for(
    interrupted: Story, browser: AsyncClient
) -> None:
    """API commands and starts are rows like the others: found by their ids in the journal, or lapsed."""
    link = await report_link(interrupted)
    await press(browser, link, "send", REPLY)
    async with interrupted.sessions.begin() as session:
        row = (await session.exec(select(CommandRow))).one()
        row.outcome, row.answer = "pending", None
        session.add_all(
            [
                row,
                _row("c0", "start_monitoring", NOW),
                _row("never", "cancel_monitoring", NOW - LAPSES_AFTER - timedelta(minutes=1)),
                _row("young", "cancel_monitoring", NOW - timedelta(minutes=5)),
            ]
        )
    async with interrupted.sessions.begin() as session:
        assert await settle_commands(session, NOW) == 3
    found = {row.id: row for row in await rows(interrupted)}
    assert found["c0"].outcome == "done"
    assert found["c0"].answer == {"number": interrupted.number, "seq": 1, "stage": "planned"}
    assert found["never"].outcome == "lapsed"
    assert found["young"].outcome == "pending"
    async with interrupted.sessions.begin() as session:
        assert await settle_commands(session, NOW) == 0, "what is known is known"


async def test_what_lapsed_and_happens_after_all_is_done(story: Story) -> None:
    async with story.sessions.begin() as session:
        session.add(_row("c1", "begin_collection", NOW - timedelta(days=1), outcome="lapsed"))
    async with story.sessions.begin() as session:
        await settle_commands(session, NOW)
    (row,) = await rows(story)
    assert (row.outcome, (row.answer or {})["stage"]) == ("done", "collecting")


async def test_one_that_is_being_sent_is_left_to_its_sender(story: Story) -> None:
    async with story.sessions.begin() as session:
        session.add(_row("c1", "begin_collection", NOW))
    async with story.sessions.begin() as sender, story.sessions.begin() as keeper:
        await sender.exec(select(CommandRow).with_for_update())
        assert await settle_commands(keeper, NOW) == 0


def _row(command: str, name: str, at: datetime, outcome: str = "pending") -> CommandRow:
    return CommandRow(
        id=command,
        number=None,
        name=name,
        actor={"role": "analyst", "account": "a-sary-analyst"},
        request_sha256="0" * 64,
        outcome=outcome,
        at=at.astimezone(UTC),
    )

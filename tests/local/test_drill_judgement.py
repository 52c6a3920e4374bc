"""The drill's judgement: it notices each way in which a promise can be broken."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest

from local.drill.answers import bad_answers
from local.drill.faults.calendars import LATEST, Declared
from local.drill.faults.fault import Kind, Outage
from local.drill.ledger import KEY, Exchange, Ledger, Try
from local.drill.letters import Post
from local.drill.once import not_once
from local.drill.reckoning import not_reckoned
from local.drill.records import Recorded
from local.mailbox import LetterStore
from models.commands.command import command_id
from models.commands.receipt import Receipt
from models.events import CollectionBegun, Entry, ProceedingReconciled, ReportAcknowledged
from models.letters.letter import Letter
from models.letters.links import Link, mint
from models.proceeding.calendars import change_calendar
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind, LetterStatus, Purpose, RecipientKind
from models.vocabulary.procedure import Role, Stage
from models.vocabulary.stores import Store
from tests.models.monitoring.monitorings import Story

NOW: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
NUMBER: Final = "2026-SARY-0001"
API: Final = "http://127.0.0.1:8000"
SECRET: Final = "a secret of tests"
TRIED: Final = Try(NOW, NOW + SECOND, 200)
API_AWAY: Final = Outage(Kind.KILL, "api", NOW, NOW + SECOND, severs=True)
WORKER_AWAY: Final = replace(API_AWAY, where="worker", severs=False)


def exchange(path: str = "/collection", *tries: Try) -> Exchange:
    headers = {"Authorization": "Bearer token", KEY: "key"}
    request = httpx.Request("POST", f"{API}/api/v1/monitorings/{NUMBER}{path}", headers=headers)
    receipt = Receipt(number=NUMBER, seq=2, stage=Stage.COLLECTING)
    return Exchange(request, b"", list(tries or (TRIED,)), 200, receipt.model_dump_json().encode())


# ——— answers ———
@pytest.mark.parametrize(
    ("tried", "outages", "what"),
    [
        (TRIED, [], None),
        (replace(TRIED, status=503, retry_after=True), [], None),
        (replace(TRIED, status=503), [API_AWAY], "503 without Retry-After"),
        (replace(TRIED, status=500, retry_after=True), [API_AWAY], "answered 500"),
        (replace(TRIED, status=None), [API_AWAY], None),
        (replace(TRIED, status=None), [WORKER_AWAY], "lost its connection"),
        (
            replace(TRIED, status=None),
            [replace(API_AWAY, begun=NOW + 2 * SECOND, ended=NOW + 3 * SECOND)],
            "lost its",
        ),
    ],
)
def test_an_answer_that_may_not_be_given_is_told(tried: Try, outages: list[Outage], what: str | None) -> None:
    told = list(bad_answers([exchange("/collection", tried)], outages))
    assert [each for each in told if what and what in each] == told
    assert bool(told) is (what is not None)


# ——— exactly once ———
LETTER: Final = "L2-0"
COMMAND: Final = command_id("a-1", "key")


def ledger(*exchanges: Exchange) -> Ledger:
    return Ledger({"token": "a-1"}, list(exchanges))


def reply() -> Exchange:
    token = mint(SECRET, Link(number=NUMBER, letter=LETTER, purpose=Purpose.ANSWER_REPORT))
    request = httpx.Request("POST", f"{API}/r/{token}/receipt")
    return Exchange(request, b"", [TRIED], 303)


def recorded() -> Recorded:
    analyst = Actor(role=Role.ANALYST, account="a-1")
    addressee = Actor(role=Role.ADDRESSEE, letter=LETTER)
    begun = CollectionBegun(began_on=NOW.date())
    received = ReportAcknowledged(addressee="uo", received_on=NOW.date())
    return Recorded(
        number=NUMBER,
        journal=(
            Entry(seq=1, at=NOW, actor=Actor(role=Role.SYSTEM), event=begun),
            Entry(seq=2, at=NOW, actor=analyst, command=COMMAND, event=begun),
            Entry(seq=3, at=NOW, actor=addressee, command="c2", event=received),
        ),
        projected=3,
        accepted=Counter({COMMAND: 1, "c2": 1}),
    )


def test_what_is_on_record_once_breaks_nothing() -> None:
    assert list(not_once(recorded(), ledger(exchange(), reply()), SECRET)) == []


LINES: Final = recorded().journal


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (replace(recorded(), journal=(LINES[0], LINES[2]), projected=2), "is not in the journal"),
        (replace(recorded(), journal=(*LINES, LINES[1]), projected=4), "is in the journal twice"),
        (replace(recorded(), journal=LINES[:2], projected=2), "is in the journal 0 times"),
        (replace(recorded(), projected=2), "the projection is at line 2 of 3"),
        (replace(recorded(), accepted=Counter({"c2": 1})), "is not in the history"),
        (replace(recorded(), accepted=Counter({COMMAND: 2, "c2": 1})), "is in the history 2 times"),
        (replace(recorded(), accepted=Counter({COMMAND: 1})), "is not in the history"),
    ],
)
def test_what_is_lost_or_doubled_is_told(changed: Recorded, what: str) -> None:
    told = list(not_once(changed, ledger(exchange(), reply()), SECRET))
    assert any(what in each for each in told), told


def test_what_nobody_asked_for_is_told() -> None:
    (told,) = not_once(recorded(), ledger(reply()), SECRET)
    assert "nobody asked for" in told


def test_what_a_restore_took_away_is_found_or_named() -> None:
    lost = replace(recorded(), journal=(LINES[0], LINES[2]), projected=2, accepted=Counter({"c2": 1}))
    assert (
        list(not_once(lost, ledger(exchange(), reply()), SECRET, f"in no journal: command {COMMAND} (…)"))
        == []
    )
    assert any(
        "is not in the journal" in each for each in not_once(lost, ledger(exchange(), reply()), SECRET)
    )


@pytest.mark.parametrize(
    ("behind", "last", "told"),
    [(Store.WORKFLOW, 2, False), (Store.WORKFLOW, 1, True), (Store.JOURNAL, 2, True)],
)
def test_a_history_that_was_set_back_has_its_commands_from_the_journal(
    behind: Store, last: int, *, told: bool
) -> None:
    """Those of the entries that were brought back, and no others."""
    brought = ProceedingReconciled(behind=behind, from_seq=1, to_seq=last, order="Order No. 1")
    line = Entry(seq=4, at=NOW, actor=Actor(role=Role.SYSTEM), event=brought)
    one = replace(recorded(), journal=(*LINES, line), projected=4, accepted=Counter({"c2": 1}))
    missing = [
        each for each in not_once(one, ledger(exchange(), reply()), SECRET) if "not in the history" in each
    ]
    assert bool(missing) is told


def test_a_command_of_a_run_that_another_took_the_place_of_is_in_the_history() -> None:
    one = replace(recorded(), accepted=Counter({"c2": 1}), before=Counter({COMMAND: 1}))
    assert list(not_once(one, ledger(exchange(), reply()), SECRET)) == []


# ——— the calendar ———
def a_day_is_closed(story: Story) -> tuple[Declared, list[Entry]]:
    """Two working days from the last line on, and the lines it calls for."""
    last, calendar = story.entries[-1], story.state.calendar
    day = calendar.next_working_day(calendar.next_working_day(last.at.date()))
    closed = calendar.model_copy(update={"edition": "kz-drill", "closed": (*calendar.closed, day)})
    lines = [
        Entry(seq=seq, at=last.at + SECOND, actor=Actor(role=Role.SYSTEM), event=each)
        for seq, each in enumerate(change_calendar(story.state, closed), last.seq + 1)
    ]
    return Declared(day, "kz-drill", last.at), lines


def test_a_changed_calendar_reaches_whoever_goes_on_and_moves_what_is_open() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    declared, lines = a_day_is_closed(story)
    assert len(lines) > 1, "the calendar and at least one deadline"

    def told(*more: Entry) -> list[str]:
        one = replace(recorded(), journal=(*story.entries, *more))
        return list(not_reckoned(one, [declared], []))

    assert told(*lines) == []
    assert told() == [], "it may have ended before the keeper came by"
    (unmoved,) = told(lines[0], *lines[2:])
    assert "moved other deadlines" in unmoved
    late = lines[0].model_copy(update={"at": declared.at + LATEST + SECOND, "event": LINES[1].event})
    (never,) = told(late)
    assert "never counted by the calendar kz-drill" in never


# ——— letters ———
def post(directory: Path, *recipients: str) -> Post:
    store = LetterStore(directory)
    for recipient in recipients:
        store.add("a@example.kz", [recipient], f"Message-ID: <{NUMBER}.L1-0.1@x>\r\n\r\nhello\r\n".encode())
    found = Post(store)
    found.read()
    return found


def test_a_letter_that_the_journal_does_not_send_is_told(tmp_path: Path) -> None:
    (told,) = post(tmp_path, "b@example.kz").contradictions([replace(recorded(), journal=())], [])
    assert "is not sent by the journal" in told


def test_a_withdrawn_letter_may_have_arrived_where_its_proof_was_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Withdrawn:
        letters = {
            "L1-0": Letter(
                id="L1-0",
                kind=LetterKind.INFORMATION_REQUEST,
                recipient="uo",
                recipient_kind=RecipientKind.ORGANISATION,
                subject="r1",
                status=LetterStatus.WITHDRAWN,
            )
        }

    monkeypatch.setattr("local.drill.letters.fold", lambda _: Withdrawn)
    one, arrived = replace(recorded(), journal=()), post(tmp_path, "b@example.kz")
    (told,) = arrived.contradictions([one], [])
    assert "is not sent by the journal" in told
    away = replace(WORKER_AWAY, ended=datetime.now(UTC) + SECOND)
    assert list(arrived.contradictions([one], [away])) == []


def test_a_copy_is_told_unless_an_answer_may_have_been_lost(tmp_path: Path) -> None:
    twice = post(tmp_path, "b@example.kz", "b@example.kz")
    assert (twice.letters, twice.doubled) == (1, 1)
    (told,) = twice.contradictions([], [])
    assert "came twice although nothing was away" in told
    away = replace(WORKER_AWAY, ended=datetime.now(UTC) + SECOND)
    assert list(twice.contradictions([], [away])) == []


def test_copies_that_differ_are_told(tmp_path: Path) -> None:
    away = replace(WORKER_AWAY, ended=datetime.now(UTC) + SECOND)
    (told,) = post(tmp_path, "b@example.kz", "c@example.kz").contradictions([], [away])
    assert "differs" in told

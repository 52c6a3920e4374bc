"""An inbox that is kept apart decides as one that is remembered whole, whatever was read of it when."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.commands import CompleteReviewRound, ConsiderReceivedReport, RegisterPaperReport
from models.commands.command import Command
from models.consolidation import lately
from models.consolidation.rules import can_be_told, keep_inbox_apart, receive_report
from models.events import Event, PaperReportRegistered, ReceivedReportConsidered, ReportReceived
from models.report.inbox import FirstOf, InboxRead, KnownReport, RoundRead, known_of
from models.report.received import Considered, ReceivedReport
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refused
from tests.models.consolidation.test_rules import NOTE, Consolidation, paper, report

FEW = 3


class Apart(Consolidation):
    """One whose inbox is kept apart, and the list of it as it was after each line."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: list[dict[Id, KnownReport]] = [{}] * (self.now.seq + 1)
        self.happens(*keep_inbox_apart(self.now))

    def happens(self, *events: Event) -> None:
        for event in events:
            super().happens(event)
            if hasattr(self, "lists"):
                self.lists.append(self._listed(event))

    def _listed(self, event: Event) -> dict[Id, KnownReport]:
        known = self.lists[-1]
        match event:
            case ReportReceived(report=received) | PaperReportRegistered(report=received):
                return {**known, received.id: known_of(received)}
            case ReceivedReportConsidered():
                on = {"considered_on": event.considered.on}
                return {**known, event.report: known[event.report].model_copy(update=on)}
        return known

    def read(self, lines_ago: int, number: Id, file: str | None = None) -> InboxRead:
        """What the list said so many lines ago."""
        as_of = max(self.now.seq - lines_ago, 0)
        known = self.lists[as_of]
        of_file = next((each.id for each in known.values() if file and each.file == file), None)
        return InboxRead(as_of=as_of, report=known.get(number), of_file=of_file)


def said(body: Consolidation, since: int) -> list[tuple[str, str]]:
    return [(name, "") for name in body.said[since:]]


def asked(body: Consolidation, command: type[Command], **fields: object) -> list[tuple[str, str]]:
    """What a command comes to: the events it makes happen, or why it is refused."""
    before = len(body.said)
    try:
        body.does(command, **fields)
    except Refused as refused:
        return sorted((reason.code, str(reason.params)) for reason in refused.refusals)
    return said(body, before)


NUMBERS = st.integers(1, 6)
LAGS = st.integers(0, 5)
HEARD = st.tuples(st.just("hears"), NUMBERS, LAGS, st.integers(1, 3), st.booleans())
REGISTERED = st.tuples(st.just("registers"), NUMBERS, LAGS, NUMBERS, st.booleans())
CONSIDERED = st.tuples(st.just("considers"), NUMBERS, LAGS, st.just(0), st.booleans())
Move = tuple[str, int, int, int, bool]


@settings(max_examples=300, deadline=None)
@given(moves=st.lists(HEARD | REGISTERED | CONSIDERED, max_size=40))
def test_both_come_to_the_same_whatever_was_read_when(moves: list[Move]) -> None:
    """What was read too early is refused or put off, and comes to the same once it is read anew."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lately, "LATELY", FEW)
        whole, apart = Consolidation(), Apart()
        for move in moves:
            expected, found = of_whole(whole, move), of_apart(apart, move)
            if found == [("inbox_read_too_early", "{}")]:
                found = of_apart(apart, (move[0], move[1], 0, *move[3:]))
            assert found == expected, move
        listed = {number: known_of(known) for number, known in whole.now.inbox.items()}
        assert apart.lists[-1] == listed
        assert apart.now.inbox == {}


def of_whole(body: Consolidation, move: Move) -> list[tuple[str, str]]:
    name, number, _, other, flag = move
    if name == "hears":
        before = len(body.said)
        body.happens(*receive_report(body.now, heard(number, other, flag)))
        return said(body, before)
    command, fields = command_of(name, number, other)
    return asked(body, command, **fields)


def of_apart(body: Apart, move: Move) -> list[tuple[str, str]]:
    name, number, lag, other, flag = move
    if name == "hears":
        told = heard(number, other, flag)
        read = body.read(lag, told.id)
        if not can_be_told(body.now, told.id, read):
            return [("inbox_read_too_early", "{}")]
        before = len(body.said)
        body.happens(*receive_report(body.now, told, read))
        return said(body, before)
    command, fields = command_of(name, number, other)
    read = body.read(lag, str(fields["report"]), str(fields.get("file") or "") or None)
    return asked(body, command, read=read, **fields)


def heard(number: int, version: int, considered: bool) -> ReceivedReport:
    mark = Considered(on=date(2026, 1, 26), note=NOTE) if considered else None
    return report(f"2026-SARY-{number:04d}", version=version, considered=mark)


def command_of(name: str, number: int, other: int) -> tuple[type[Command], dict[str, object]]:
    if name == "registers":
        return RegisterPaperReport, paper(f"P-2026-{number:04d}", file=f"{other}" * 64)
    return ConsiderReceivedReport, {"report": f"P-2026-{number:04d}", "note": NOTE}


def test_a_completed_round_names_the_first_ones_and_says_how_many_there_were_besides() -> None:
    body = Apart()
    assert body.is_refused(CompleteReviewRound, round=1, note=NOTE) == [("inbox_read_too_early", "17")]
    read = RoundRead(
        as_of=body.now.seq, considered=FirstOf(first=("P-2026-0001",)), unconsidered=FirstOf(besides=7)
    )
    body.does(CompleteReviewRound, round=1, note=NOTE, read=read)
    done = body.now.completion
    assert done is not None
    assert (done.reports, done.considered_besides, done.unconsidered_besides) == (("P-2026-0001",), 0, 7)


def test_it_is_kept_apart_once() -> None:
    body = Apart()
    assert keep_inbox_apart(body.now) == ()
    assert body.said.count("inbox_kept_apart") == 1


def test_what_is_remembered_does_not_grow_with_what_was_received() -> None:
    """Two thousand reports more make the state no larger; it is one payload at the end of a round."""
    body = Apart()
    sizes = []
    for number in range(1, 2_501):
        told = report(f"2026-SARY-{number:04d}")
        body.happens(*receive_report(body.now, told, body.read(0, told.id)))
        if number in {500, 2_500}:
            sizes.append(len(body.now.model_dump_json()))
    assert sizes[1] - sizes[0] < 500, "no more than longer numbers of lines"
    assert sizes[1] < 64 * 1024

"""The pace of letters: it rises while the server takes them, and halves when it asks for less."""

import pytest

from activities.letters.handover import Handover, refusal, refusal_of_us
from activities.letters.pace import FIRST, LEAST, RISE, SLOW_SECONDS, Pace, TooFarOff
from models.letters.post import DeliveryOutcome

TAKEN = Handover(outcome=DeliveryOutcome.ACCEPTED, code=250, reply="2.0.0 queued")
LATER = refusal(451, "4.3.2 too fast")
SILENCE = refusal_of_us(None, "SMTPServerDisconnected")


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def sends(pace: Pace, clock: Clock, seconds: float) -> int:
    """How many letters leave in so long, each taken in a hundredth of a second."""
    until, sent = clock.now + seconds, 0
    while True:
        rest = pace.place(60)
        if clock.now + rest > until:
            return sent
        clock.now += rest
        pace.heard(TAKEN, 0.01)
        sent += 1


def test_it_doubles_until_it_is_bounded(clock: Clock) -> None:
    pace = Pace(100, clock)
    assert pace.rate == FIRST
    sends(pace, clock, 1)
    assert pace.rate >= 2 * FIRST
    sends(pace, clock, 5)
    assert pace.rate == 100
    assert sends(pace, clock, 2) == pytest.approx(200, abs=1)


def test_what_is_set_is_never_passed(clock: Clock) -> None:
    pace = Pace(3, clock)
    first = sends(pace, clock, 10)
    assert first <= 3 * 11, "ten seconds and the letters that leave at a stroke"
    assert pace.rate == 3
    pace.bound(1)
    assert sends(pace, clock, 10) <= 11


@pytest.mark.parametrize("answer", [LATER, SILENCE, refusal(421, "4.7.0 come back later")])
def test_a_server_that_asks_for_less_gets_half(clock: Clock, answer: Handover) -> None:
    pace = Pace(100, clock)
    sends(pace, clock, 10)
    pace.heard(answer, 0.01)
    assert pace.rate == 50
    before = pace.rate
    sends(pace, clock, 1)
    assert before < pace.rate <= before + RISE + 1, "from there it rises step by step"


def test_what_several_connections_hear_at_once_is_one_word(clock: Clock) -> None:
    pace = Pace(100, clock)
    sends(pace, clock, 10)
    for _ in range(4):
        pace.heard(LATER, 0.01)
    assert pace.rate == 50
    clock.now += 1
    pace.heard(LATER, 0.01)
    assert pace.rate == 25


def test_it_never_stands_still(clock: Clock) -> None:
    pace = Pace(100, clock)
    for _ in range(20):
        clock.now += 1
        pace.heard(LATER, 0.01)
    assert pace.rate == LEAST


def test_one_recipient_is_not_the_server(clock: Clock) -> None:
    pace = Pace(100, clock)
    pace.heard(refusal(452, "4.2.2 mailbox full"), 0.01)
    pace.heard(refusal(550, "5.1.1 no such mailbox"), 0.01)
    assert pace.rate == FIRST


def test_an_answer_much_later_than_usual_asks_for_less(clock: Clock) -> None:
    pace = Pace(100, clock)
    for _ in range(50):
        pace.heard(TAKEN, 3.0)
    slow_by_nature = pace.rate
    assert slow_by_nature > FIRST, "who always takes three seconds is not in trouble"
    clock.now += 1
    pace.heard(TAKEN, 6.0 + SLOW_SECONDS + 0.1)
    assert pace.rate == slow_by_nature / 2


def test_a_few_letters_after_a_rest_leave_at_a_stroke(clock: Clock) -> None:
    pace = Pace(5, clock)
    clock.now += 60
    assert [pace.place(10) for _ in range(5)] == [0] * 5
    assert pace.place(10) == pytest.approx(0), "the sixth stands where a second ends"
    assert pace.place(10) == pytest.approx(0.2)


def test_who_would_wait_too_long_takes_no_place(clock: Clock) -> None:
    pace = Pace(1, clock)
    while pace.place(60) < 3:
        pass
    for _ in range(3):
        with pytest.raises(TooFarOff):
            pace.place(2)
    assert pace.place(60) == pytest.approx(4)

"""Figures of letters cost what happened since the last look, however many proceedings wait."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from activities.keepers.recent_letters import ANEW_AFTER, RECENT, Counted, RecentLetters
from models.events import LetterSent
from models.vocabulary.actors import SYSTEM
from models.vocabulary.letters import LetterStatus
from tests.api.world import Case, World
from tests.counting import Statements, statements_of


def now() -> datetime:
    return datetime.now(UTC)


def letters_of(*cases: Case) -> Counter[LetterStatus]:
    """What the rules say: in states that were folded from events."""
    return Counter(letter.status for case in cases for letter in case.state.letters.values())


async def look(world: World, letters: RecentLetters, at: datetime) -> tuple[Counted, Statements]:
    with statements_of(world.sessions) as counted:
        async with world.sessions() as session:
            found = await letters.look(session, at)
    return found, counted


async def two_reports(world: World) -> tuple[Case, Case]:
    """Of one all letters have left, of the other they wait."""
    gone, waiting = await world.started(), await world.started()
    for case in (gone, waiting):
        await case.approved()
    await gone.dispatched()
    await waiting.dispatches()
    return gone, waiting


async def test_letters_are_counted_by_their_state_and_the_oldest_that_waits_is_known(world: World) -> None:
    gone, waiting = await two_reports(world)
    found, _ = await look(world, RecentLetters(), now())
    assert found.counts == letters_of(gone, waiting)
    assert found.counts[LetterStatus.DUE] == len(waiting.state.letters_due) > 0
    caused = {letter.id.split("-")[0].removeprefix("L") for letter in waiting.state.letters_due}
    assert found.oldest_due == min(waiting.entries[int(seq) - 1].at for seq in caused)


async def test_a_state_is_opened_again_only_when_its_journal_went_on(world: World) -> None:
    gone, waiting = await two_reports(world)
    letters = RecentLetters()
    before, _ = await look(world, letters, now())
    again, sent = await look(world, letters, now())
    assert again == before
    assert not sent.of("json_each"), "nothing happened: nothing is opened"
    (first, *_) = waiting.state.letters_due
    await waiting.happens(SYSTEM, LetterSent(letter=first.id, attempt=first.attempt))
    after, sent = await look(world, letters, now())
    assert len(sent.of("json_each")) == 1
    assert after.counts == letters_of(gone, waiting)
    assert after.counts[LetterStatus.SENT] == before.counts[LetterStatus.SENT] + 1


async def test_what_was_set_back_is_read_anew_within_the_hour_and_what_is_long_ago_is_forgotten(
    world: World,
) -> None:
    cases = await two_reports(world)
    letters = RecentLetters()
    await look(world, letters, now())
    anew, sent = await look(world, letters, now() + ANEW_AFTER + timedelta(minutes=1))
    assert sent.of("json_each"), "an hour later all is opened again"
    assert anew.counts == letters_of(*cases)
    later, _ = await look(world, letters, now() + RECENT + timedelta(minutes=1))
    assert not later.counts
    assert later.oldest_due is None

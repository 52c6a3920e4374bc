"""The review rounds of rule 18 in words: until when, reminders so far, how the earlier ones ended."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from activities.registries.received_reports import considered_in_rounds
from api.content.notes import note_bodies
from api.history.as_it_was import Stood
from api.pages.desk.office import OfficeSitting
from api.pages.links.due import Due, due_said
from api.views.inbox import note_text
from locales.catalogue import text
from models.agenda.deadline import Deadline, DeadlineSubject, deadline_id
from models.consolidation.inbox import inbox_told
from models.consolidation.state import Completion
from models.events import ReviewRound, RoundOutcome
from models.report.inbox import NAMED, FirstOf
from models.vocabulary.base import Model
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Sha256

_ONE_DAY: Final = timedelta(days=1)


class CompletedSaid(Model):
    """A completed review: when, with which conclusion, and what was left over."""

    on: date
    note: str
    unconsidered: FirstOf


class RoundSaid(Model):
    """One round. `outcome` is of a past one; `due` and `reached` are of the one in course."""

    round: ReviewRound
    outcome: RoundOutcome | None = None
    completed: CompletedSaid | None = None
    considered: FirstOf = FirstOf()
    considered_since: FirstOf = FirstOf()  # on its days, after it was completed
    next_begins: date | None = None  # what is not considered by its end is the next one's
    due: Due | None = None
    reached: tuple[RungName, ...] = ()


class RoundsSaid(Model):
    """The round in course and those before it, the newest first."""

    current: RoundSaid | None
    past: tuple[RoundSaid, ...]


async def rounds_said(sitting: OfficeSitting) -> RoundsSaid:
    """All rounds, with the texts of their conclusions."""
    state, stood = sitting.state, sitting.stood
    finished = [state.completion, *(past.completion for past in state.past)]
    notes = frozenset(each.note for each in finished if each is not None)
    texts = await note_bodies(sitting.session, notes)
    rounds = [*(each.round for each in state.past), *([state.round] if state.round else ())]
    if stood is not None:
        by_marks = _considered_by_then(stood, rounds)
    else:
        by_marks = await considered_in_rounds(sitting.session, state.workflow_id, rounds)
    past = (
        RoundSaid(
            round=each.round,
            outcome=each.outcome,
            completed=_completed(each.completion, texts),
            considered=_considered(each.completion, by_marks[each.round.serial]),
            considered_since=considered_since(each.completion, by_marks[each.round.serial]),
        )
        for each in reversed(state.past)
    )
    return RoundsSaid(current=_current(sitting, texts, by_marks), past=tuple(past))


def _current(
    sitting: OfficeSitting, texts: dict[Sha256, str], by_marks: dict[int, FirstOf]
) -> RoundSaid | None:
    state, current = sitting.state, sitting.state.round
    if current is None:
        return None
    deadline: Deadline | None = state.deadlines.get(deadline_id(DeadlineSubject.REVIEW, current.id))
    return RoundSaid(
        round=current,
        completed=_completed(state.completion, texts),
        considered=_considered(state.completion, by_marks[current.serial]),
        considered_since=considered_since(state.completion, by_marks[current.serial]),
        next_begins=current.ends_on + _ONE_DAY if state.completion else None,
        due=_due(sitting, deadline) if deadline else None,
        reached=deadline.reached if deadline else (),
    )


def _due(sitting: OfficeSitting, deadline: Deadline) -> Due:
    """Until when, and that the interval is the edition's own: «regularly» names no day (A4)."""
    said = due_said(sitting.language, deadline, sitting.today, None)
    why = [text(sitting.language, "page.desk.round.basis"), *said.why[1:]]
    if sitting.state.calendar.working_day_from(deadline.due_on) != deadline.due_on:
        why.insert(1, text(sitting.language, "page.desk.round.day_off"))
    return said.model_copy(update={"why": tuple(why)})


def _considered_by_then(stood: Stood, rounds: Sequence[ReviewRound]) -> dict[int, FirstOf]:
    """What was considered on the days of each round, as far as the journal went on that day."""
    marked = [each for each in inbox_told(stood.entries).values() if each.considered is not None]
    found: dict[int, FirstOf] = {}
    for course in rounds:
        of_it = sorted(each.id for each in marked if each.considered and course.contains(each.considered.on))
        found[course.serial] = FirstOf(first=tuple(of_it[:NAMED]), besides=max(len(of_it) - NAMED, 0))
    return found


def _completed(completion: Completion | None, texts: dict[Sha256, str]) -> CompletedSaid | None:
    if completion is None:
        return None
    said = note_text(texts.get(completion.note))
    left_over = FirstOf(first=completion.unconsidered, besides=completion.unconsidered_besides)
    return CompletedSaid(on=completion.completed_on, note=said, unconsidered=left_over)


def _considered(completion: Completion | None, by_marks: FirstOf) -> FirstOf:
    """What was considered in a round: as its completion says, else by the dates of the marks."""
    if completion is None:
        return by_marks
    return FirstOf(first=completion.reports, besides=completion.considered_besides)


def considered_since(completion: Completion | None, by_marks: FirstOf) -> FirstOf:
    """What was considered after an early completion: no conclusion speaks of it, and its day is in the round.

    Both lists are the first of their reports by number, so whatever only the marks name came later.
    """
    if completion is None:
        return FirstOf()
    count = by_marks.count - len(completion.reports) - completion.considered_besides
    later = tuple(each for each in by_marks.first if each not in completion.reports)[: max(count, 0)]
    return FirstOf(first=later, besides=max(count - len(later), 0))

"""The review rounds of rule 18 in words: until when, reminders so far, how the earlier ones ended."""

from datetime import date

from activities.registries.received_reports import considered_in_rounds
from api.content.notes import note_bodies
from api.pages.desk.office import OfficeSitting
from api.pages.links.due import Due, due_said
from api.views.inbox import note_text
from locales.catalogue import text
from models.agenda.deadline import Deadline, DeadlineSubject, deadline_id
from models.consolidation.state import Completion
from models.events import ReviewRound, RoundOutcome
from models.report.inbox import FirstOf
from models.vocabulary.base import Model
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Sha256


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
    due: Due | None = None
    reached: tuple[RungName, ...] = ()


class RoundsSaid(Model):
    """The round in course and those before it, the newest first."""

    current: RoundSaid | None
    past: tuple[RoundSaid, ...]


async def rounds_said(sitting: OfficeSitting) -> RoundsSaid:
    """All rounds, with the texts of their conclusions."""
    state = sitting.state
    finished = [state.completion, *(past.completion for past in state.past)]
    notes = frozenset(each.note for each in finished if each is not None)
    texts = await note_bodies(sitting.session, notes)
    rounds = [*(each.round for each in state.past), *([state.round] if state.round else ())]
    by_marks = await considered_in_rounds(sitting.session, state.workflow_id, rounds)
    past = (
        RoundSaid(
            round=each.round,
            outcome=each.outcome,
            completed=_completed(each.completion, texts),
            considered=_considered(each.completion, by_marks[each.round.serial]),
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
        due=_due(sitting, deadline) if deadline else None,
        reached=deadline.reached if deadline else (),
    )


def _due(sitting: OfficeSitting, deadline: Deadline) -> Due:
    """Until when, and that the interval is the edition's own: «regularly» names no day (A4)."""
    said = due_said(sitting.language, deadline, sitting.today)
    basis = text(sitting.language, "page.desk.round.basis")
    return said.model_copy(update={"why": (basis, *said.why[1:])})


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

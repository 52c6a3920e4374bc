"""Who named the day of a deadline, as the proceeding knows it."""

from models.agenda.deadline import Deadline, DeadlineSubject
from models.agenda.grounds import DayGround
from models.letters.letter import place_of
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterKind

_ASKED = frozenset({DeadlineSubject.INVITATION, DeadlineSubject.INFORMATION_REQUEST, DeadlineSubject.REPLY})


def day_ground(state: MonitoringState, deadline: Deadline) -> DayGround | None:
    """None where the deadline's basis says it."""
    of_item = deadline.subject_kind is DeadlineSubject.IMPLEMENTATION
    if deadline.extensions and (of_item or deadline.subject_kind in _ASKED):
        itself = _extended_itself(state, deadline)
        return DayGround.EXTENDED_BY_ADDRESSEE if itself else DayGround.EXTENDED_BY_SENDER
    item = state.items.get(deadline.subject) if of_item else None
    if item is None:
        return None
    if item.judged is not None and not item.judged.final:
        return DayGround.BY_JUDGEMENT
    planned = item.answer is not None and item.answer.planned_on is not None
    return DayGround.BY_ADDRESSEE if planned else DayGround.IN_REPORT


def _extended_itself(state: MonitoringState, deadline: Deadline) -> bool:
    """Whether the newest extension is the addressee's own: the sender is told of those alone."""
    told = [each for each in state.letters.values() if each.deadline == deadline.id and not each.copy_of]
    extended = [place_of(each.id)[0] for each in told if each.kind is LetterKind.DEADLINE_EXTENDED]
    itself = [place_of(each.id)[0] for each in told if each.kind is LetterKind.REPLY_TERM_EXTENDED]
    return bool(itself) and max(itself) >= max(extended, default=0)

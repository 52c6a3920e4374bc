"""Time passing and time given (docs/architecture.md, Time)."""

from datetime import date, datetime
from typing import Literal

from models.agenda.deadline import Deadline
from models.calendar.working import WorkingCalendar
from models.vocabulary.actors import Authority
from models.vocabulary.base import Model
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Id
from models.vocabulary.texts import NoteHash


class RungReached(Model):
    """Beyond the Rules: a reminder or an expiry fell due; `was_due_at` is an instant (UTC).

    `silent` when a later rung of the same deadline speaks for it.
    `lapse_told`: whoever let an invitation or a request for information pass is written to, too.
    """

    type: Literal["rung_reached"] = "rung_reached"
    deadline: Id
    rung: RungName
    was_due_at: datetime
    silent: bool = False
    lapse_told: bool = False


class DeadlineExtended(Model):
    """Beyond the Rules: a deadline has a later day; `previous` is the local date it had."""

    type: Literal["deadline_extended"] = "deadline_extended"
    deadline: Deadline
    previous: date
    reason: NoteHash
    authority: Authority | None = None  # who allowed a second extension, by which act


class ExtensionRefused(Model):
    """Beyond the Rules: the time asked for was not given; the deadline stays."""

    type: Literal["extension_refused"] = "extension_refused"
    deadline: Id
    reason: NoteHash


class DeadlinePaused(Model):
    """Beyond the Rules: the clock stopped, its working days are kept: somebody else owes the next step."""

    type: Literal["deadline_paused"] = "deadline_paused"
    deadline: Deadline
    left: int
    reason: NoteHash


class DeadlineResumed(Model):
    """Beyond the Rules: the clock runs on, with the working days that were left."""

    type: Literal["deadline_resumed"] = "deadline_resumed"
    deadline: Deadline


class CalendarChanged(Model):
    """Beyond the Rules: from here on days are counted by another edition of the working calendar."""

    type: Literal["calendar_changed"] = "calendar_changed"
    calendar: WorkingCalendar
    previous: str  # the edition counted by until now


class DeadlineMoved(Model):
    """Beyond the Rules: a new calendar moved an open deadline; `previous` is the local date it had.

    `days` (local dates) became working or closed and did it.
    """

    type: Literal["deadline_moved"] = "deadline_moved"
    deadline: Deadline
    previous: date
    days: tuple[date, ...]

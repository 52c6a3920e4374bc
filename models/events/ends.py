"""The ends of a monitoring."""

from datetime import date
from typing import Literal

from models.agenda.deadline import Deadline
from models.vocabulary.base import Model
from models.vocabulary.texts import NoteHash


class MonitoringCancelled(Model):
    type: Literal["monitoring_cancelled"] = "monitoring_cancelled"
    reason: NoteHash


class MonitoringClosed(Model):
    type: Literal["monitoring_closed"] = "monitoring_closed"
    closed_on: date
    follow_up: Deadline | None = None


class FollowUpEnded(Model):
    type: Literal["follow_up_ended"] = "follow_up_ended"
    reason: NoteHash | None = None

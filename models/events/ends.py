"""The ends of a monitoring."""

from datetime import date
from typing import Literal

from models.agenda.deadline import Deadline
from models.vocabulary.base import Model
from models.vocabulary.texts import NoteHash


class MonitoringCancelled(Model):
    """Beyond the Rules: the monitoring was given up before its report was approved."""

    type: Literal["monitoring_cancelled"] = "monitoring_cancelled"
    reason: NoteHash


class MonitoringClosed(Model):
    """Beyond the Rules: nothing that is due is open any more, on a local date.

    What comes late is still taken until the follow-up ends (`follow_up`).
    """

    type: Literal["monitoring_closed"] = "monitoring_closed"
    closed_on: date
    follow_up: Deadline | None = None


class FollowUpEnded(Model):
    """Beyond the Rules: nothing late is awaited any more; without a `reason` its time ran out."""

    type: Literal["follow_up_ended"] = "follow_up_ended"
    reason: NoteHash | None = None

"""A monitoring is handed over within the body that leads it."""

from typing import Literal

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.texts import NoteHash


class MonitoringReassigned(Model):
    """Beyond the Rules: another account of the body that leads coordinates it from here on.

    Without `previous` nobody did, and the head was asked.
    """

    type: Literal["monitoring_reassigned"] = "monitoring_reassigned"
    to: Id
    organisation: Id
    previous: Id | None = None
    reason: NoteHash

"""Bodies that come and go while a proceeding runs: what was theirs passes on."""

from datetime import date
from typing import Literal

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.succession import Succession
from models.vocabulary.texts import NoteHash


class BodySucceeded(Model):
    """Beyond the Rules: a body with a part in it is no more, or of another kind; what it had passes on.

    The fields are those of `Succession`; without a `successor` what it had has nobody.
    """

    type: Literal["body_succeeded"] = "body_succeeded"
    body: Id
    whole: bool = True
    successor: Id | None = None
    since: date
    reason: NoteHash | None = None
    led: Id | None = None
    told: Id | None = None  # the successor that is written to of what is its own now

    def succession(self) -> Succession:
        """What it says, as the state keeps it."""
        return Succession.model_validate(self.model_dump(exclude={"type", "told"}))


class AuthorizedBodyChanged(Model):
    """Rules 2, 17-19: another body is the authorized one, and has its predecessor's part from a day on."""

    type: Literal["authorized_body_changed"] = "authorized_body_changed"
    authorized_body: Id
    previous: Id
    since: date


class MonitoringTakenOver(Model):
    """Beyond the Rules: whoever led it is no more and has no successor; this body leads from here on."""

    type: Literal["monitoring_taken_over"] = "monitoring_taken_over"
    by: Id
    reason: NoteHash  # the act

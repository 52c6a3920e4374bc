"""Where the report goes and what is said of it (rules 17, 18, 20, 21)."""

from datetime import date, datetime
from typing import Literal

from models.agenda.deadline import Deadline
from models.commands import ItemAnswer, NewAddressee
from models.vocabulary.base import Model
from models.vocabulary.procedure import CouncilOutcome, Id, Sha256
from models.vocabulary.texts import NoteHash


class ReportDispatched(Model):
    """Rules 17, 20, A7: the report went on its way to these bodies, on a local date.

    `corrects` when it is a corrected version (A12); `answered` are the bodies whose answers all stand.
    `gathered`: addressees of before of which it asks nothing, each with the one of the same body
    today that is written to.
    """

    type: Literal["report_dispatched"] = "report_dispatched"
    version: int
    dispatched_on: date
    addressees: tuple[NewAddressee, ...]
    deadlines: tuple[Deadline, ...] = ()
    corrects: bool = False
    answered: tuple[Id, ...] = ()
    gathered: dict[Id, Id] = {}


class AddresseeOmitted(Model):
    """Rules 17, 20: a version is not sent to a body that these items of its decision are for, with a reason.

    `special` where the reason is that it became a special state body (rule 5).
    """

    type: Literal["addressee_omitted"] = "addressee_omitted"
    version: int
    addressee: Id
    items: tuple[Id, ...]
    reason: NoteHash | None = None
    special: bool = False


class ReportAcknowledged(Model):
    """Beyond the Rules: an addressee confirmed that it received the report, on a local date.

    `incoming_number` is the addressee's own; `deadline` the term that begins with the receipt, if one does.
    """

    type: Literal["report_acknowledged"] = "report_acknowledged"
    addressee: Id
    received_on: date
    incoming_number: str | None = None
    deadline: Deadline | None = None


class ReportAnswered(Model):
    """Beyond the Rules: an addressee replied on each of its items."""

    type: Literal["report_answered"] = "report_answered"
    addressee: Id
    answers: tuple[ItemAnswer, ...]
    reply: NoteHash


class ReplyAmended(Model):
    """Beyond the Rules: an addressee replaced its reply; the one before stays on record."""

    type: Literal["reply_amended"] = "reply_amended"
    addressee: Id
    answers: tuple[ItemAnswer, ...]
    reply: NoteHash


class MoreTimeAsked(Model):
    """Beyond the Rules: an addressee asked to reply by a later local date."""

    type: Literal["more_time_asked"] = "more_time_asked"
    addressee: Id
    until: date
    reason: NoteHash


class ReplyTermExtended(Model):
    """Beyond the Rules: whoever considers extended the term of its own reply (the Code, art. 76).

    It was decided on the local date `decided_on`; `previous` is the local date it had.
    """

    type: Literal["reply_term_extended"] = "reply_term_extended"
    addressee: Id
    deadline: Deadline
    previous: date
    decided_on: date
    reason: NoteHash


class ReportConsidered(Model):
    """Rule 18: the authorized body considered and analysed the report, on a local date."""

    type: Literal["report_considered"] = "report_considered"
    considered_on: date
    note: NoteHash


class SubmittedToCouncil(Model):
    """Rule 21: the results were put before a council; `meeting_at` is an instant (UTC), if it is known."""

    type: Literal["submitted_to_council"] = "submitted_to_council"
    item: Id
    council: Id
    meeting_at: datetime | None = None


class ConsiderationRecorded(Model):
    """Rule 21: a council considered the results on a local date, by its minutes."""

    type: Literal["consideration_recorded"] = "consideration_recorded"
    item: Id
    considered_on: date
    minutes_number: str
    outcome: CouncilOutcome
    excerpt: Sha256 | None = None
    note: NoteHash | None = None


class ExcerptAdded(Model):
    """Rule 21: an excerpt of the council's minutes came after its conclusion was recorded."""

    type: Literal["excerpt_added"] = "excerpt_added"
    item: Id
    excerpt: Sha256
    note: NoteHash | None = None


class WithdrawnFromCouncil(Model):
    """Rule 21: the item was taken back before it was considered."""

    type: Literal["withdrawn_from_council"] = "withdrawn_from_council"
    item: Id
    reason: NoteHash

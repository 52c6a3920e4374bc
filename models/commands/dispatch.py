"""Where the report goes and what is said of it (rules 17, 18, 20, 21)."""

from datetime import date

from pydantic import AwareDatetime

from models.agenda.deadline import ReplyPreset
from models.commands.command import Command
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import CouncilOutcome, Ground, Id, Response, Sha256
from models.vocabulary.texts import NoteHash, ShortText


class NewAddressee(Model):
    """To whom the report goes and why that body is interested (rules 17, 20).

    `reply_by` is the local date a reply is asked for, if any; `preset` a usual term instead of a date.
    """

    body: Body
    ground: Ground
    reason: NoteHash | None = None
    preset: ReplyPreset = ReplyPreset.NONE
    reply_by: date | None = None


class DispatchReport(Command):
    """Rules 17, 20, A7: send the approved report to the interested bodies, and for consolidation."""

    addressees: tuple[NewAddressee, ...]


class OmitAddressee(Command):
    """Rules 17, 20: the report is not sent to a body that the decision names, and why."""

    addressee: Id
    reason: NoteHash


class AcknowledgeReport(Command):
    """Beyond the Rules: the addressee confirms that it received the report.

    `received_on` is the local day of receipt, today where none is said; under `incoming_number` the addressee
    registered it.
    """

    addressee: Id
    received_on: date | None = None
    incoming_number: ShortText | None = None


class ItemAnswer(Model):
    """What an addressee says of one proposal or recommendation; `planned_on` is a local date."""

    item: Id
    response: Response
    reasoned: bool = False
    planned_on: date | None = None


class AnswerReport(Command):
    """Beyond the Rules: the addressee replies on each of its items. The Rules set no duty to answer."""

    addressee: Id
    answers: tuple[ItemAnswer, ...]
    reply: NoteHash


class AmendReply(Command):
    """Beyond the Rules: the addressee replaces its reply until it is assessed; both are kept."""

    addressee: Id
    answers: tuple[ItemAnswer, ...]
    reply: NoteHash


class AskMoreTime(Command):
    """Beyond the Rules: the addressee asks to reply by a later local date, and why."""

    addressee: Id
    until: date
    reason: NoteHash


class ExtendReplyTerm(Command):
    """Beyond the Rules: whoever considers the report extends the term of its reply (the Code, art. 76).

    `until` and `decided_on` are local dates; it was decided today where no day is said.
    """

    addressee: Id
    until: date
    reason: NoteHash
    decided_on: date | None = None


class MarkConsidered(Command):
    """Rule 18: the authorized body considered and analysed the report that was sent to it."""

    note: NoteHash


class SubmitToCouncil(Command):
    """Rule 21: the results are put before a council; `meeting_at` is an instant, if it is known (UTC)."""

    item: Id
    council: Id
    meeting_at: AwareDatetime | None = None


class RecordConsideration(Command):
    """Rule 21: a council considered the results on a local date; by its minutes, with its outcome."""

    item: Id
    considered_on: date
    minutes_number: ShortText
    outcome: CouncilOutcome
    excerpt: Sha256 | None = None
    note: NoteHash | None = None


class AddExcerpt(Command):
    """Rule 21: an excerpt of the council's minutes that came after its conclusion was recorded."""

    item: Id
    excerpt: Sha256
    note: NoteHash | None = None


class WithdrawFromCouncil(Command):
    """Rule 21: the item is taken back before the council considered it, and why."""

    item: Id
    reason: NoteHash

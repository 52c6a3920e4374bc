"""Documents people write by a letter's link: kept in `notes` under their SHA-256, never in a command.

Who answered (name and post) and why are personal words: the journal holds the hash of the document only.
"""

from datetime import date

from models.vocabulary.base import Model
from models.vocabulary.procedure import (
    Agreement,
    CouncilOutcome,
    Id,
    InformationOutcome,
    Language,
    Response,
    Sha256,
    SourceAccess,
    Verdict,
)
from models.vocabulary.texts import LongText, ShortText


class TextNote(Model):
    """One text as typed."""

    text: LongText


class SignedNote(TextNote):
    """A text and who wrote it: a link may be handed to a colleague, so whoever answers signs."""

    respondent: ShortText = ""
    post: ShortText = ""


class ColleagueNote(SignedNote):
    """To whom a letter is handed on, and by whom; `text` is what is said to the colleague."""

    name: ShortText
    email: ShortText
    language: Language


class ConductNote(SignedNote):
    """The word of a body that was named a co-conductor; `text` is what it adds."""

    confirms: bool


class InvitationNote(TextNote):
    """The invitee's word; `text` is the reason of a refusal, which nobody has to give."""

    consents: bool
    agreement: Agreement = Agreement.UNKNOWN


class InformationAnswer(SignedNote):
    """What a holder of information said; `reference` is where what was given can be found."""

    outcome: InformationOutcome
    access: SourceAccess | None = None
    reference: ShortText = ""
    attachments: tuple[Sha256, ...] = ()


class ItemReply(Model):
    """What was said of one proposal or recommendation; `planned_on` is a local date."""

    item: Id
    text: LongText = ""
    response: Response | None = None
    planned_on: date | None = None
    attachments: tuple[Sha256, ...] = ()


class ReplyNote(SignedNote):
    """The document behind `AnswerReport.reply`: the words on the whole (`text`) and on each item."""

    items: tuple[ItemReply, ...] = ()
    attachments: tuple[Sha256, ...] = ()


class ItemWords(Model):
    """What was said of carrying one item out, with the evidence; claim and day are the command's."""

    item: Id
    claim: Verdict | None = None
    done_on: date | None = None
    text: LongText = ""
    attachments: tuple[Sha256, ...] = ()


class ImplementationNote(SignedNote):
    """The document behind `ReportImplementation.words`: words on the whole (`text`) and on each item."""

    items: tuple[ItemWords, ...] = ()


class MoreTimeNote(SignedNote):
    """Why more time is asked for, and until which local date."""

    until: date


class ExcerptNote(SignedNote):
    """What came with a late excerpt of a council's minutes."""

    excerpt: Sha256


class TermExtensionNote(SignedNote):
    """Why the addressee extended its own term, to which local date, by a decision of which one."""

    until: date
    decided_on: date


class ConsiderationNote(SignedNote):
    """What a council's secretary recorded; the date is local."""

    considered_on: date
    minutes_number: ShortText
    outcome: CouncilOutcome
    excerpt: Sha256 | None = None

"""What is true of every letter of one kind: the columns of the table of letters."""

from enum import StrEnum

from models.report.rendition import Rendition
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.letters import Purpose


class Family(StrEnum):
    """Whose letter it is, and so who writes, about what; names the sentence that says so."""

    MONITORING = "monitoring"
    DUTY = "duty"  # rule 13
    REVIEW = "review"  # rule 18


class MeetingFile(StrEnum):
    """RFC 5546: a published event needs no answer by calendar, and is cancelled by its publisher."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


class FactName(StrEnum):
    """A particular that a letter tells; its label is `letter.fact.<name>` in the catalogue."""

    RECIPIENT = "recipient"
    KIND = "kind"
    STUDIED = "studied"
    LEAD = "lead"
    AGREEMENT = "agreement"
    COMMUNITY = "community"
    DECISION = "decision"
    QUESTION = "question"
    GROUND = "ground"
    VERSION = "version"
    ITEMS = "items"
    FIRST_LETTER = "first_letter"
    INCOMING = "incoming"
    CONSIDERING = "considering"
    DECIDED_ON = "decided_on"
    PREVIOUS_DUE = "previous_due"
    CHANGED_DAYS = "changed_days"
    DAYS_LEFT = "days_left"
    REASON = "reason"
    ANSWER = "answer"
    ANSWERED_AT = "answered_at"
    RECORDED_BY = "recorded_by"
    MEETING = "meeting"
    ACCEPTED = "accepted"
    ITEM = "item"
    VERDICT = "verdict"
    BODY = "body"
    PERIOD = "period"
    RECEIVED = "received"
    UNCONSIDERED = "unconsidered"
    UNDELIVERED_LETTER = "undelivered_letter"
    UNDELIVERED_TO = "undelivered_to"
    UNDELIVERED_WHY = "undelivered_why"
    DISCLOSURES = "disclosures"
    NEWS = "news"
    STAGE = "stage"
    RESTS_SINCE = "rests_since"
    HANDED_ON = "handed_on"
    HANDED_ON_TO = "handed_on_to"
    HANDED_ON_LETTER = "handed_on_letter"
    COORDINATOR = "coordinator"
    STEPPED_ASIDE = "stepped_aside"
    FORMER_COORDINATOR = "former_coordinator"
    PASSED_ON = "passed_on"
    SUCCESSION_ACT = "succession_act"
    SUCCESSION_SINCE = "succession_since"


class LetterRow(Model):
    """One kind of letter. What is not said of it is not so."""

    family: Family | None = Family.MONITORING
    """None for what happens to any of them: then it is of the workflow that orders it."""
    asks: Action | None = None
    """What the reader is to do. Without a date such a letter says that none was set."""
    decides: Action | None = None
    """The request that this letter brings the decision on."""
    facts: tuple[FactName, ...] = ()
    """Its particulars, in the order in which they are read."""
    link: Purpose | None = None
    """What its link is for, whatever caused it."""
    may_link: tuple[Purpose, ...] = ()
    """What its link is for where the cause gives it one."""
    report: Rendition | None = None
    """The report it encloses."""
    meeting: MeetingFile | None = None
    """What the calendar file that it encloses does."""
    to_staff: bool = False
    """The reader signs in to the workplace, and outsiders are not told of the letter."""
    informs: bool = False
    """It only tells: it may be gathered with others, and nobody is told at night or on a day off."""
    in_bulk: bool = False
    """Many leave at once: the post takes the letters of individual matters first."""

    @property
    def sends_the_report(self) -> bool:
        """Whether by it a body has the report (rules 17, 20): nothing closes before it has left."""
        return self.report is Rendition.FILED

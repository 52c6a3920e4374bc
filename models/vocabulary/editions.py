"""The Rules themselves as effective-dated data: a monitoring pins the edition it started under (rule 1).

An edition holds what the text leaves open (the readings A1-A12, each a switch with its default) and the times
and ladders of reminders that the text does not set. A later edition never rewrites an older monitoring, and
what an older one was stored as can be read for ever.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, model_validator

from models.vocabulary.base import Model
from models.vocabulary.ladders import Ladders, letter_ladder
from models.vocabulary.procedure import Id, Stage
from models.vocabulary.texts import ShortText


class Strictness(StrEnum):
    """How a reading that the text does not settle is applied."""

    ALLOW = "allow"
    WARN = "warn"
    FORBID = "forbid"


class YearScope(StrEnum):
    """A3: for whom «at least once a year» is counted."""

    EACH_CONDUCTOR = "each_conductor"
    WHOLE_SYSTEM = "whole_system"


class YearWindow(StrEnum):
    """A3: which year is meant."""

    CALENDAR_YEAR = "calendar_year"
    ROLLING_12_MONTHS = "rolling_12_months"


class YearCountedBy(StrEnum):
    """A3: which date of a monitoring counts."""

    START = "start"
    END = "end"
    APPROVAL = "approval"


Months = Annotated[int, Field(ge=1, le=120)]


class Switches(Model):
    """The readings A1-A12 (docs/readings.md). Field comments name the one they settle."""

    self_monitoring: Strictness = Strictness.WARN  # rule 2: a body may monitor itself
    comprehensive_needs_both: Strictness = Strictness.WARN  # A1: >=2 spheres AND >=2 bodies
    thematic_single_body: Strictness = Strictness.WARN  # A2: bodies inside the one sphere
    year_scope: YearScope = YearScope.EACH_CONDUCTOR  # A3
    year_window: YearWindow = YearWindow.CALENDAR_YEAR  # A3
    year_counted_by: YearCountedBy = YearCountedBy.END  # A3
    year_prorated: bool = True  # A3: a division created or abolished in mid-year is exempt
    thematic_interval_months: Months = 6  # A4: reminders only
    review_interval_months: Months = 3  # A4: reminders only
    published_by_us_is_open: bool = False  # A5
    recommendations_required: bool = False  # A6 strict: «no grounds» does not do
    other_addressees: bool = True  # A7: bodies outside rule 17's list, with a reason
    central_head_office: bool = True  # A7: the central state body itself
    division_reports_published: bool = True  # A8: rule 19 covers divisions' reports too
    working_group_both_communities: Strictness = Strictness.FORBID  # rule 12: >=1 public and >=1 expert
    approver_is_not_author: bool = True  # A10
    mask_natural_person: bool = True  # A11
    follow_up_of_recommendations: bool = False  # beyond the Rules: implementation is asked for and judged
    coordinators_told: bool = False  # beyond the Rules: what others do is told to whoever coordinates
    authorized_body_exempt_from_rule_5: bool = False  # should it ever be a special state body
    rule_5_by_period: bool = True  # special on any day of the period studied; False: on the day of the start


LONGEST_TERM: Final = 250  # working days, about a year
WorkingDays = Annotated[int, Field(ge=1, le=LONGEST_TERM)]
CalendarDays = Annotated[int, Field(ge=1, le=3_660)]


class ReplyTerm(Model):
    """A reply term of another act: so many working days, extendable by so many calendar months.

    Whoever considers extends it, and says so within `notice_days` working days of deciding it. By
    `from_receipt` it is counted from the day on which the addressee received the report, and does not run
    before that is known; editions stored before leave it off, and count from the dispatch.
    """

    working_days: WorkingDays = 15
    extension_months: Months = 2
    notice_days: WorkingDays = 3
    from_receipt: bool = False


class StageTerms(Model):
    """After how many working days without an act of anybody a monitoring is reminded of, by its stage.

    The Rules set no term for any stage: reminders only. None reminds of nothing, as editions from before do.
    """

    planned: WorkingDays | None = None
    collecting: WorkingDays | None = None
    analysing: WorkingDays | None = None
    drafting: WorkingDays | None = None
    approved: WorkingDays | None = None
    dispatched: WorkingDays | None = None

    def of(self, stage: Stage) -> int | None:
        """The term of a stage; a monitoring that is over has none."""
        terms: dict[str, int | None] = self.model_dump()
        return terms.get(stage.value)


class Times(Model):
    """How long is waited. None of it is set by the Rules: service terms in working days, and limits.

    The former `publication` is dropped where an old edition is read: it was always empty (A8).
    """

    invitation: WorkingDays = 5
    information_request: WorkingDays = 10
    appc_76: ReplyTerm = ReplyTerm()  # the Code's term, where the sender chooses it
    receipt: WorkingDays | None = None  # after it whoever was sent a report is asked whether it came
    follow_up: WorkingDays = 250  # how long a closed monitoring waits for late news
    asked_ahead_days: CalendarDays = 180  # how far ahead an answer may be asked for
    near: WorkingDays = 2  # a deadline is near when so many days or fewer are left
    stages: StageTerms = StageTerms()
    planned_ahead_days: CalendarDays = 5 * 366  # and an item be promised: what nobody lives to see is no plan


def _former_ladders(reminder_before: int, invitation: object) -> Ladders:
    """An invitation's reminder never came before the invitation itself."""
    room = invitation - 1 if isinstance(invitation, int) else reminder_before
    usual = letter_ladder(reminder_before)
    invited = letter_ladder(max(1, min(reminder_before, room)))
    return Ladders(invitation=invited, information_request=usual, reply=usual)


class Edition(Model):
    """One edition of the Rules in force from a day (local date, Asia/Almaty) until the next one."""

    id: Id
    order_number: ShortText
    order_date: date
    in_force_from: date
    in_force_until: date | None = None
    form: Id = "192-2023"
    switches: Switches = Switches()
    times: Times = Times()
    ladders: Ladders = Ladders()

    @model_validator(mode="before")
    @classmethod
    def _reads_the_former_reminder(cls, given: object) -> object:
        """Before there were ladders, `times.reminder_before` was the day on which letters remind."""
        match given:
            case {"ladders": _}:
                return given
            case {"times": {"reminder_before": int(days), **times}, **rest}:
                return {**rest, "times": times, "ladders": _former_ladders(days, times.get("invitation"))}
        return given

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


# Registered on 19 June 2023 (№32846). O4: in force ten calendar days after the day of first official
# publication; that day was not found in the sources, so the earliest possible one is kept here and an
# administrator may correct it.
ORDER_192 = Edition(
    id="192-2023",
    order_number="192",
    order_date=date(2023, 6, 16),
    in_force_from=date(2023, 6, 30),
    # A service beyond the Rules; editions stored before there was one leave it off.
    switches=Switches(follow_up_of_recommendations=True),
    # A report counts as received by its addressee's word; older editions take the post's word for it.
    times=Times(receipt=3, appc_76=ReplyTerm(from_receipt=True)),
)


_STAGES: Final = StageTerms(planned=20, collecting=40, analysing=40, drafting=20, approved=10, dispatched=60)
FOUNDED_WITH: Final = ORDER_192.model_copy(
    update={
        "switches": ORDER_192.switches.model_copy(update={"coordinators_told": True}),
        "times": ORDER_192.times.model_copy(update={"stages": _STAGES}),
    }
)
"""The edition that a new installation begins with: whoever coordinates is told, and reminded of rests.

Both are about the office of a monitoring and not about its procedure; installations of before get them with
their next edition.
"""


def rules_since(editions: tuple[Edition, ...]) -> date | None:
    """The local date on which the Rules came into force at all; None where no edition is known."""
    return min((edition.in_force_from for edition in editions), default=None)


def edition_on(editions: tuple[Edition, ...], day: date) -> Edition | None:
    """The edition in force on a local date; the latest one that began, or None before the first."""
    in_force = [edition for edition in editions if edition.in_force_on(day)]
    return max(in_force, key=lambda edition: edition.in_force_from, default=None)

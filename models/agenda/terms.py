"""The reply term that a sender may choose, and how far it may be extended. The Rules set no reply time."""

from calendar import monthrange
from datetime import date
from typing import Final

from models.agenda.deadline import Basis, BasisKind, Deadline, ReplyPreset
from models.calendar.working import WorkingCalendar
from models.vocabulary.editions import Edition, ReplyTerm

APPC_76: Final = Basis(kind=BasisKind.OTHER_ACT, reference="APPC art. 76")
"""The Code's norm. It binds where the report is sent as a citizen's or an organisation's appeal or proposal;
between state bodies it hardly does, which is why the sender has to choose it. Its length is the edition's."""


def reply_term(edition: Edition, preset: ReplyPreset) -> ReplyTerm | None:
    """How long an addressee has by the term that was chosen; None where no term was."""
    return edition.times.appc_76 if preset is ReplyPreset.APPC_76 else None


def is_of_the_code(deadline: Deadline) -> bool:
    """Whether a reply is awaited by the Code's term: then whoever considers extends it, not the sender."""
    return deadline.basis.reference == APPC_76.reference


def extends_itself(deadline: Deadline | None) -> bool:
    """Whether whoever considers may still extend it by its own act: once, the Code's term only."""
    return deadline is not None and is_of_the_code(deadline) and deadline.extensions == 0


def extension_bound(edition: Edition, deadline: Deadline, calendar: WorkingCalendar) -> int | None:
    """The most working days that an extension may add; None for no bound: only the Code's term has one."""
    if not is_of_the_code(deadline):
        return None
    return calendar.working_days_between(deadline.due_on, latest_extension(edition, deadline))


def latest_extension(edition: Edition, deadline: Deadline) -> date:
    """The last day to which the Code's term can be extended."""
    return months_later(deadline.due_on, edition.times.appc_76.extension_months)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

"""What followed from what: a line opens keys (a member, a deadline, a version), a later one follows a key."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from models.agenda.deadline import Deadline
from models.commands import NewAddressee, NewMember
from models.events import (
    AddresseeOmitted,
    CoConductorNamed,
    CoConductorWithdrawn,
    ConductConfirmed,
    ConductDeclined,
    CorrectionBegun,
    CorrectionGivenUp,
    CountedReportPublished,
    DeadlineExtended,
    DutyBreached,
    DutyCorrected,
    DutyFulfilled,
    DutyPeriodBegun,
    DutyPeriodEnded,
    ExtensionRefused,
    FollowUpEnded,
    InformationRequested,
    LetterResent,
    LetterUndelivered,
    MonitoringClosed,
    MonitoringCounted,
    MoreTimeAsked,
    PaperReportRegistered,
    ReceivedReportConsidered,
    ReplyAmended,
    ReplyTermExtended,
    ReportAnswered,
    ReportApproved,
    ReportConsidered,
    ReportDispatched,
    ReportPublished,
    ReportReceived,
    ReportSubmitted,
    ReviewRoundBegun,
    ReviewRoundCompleted,
    ReviewRoundEnded,
    SubmittedToCouncil,
)
from models.monitoring.open_work import consolidating
from models.timeline.known import Known
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

# Steps of the procedure itself stand at the margin, though each has what it follows from.
STEPS: Final = frozenset(
    {
        *(
            "report_submitted",
            "report_approved",
            "report_dispatched",
            "report_published",
            "report_considered",
        ),
        *("duty_period_ended", "duty_breached", "review_round_completed", "review_round_ended"),
    }
)
DEEPEST: Final = 2


class Opened:
    """The keys opened so far and the line that opened each last."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._lines: dict[str, int] = {}

    def follows(self, event: Model) -> int | None:
        """The line an event follows from, if any: the most particular key of its that is open."""
        return next((self._lines[key] for key in _followed(event, self.known) if key in self._lines), None)

    def opens(self, event: Model, seq: int, letters: tuple[Id, ...] = ()) -> None:
        """Remember what a line opened, the letters it caused among it."""
        for key in (*_opened(event), *(f"letter:{letter}" for letter in letters)):
            self._lines[key] = seq


# ——— keys that events open ———
def _opened(event: Model) -> Iterator[str]:
    particular = _OPENS.get(type(event))
    if particular is not None:
        yield particular(event)
    for name in type(event).model_fields:
        for value in _each(getattr(event, name)):
            match value:
                case NewMember():
                    yield f"member:{value.member}"
                case NewAddressee():
                    yield f"addressee:{value.body.organisation}"
                case Deadline() if not isinstance(event, DeadlineExtended | ReplyTermExtended):
                    yield f"deadline:{value.id}"


def _each(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


_OPENS: Final[Mapping[type[Model], Callable[..., str]]] = {
    CoConductorNamed: lambda event: f"co_conductor:{event.body.organisation}",
    InformationRequested: lambda event: f"request:{event.request}",
    SubmittedToCouncil: lambda event: f"item:{event.item}",
    ReportSubmitted: lambda event: f"version:{event.version}",
    ReportApproved: lambda event: f"approval:{event.version}",
    CorrectionBegun: lambda event: "correction",
    ReportAnswered: lambda event: f"answer:{event.addressee}",
    LetterUndelivered: lambda event: f"letter:{event.letter}",
    LetterResent: lambda event: f"letter:{event.letter}",
    MoreTimeAsked: lambda event: f"more_time:{event.addressee}",
    MonitoringClosed: lambda event: "closing",
    MonitoringCounted: lambda event: f"counted:{event.number}",
    DutyPeriodBegun: lambda event: f"period:{event.period.id}",
    DutyPeriodEnded: lambda event: f"verdict:{event.period}",
    ReportReceived: lambda event: f"received:{event.report.id}",
    PaperReportRegistered: lambda event: f"received:{event.report.id}",
    ReviewRoundBegun: lambda event: f"round:{event.round.serial}",
}


# ——— keys that events follow, the most particular first ———
def _followed(event: Model, known: Known) -> Iterator[str]:
    particular = _FOLLOWS.get(type(event))
    if particular is not None:
        yield from particular(event, known)
    replaced = getattr(event, "replaces", None)
    if replaced is not None:
        yield f"member:{replaced}"
    for name in ("letter", "member", "request", "item", "addressee", "deadline", "version"):
        value = getattr(event, name, None)
        if isinstance(value, (str, int)):
            yield f"{name}:{value}"


def _of_extension(event: DeadlineExtended | ExtensionRefused, known: Known) -> Iterator[str]:
    given = event.deadline
    deadline = given if isinstance(given, Deadline) else known.deadline(given)
    if deadline is not None:
        yield f"more_time:{deadline.subject}"
        yield f"deadline:{deadline.id}"


def _of_review(_: ReportConsidered, known: Known) -> Iterator[str]:
    if known.monitoring is not None:
        office = consolidating(known.monitoring)
        yield f"addressee:{office.body.organisation if office else known.monitoring.authorized_body}"


def _of_sending(event: ReportDispatched | AddresseeOmitted | ReportPublished, _: Known) -> Iterator[str]:
    yield f"approval:{event.version}"


def _of_naming(event: ConductConfirmed | ConductDeclined | CoConductorWithdrawn, _: Known) -> Iterator[str]:
    yield f"co_conductor:{event.organisation}"


_FOLLOWS: Final[Mapping[type[Model], Callable[..., Iterator[str]]]] = {
    ConductConfirmed: _of_naming,
    ConductDeclined: _of_naming,
    CoConductorWithdrawn: _of_naming,
    DeadlineExtended: _of_extension,
    ExtensionRefused: _of_extension,
    ReportConsidered: _of_review,
    ReportDispatched: _of_sending,
    ReportPublished: _of_sending,
    AddresseeOmitted: _of_sending,
    ReportSubmitted: lambda event, _: iter(("correction",)),
    CorrectionGivenUp: lambda event, _: iter(("correction",)),
    ReplyAmended: lambda event, _: iter((f"answer:{event.addressee}",)),
    FollowUpEnded: lambda event, _: iter(("closing",)),
    DutyFulfilled: lambda event, _: iter((f"counted:{event.number}", f"period:{event.period}")),
    CountedReportPublished: lambda event, _: iter((f"counted:{event.number}",)),
    DutyBreached: lambda event, _: iter((f"period:{event.period}",)),
    DutyPeriodEnded: lambda event, _: iter((f"period:{event.period}",)),
    DutyCorrected: lambda event, _: iter((f"verdict:{event.period}", f"counted:{event.number}")),
    ReceivedReportConsidered: lambda event, _: iter((f"received:{event.report}",)),
    ReviewRoundCompleted: lambda event, _: iter((f"round:{event.round}",)),
    ReviewRoundEnded: lambda event, _: iter((f"round:{event.round}",)),
}

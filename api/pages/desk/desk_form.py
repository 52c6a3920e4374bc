"""What the forms of people with an account have besides: an address, and a seat."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar

from pydantic import BaseModel

from api.commands.asking import action_of
from api.pages.desk.beginning import BeginningSitting, seat_at_beginning
from api.pages.desk.coming import Coming
from api.pages.desk.coordinating import MonitoringSitting, seat_at_monitoring
from api.pages.desk.office import HOME, OfficeSitting, seat_in_office
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import CommandForm, Form
from api.pages.site.stopping import StopKind, Stopped
from models.commands.command import Command
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refused

ABOUT: Final = "{about}"
A = TypeVar("A", bound=BaseModel)
S = TypeVar("S", bound=Sitting)
Seats = Callable[[Coming, tuple[Action, ...]], Awaitable[Sitting]]


@dataclass(frozen=True)
class Seat:
    """Where the writer of a form sits. Taking it raises Failed, Stopped: it is not the writer's place."""

    take: Seats


class StaffForm(Form[A, S]):
    """`path` follows `under`; its parameter `about` names what the form is about."""

    under: ClassVar[str]
    path: ClassVar[str]
    seat: ClassVar[Seat]
    confirms: ClassVar[bool] = True  # by a page of its own; else another one says that it was done

    @property
    @abstractmethod
    def actions(self) -> tuple[Action, ...]:
        """It is open to whoever may do one of these; what is sent by it is the first."""


class DeskForm(CommandForm[A, S], StaffForm[A, S]):
    """A form for one command."""

    afterwards: ClassVar[tuple[Action, ...]] = ()  # what who gave it may do instead, where it is given once

    @property
    def actions(self) -> tuple[Action, ...]:
        return (action_of(self.command), *self.afterwards)


class OfficeForm(DeskForm[A, OfficeSitting]):
    """A form of the authorized body's desk."""

    under = HOME
    seat = Seat(seat_in_office)
    confirms = False
    closing = frozenset({"consolidation_ended"})


class BeginningForm(DeskForm[A, BeginningSitting]):
    """A form by which a monitoring begins."""

    under = "/staff/monitorings"
    seat = Seat(seat_at_beginning)
    confirms = False


class OfMonitoring(StaffForm[A, S]):
    """A form about a monitoring."""

    under = "/staff/monitorings/{number}"
    seat = Seat(seat_at_monitoring)
    closing = frozenset({"monitoring_ended"})


class MonitoringForm(OfMonitoring[A, MonitoringSitting], DeskForm[A, MonitoringSitting]):
    """A coordinator's form for a command of a monitoring: about the whole of it, or about one thing in it.

    The path of the latter begins with what the things are and names one: `letters/{about}/resending`.
    """

    def anything(self, sitting: MonitoringSitting) -> Command | None:
        """A command with nothing chosen yet: what it is refused for by `closing`, no choice would help.
        None where `any_answer` asks that."""
        return None

    async def possible(self, sitting: MonitoringSitting) -> None:
        """With nothing chosen yet: what no choice would help is said at once. Raises Refused."""
        command = self.anything(sitting)
        if command is None:
            return
        try:
            sitting.to.ask(command, sitting.now)
        except Refused as refused:
            if any(each.code in self.closing for each in refused.refusals):
                raise

    def offered(self, state: MonitoringState) -> bool:
        """Whether the monitoring's page leads to it. What may be done, the rules say when it is opened."""
        return not state.ended

    def things(self, state: MonitoringState) -> Iterable[Id]:
        """All that a form about one thing may be opened for; anything else is not found."""
        return self.abouts(state)

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        """Those of the things whose page leads to it."""
        return ()

    async def leads(self, sitting: MonitoringSitting) -> None:
        if ABOUT in self.path and sitting.about not in self.things(sitting.state):
            raise Stopped(StopKind.NOT_FOUND)


AnyDeskForm = StaffForm[Any, Any]
AnyMonitoringForm = MonitoringForm[Any]

"""What the forms of people with an account have besides: an address."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final, TypeVar

from pydantic import BaseModel

from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.office import HOME, OfficeSitting
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Form
from api.pages.site.stopping import StopKind, Stopped
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id

ABOUT: Final = "{about}"
A = TypeVar("A", bound=BaseModel)
S = TypeVar("S", bound=Sitting)


class DeskForm(Form[A, S]):
    """`path` follows `under`; its parameter `about` names what the form is about."""

    under: ClassVar[str]
    path: ClassVar[str]
    confirms: ClassVar[bool] = True  # by a page of its own; else another one says that it was done
    afterwards: ClassVar[tuple[Action, ...]] = ()  # what who gave it may do instead, where it is given once


class OfficeForm(DeskForm[A, OfficeSitting]):
    """A form of the authorized body's desk."""

    under = HOME
    confirms = False
    closing = frozenset({"consolidation_ended"})


class MonitoringForm(DeskForm[A, MonitoringSitting]):
    """A coordinator's form for a command of a monitoring: about the whole of it, or about one thing in it.

    The path of the latter begins with what the things are and names one: `letters/{about}/resending`.
    """

    under = "/staff/monitorings/{number}"
    closing = frozenset({"monitoring_ended"})

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


AnyDeskForm = DeskForm[Any, Any]
AnyMonitoringForm = MonitoringForm[Any]

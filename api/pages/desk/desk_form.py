"""What the forms of people with an account have besides: an address."""

from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel

from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.office import HOME, OfficeSitting
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Form
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id

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
    """A coordinator's form for a command of a monitoring."""

    under = "/staff/monitorings/{number}"
    closing = frozenset({"monitoring_ended"})

    def offered(self, state: MonitoringState) -> bool:
        """Whether the monitoring's page leads to it. What may be done, the rules say when it is opened."""
        return not state.ended

    def offered_about(self, state: MonitoringState, about: Id) -> bool:
        """Where `path` names what it is about: whether the line of this one leads to it."""
        return True


AnyDeskForm = DeskForm[Any, Any]

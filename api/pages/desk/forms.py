"""The forms for people with an account. A form in the list has its pages: nothing else names it."""

from collections.abc import Iterator
from typing import Final

from api.commands.asking import action_of
from api.pages.desk.cancelling import CancelForm
from api.pages.desk.desk_form import AnyDeskForm, MonitoringForm
from api.pages.desk.judging import JudgeForm
from api.pages.desk.marking import CompleteForm, ConsiderForm
from api.pages.desk.paper import PaperForm
from api.pages.desk.taking_over import TakeOverForm
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.base import Model

FORMS: Final[tuple[AnyDeskForm, ...]] = (
    PaperForm(),
    ConsiderForm(),
    CompleteForm(),
    CancelForm(),
    JudgeForm(),
    TakeOverForm(),
)


class Way(Model):
    """A form that leads on from a monitoring, by its key and its address."""

    key: str
    address: str


def ways_on(state: MonitoringState, may: frozenset[Action]) -> Iterator[Way]:
    """The forms about a monitoring as a whole, for whoever may do this much."""
    for form in FORMS:
        if isinstance(form, MonitoringForm) and action_of(form.command) in may and form.offered(state):
            address = f"{form.under}/{form.path}".replace("{number}", state.number)
            if "{" not in address:
                yield Way(key=form.key, address=address)

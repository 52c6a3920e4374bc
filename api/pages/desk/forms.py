"""The forms for people with an account. A form in the list has its pages: nothing else names it."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from api.pages.desk.cancelling import CancelForm
from api.pages.desk.conflicts import DeclareConflictForm, LiftConflictForm
from api.pages.desk.desk_form import ABOUT, AnyDeskForm, AnyMonitoringForm, MonitoringForm
from api.pages.desk.editing.forms import EDITORS
from api.pages.desk.handing import ReassignForm
from api.pages.desk.judging import JudgeForm
from api.pages.desk.leading.leading_forms import LEADING
from api.pages.desk.marking import CompleteForm, ConsiderForm
from api.pages.desk.paper import PaperForm
from api.pages.desk.preparing.forms import PREPARING
from api.pages.desk.preparing.starting import StartForm
from api.pages.desk.taking_over import TakeOverForm
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

FORMS: Final[tuple[AnyDeskForm, ...]] = (
    StartForm(),
    PaperForm(),
    ConsiderForm(),
    CompleteForm(),
    CancelForm(),
    TakeOverForm(),
    ReassignForm(),
    DeclareConflictForm(),
    LiftConflictForm(),
    *LEADING,
    JudgeForm(),
    *PREPARING,
    *EDITORS,
)


class Way(Model):
    """A form that leads on from a monitoring, by its key and its address; `of` is what it is about."""

    key: str
    address: str
    of: str = ""  # letters, deadlines, …: as the address begins; nothing where it is about the whole
    about: str = ""  # which of them


def ways_on(state: MonitoringState, may: frozenset[Action]) -> Iterator[Way]:
    """The forms about a monitoring as a whole, for whoever may do this much."""
    for form in _of_monitorings(may):
        if ABOUT not in form.path and form.offered(state):
            yield Way(key=form.key, address=_address(form, state))


def ways_about(state: MonitoringState, may: frozenset[Action], about: Id, of: str = "") -> Iterator[Way]:
    """The forms about one thing in a monitoring, for whoever may do this much.

    Where things of two kinds can have one name, `of` says which kind is meant: `letters`, `deadlines`, ….
    """
    for form in _of_monitorings(may):
        kind = form.path.partition("/")[0]
        if ABOUT in form.path and of in {"", kind} and about in form.abouts(state):
            address = _address(form, state).replace(ABOUT, quote(about, safe=":"))
            yield Way(key=form.key, address=address, of=kind, about=about)


def _of_monitorings(may: frozenset[Action]) -> Iterator[AnyMonitoringForm]:
    for form in FORMS:
        if isinstance(form, MonitoringForm) and form.actions[0] in may:
            yield form


def _address(form: AnyMonitoringForm, state: MonitoringState) -> str:
    return f"{form.under}/{form.path}".replace("{number}", state.number)

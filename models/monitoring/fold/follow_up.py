"""What becomes of accepted items (beyond the Rules)."""

from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import ItemAnswer
from models.events import Entry, ImplementationJudged, ImplementationPlanned, ImplementationReported
from models.monitoring.fold.letters import letters_withdrawn
from models.monitoring.fold.registry import folds
from models.monitoring.follow_up import plans_as
from models.monitoring.state import ItemState, JudgedImplementation, MonitoringState, ReportedImplementation
from models.proceeding.fold import met, with_deadline, withdrawn
from models.proceeding.registry import changed
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id


@folds(ImplementationPlanned)
def implementation_planned(state: MonitoringState, event: ImplementationPlanned, _: Entry) -> MonitoringState:
    return with_deadline(state, event.deadline)


@folds(ImplementationReported)
def implementation_reported(
    state: MonitoringState, event: ImplementationReported, entry: Entry
) -> MonitoringState:
    """A report is what the addressee was waited for: its deadlines are met, whatever it says."""
    today = state.calendar.local_date(entry.at)
    for said in event.items:
        reported = ReportedImplementation(on=today, claim=said.claim, done_on=said.done_on, words=event.words)
        item = state.items[said.item].model_copy(update={"reported": reported})
        state = met(_with_item(state, item), _deadline_of(said.item), entry)
    return state


@folds(ImplementationJudged)
def implementation_judged(
    state: MonitoringState, event: ImplementationJudged, entry: Entry
) -> MonitoringState:
    """The last word, or a new day: then the addressee is waited for anew."""
    final = event.deadline is None
    judged = JudgedImplementation(on=event.judged_on, verdict=event.verdict, reason=event.reason, final=final)
    known = state.items[event.item]
    reported = known.reported if final else None
    state = _with_item(state, known.model_copy(update={"judged": judged, "reported": reported}))
    if event.deadline is not None:
        return with_deadline(state, event.deadline)
    return withdrawn(state, _deadline_of(event.item), entry)


def follow_up_superseded(state: MonitoringState, entry: Entry, kept: tuple[Id, ...]) -> MonitoringState:
    """A12: a corrected report asks anew, so nobody is asked any more about what it changed.

    What was answered on the items it `kept` stands, and so does what was planned.
    """
    for item in state.items.values():
        if item.id not in kept:
            state = withdrawn(state, _deadline_of(item.id), entry)
    still_asked = {state.items[item].addressee for item in kept}
    for addressee in state.addressees:
        if addressee not in still_asked:
            state = letters_withdrawn(state, addressee, Purpose.REPORT_IMPLEMENTATION)
    return state


def replanned(state: MonitoringState, answers: tuple[ItemAnswer, ...], entry: Entry) -> MonitoringState:
    """An amended reply plans some items otherwise: what was planned before is not waited for."""
    for answer in answers:
        item = state.items[answer.item]
        if not plans_as(item, answer) and item.reported is None:
            state = withdrawn(state, _deadline_of(item.id), entry)
    return state


def _deadline_of(item: Id) -> Id:
    return deadline_id(DeadlineSubject.IMPLEMENTATION, item)


def _with_item(state: MonitoringState, item: ItemState) -> MonitoringState:
    return changed(state, items={**state.items, item.id: item})

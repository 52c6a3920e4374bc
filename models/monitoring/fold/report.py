"""Versions of the report, its approval, publication and correction (rules 15, 16, 19; A12)."""

from collections.abc import Mapping

from models.agenda.deadline import DeadlineSubject, deadline_id
from models.events import (
    CorrectionBegun,
    CorrectionGivenUp,
    Entry,
    ReportApproved,
    ReportConsidered,
    ReportPublished,
    ReportRendered,
    ReportReturned,
    ReportSubmitted,
)
from models.monitoring.fold.follow_up import follow_up_superseded
from models.monitoring.fold.letters import letters_withdrawn
from models.monitoring.fold.registry import folds
from models.monitoring.state import ItemState, MonitoringState, Publication, Version
from models.proceeding.fold import met, withdrawn
from models.proceeding.registry import changed
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Stage


@folds(ReportSubmitted)
def report_submitted(state: MonitoringState, event: ReportSubmitted, entry: Entry) -> MonitoringState:
    version = Version(
        number=event.version,
        content=event.content,
        author=entry.actor.account,
        person=event.person,
        disclosures=event.disclosures,
    )
    return changed(state, versions=(*state.versions, version))


@folds(ReportRendered)
def report_rendered(state: MonitoringState, event: ReportRendered, _: Entry) -> MonitoringState:
    return _version_now(state, event.version, {"documents": event.documents})


@folds(ReportReturned)
def report_returned(state: MonitoringState, event: ReportReturned, _: Entry) -> MonitoringState:
    return _version_now(state, event.version, {"returned": event.reason})


@folds(ReportApproved)
def report_approved(state: MonitoringState, event: ReportApproved, entry: Entry) -> MonitoringState:
    """The approved version's items are the ones addressees answer; a correction asks anew what it changed."""
    approval = {"approved_on": event.approved_on, "approved_by": entry.actor.account}
    former = state.current
    state = _version_now(state, event.version, approval)
    version = state.versions[event.version - 1]
    items = {
        fact.id: _kept(state.items[fact.id], former)
        if fact.id in event.kept
        else ItemState(id=fact.id, kind=fact.kind, addressee=fact.addressee, due_on=fact.due_on)
        for fact in version.content.facts.items
    }
    state = follow_up_superseded(_conduct_over(state, entry), entry, event.kept)
    return changed(
        state,
        stage=Stage.APPROVED,
        items=items,
        correcting=False,
        content=version.content,
        considered_on=None,  # rule 18 speaks of the report as it now stands
    )


@folds(ReportPublished)
def report_published(state: MonitoringState, event: ReportPublished, _: Entry) -> MonitoringState:
    publication = Publication(
        version=event.version,
        published_on=event.published_on,
        address=event.address,
        elsewhere=event.elsewhere,
    )
    return changed(state, publications=(*state.publications, publication))


@folds(ReportConsidered)
def report_considered(state: MonitoringState, event: ReportConsidered, entry: Entry) -> MonitoringState:
    """Whoever considered it has it: the authorized body is not asked whether it came."""
    state = met(state, deadline_id(DeadlineSubject.RECEIPT, state.authorized_body), entry)
    return changed(state, considered_on=event.considered_on)


@folds(CorrectionBegun)
def correction_begun(state: MonitoringState, _: CorrectionBegun, entry: Entry) -> MonitoringState:
    """A12. A closed monitoring is open again: its follow-up begins anew when it is closed the next time."""
    if state.stage is not Stage.CLOSED:
        return changed(state, correcting=True)
    state = withdrawn(state, deadline_id(DeadlineSubject.FOLLOW_UP, state.number), entry)
    return changed(state, correcting=True, stage=Stage.DISPATCHED, closed_on=None)


@folds(CorrectionGivenUp)
def correction_given_up(state: MonitoringState, _: CorrectionGivenUp, __: Entry) -> MonitoringState:
    """A12. One that was closed before is open until it is closed again."""
    return changed(state, correcting=False)


def _kept(item: ItemState, former: Version | None) -> ItemState:
    """As it stands, and for which version it was answered."""
    assert former is not None, "what stands was answered for a version before"
    return item.model_copy(update={"answered_for": item.answered_for or former.number})


def _conduct_over(state: MonitoringState, entry: Entry) -> MonitoringState:
    """With the approval nobody is asked for information or consent any more."""
    members = state.working_group.members.values() if state.working_group else ()
    for member in members:
        state = withdrawn(state, deadline_id(DeadlineSubject.INVITATION, member.id), entry)
        state = letters_withdrawn(state, member.id, Purpose.ANSWER_INVITATION)
    for request in state.requests.values():
        state = withdrawn(state, request.deadline, entry)
        state = letters_withdrawn(state, request.id, Purpose.ANSWER_INFORMATION_REQUEST)
    return state


def _version_now(state: MonitoringState, number: int, fields: Mapping[str, object]) -> MonitoringState:
    versions = tuple(
        version.model_copy(update=fields) if version.number == number else version
        for version in state.versions
    )
    return changed(state, versions=versions)

"""The analytical report: submitted, returned, approved, corrected (rules 15 and 16, A10, A12)."""

from datetime import date

from models.commands import ApproveReport, BeginCorrection, GiveUpCorrection, ReturnReport, SubmitReport
from models.events import (
    AddresseeOmitted,
    CorrectionBegun,
    CorrectionGivenUp,
    Event,
    ReportApproved,
    ReportReturned,
    ReportSubmitted,
)
from models.monitoring.items import items_kept
from models.monitoring.rules.disclosures import refuse_unseen_disclosures
from models.monitoring.rules.dispatch import redispatched
from models.monitoring.rules.registry import decides
from models.monitoring.rules.report_form import report_shortcomings
from models.monitoring.rules.start import special_objects
from models.monitoring.state import MonitoringState, Version
from models.vocabulary.procedure import Ground, Id, OrganisationKind, Stage
from models.vocabulary.refusal import refuse, refuse_all, refuse_if


@decides(SubmitReport)
def submit_report(state: MonitoringState, command: SubmitReport, today: date) -> tuple[ReportSubmitted, ...]:
    """A version goes to the head, frozen. Only a report that fulfils the Rules can be submitted."""
    drafting = state.stage is Stage.DRAFTING or state.correcting
    refuse_if(not drafting, "not_drafting", "15", stage=state.stage.value)
    refuse_if(state.submitted is not None, "version_awaits_approval", "15")
    refuse_all(report_shortcomings(state, command.content.facts, today))
    number = len(state.versions) + 1
    return (
        ReportSubmitted(
            version=number,
            content=command.content,
            person=command.person,
            disclosures=command.disclosures,
        ),
    )


@decides(ReturnReport)
def return_report(state: MonitoringState, command: ReturnReport, today: date) -> tuple[ReportReturned, ...]:
    version = _submitted(state, command.version)
    told = command.tells_coordinator
    return (ReportReturned(version=version.number, reason=command.reason, coordinator_told=told),)


@decides(ApproveReport)
def approve_report(state: MonitoringState, command: ApproveReport, today: date) -> tuple[Event, ...]:
    """The head approves what was frozen and rendered, not what was changed since (rule 15, A10)."""
    version = _submitted(state, command.version)
    refuse_if(not version.documents, "documents_not_ready", "15", version=str(version.number))
    himself = state.lead.kind is OrganisationKind.NATURAL_PERSON
    apart = state.edition.switches.approver_is_not_author and not himself
    refuse_if(_by_author(version, command) and apart, "approver_is_author", "A10")
    refuse_all(special_objects(command.special_in_period if state.rule_5_by_period else ()))
    refuse_all(report_shortcomings(state, version.content.facts, today))
    refuse_unseen_disclosures(version, command.disclosures_seen)
    kept = items_kept(state, version)
    approved = ReportApproved(
        version=version.number,
        approved_on=today,
        kept=kept,
        disclosures_seen=version.disclosures > 0 and command.disclosures_seen,
        asked_told=command.tells_asked and state.before_approval,
    )
    return (
        approved,
        *redispatched(
            state,
            version,
            today,
            kept,
            command.special_now,
            once_each=command.once_each,
            terms_stand=command.terms_stand,
        ),
        *_left_out(state, version, command.special_now),
    )


def _by_author(version: Version, command: ApproveReport) -> bool:
    """Four eyes are two people's: whichever accounts they have. Where it is not known whose, by accounts."""
    if version.person is not None and command.person is not None:
        return version.person == command.person
    return version.author is not None and version.author == command.actor.account


def _left_out(state: MonitoringState, version: Version, special: tuple[Id, ...]) -> tuple[Event, ...]:
    """Rule 5: a body that became special since it was sent the report is sent no corrected one."""
    items = version.content.facts.items
    return tuple(
        AddresseeOmitted(
            version=version.number,
            addressee=organisation,
            items=tuple(item.id for item in items if item.addressee == organisation),
            special=True,
        )
        for organisation in special
        if organisation in state.addressees
        and state.addressees[organisation].ground is not Ground.CONSOLIDATION
    )


@decides(BeginCorrection)
def begin_correction(
    state: MonitoringState, command: BeginCorrection, today: date
) -> tuple[CorrectionBegun, ...]:
    """A12: after approval a report is not edited; a new version corrects it and goes to the same bodies."""
    refuse_if(not state.after_approval, "nothing_to_correct", "A12", stage=state.stage.value)
    refuse_if(state.correcting, "correction_under_way", "A12")
    return (CorrectionBegun(reason=command.reason),)


@decides(GiveUpCorrection)
def give_up_correction(
    state: MonitoringState, command: GiveUpCorrection, today: date
) -> tuple[CorrectionGivenUp, ...]:
    """A12: begun by mistake or not needed any more; nothing was sent yet, so the report stands as it was."""
    refuse_if(not state.correcting, "no_correction_under_way", "A12")
    refuse_if(state.submitted is not None, "version_awaits_approval", "15")
    return (CorrectionGivenUp(reason=command.reason),)


def _submitted(state: MonitoringState, number: int) -> Version:
    version = state.submitted
    if version is None:
        _refuse_decided(state, number)
    assert version is not None
    current = str(version.number)
    refuse_if(version.number != number, "another_version_awaits", "15", version=current)
    return version


def _refuse_decided(state: MonitoringState, number: int) -> None:
    """Whoever decides on a version that waits no more is told what was decided of it. Raises Refused."""
    known = next((each for each in state.versions if each.number == number), None)
    said = {"version": str(number)}
    refuse_if(known is not None and known.returned is not None, "version_returned", "15", **said)
    if known is not None and known.approved_on is not None:
        refuse("version_approved", "15", **said, approved=known.approved_on.isoformat())
    refuse("no_version_awaits", "15")

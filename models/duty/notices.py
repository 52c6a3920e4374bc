"""What a monitoring or a paper report tells the duties it may fulfil (rule 13); the order to start one."""

from collections.abc import Iterator
from datetime import date

from models.calendar.working import WorkingCalendar
from models.duty.state import DutyState
from models.events import Briefing, CountedReportPublished, MonitoringCounted, ProceedingReconciled
from models.monitoring.open_work import publication_due
from models.monitoring.state import MonitoringState, Version
from models.report.received import ReceivedReport
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition, YearCountedBy, YearScope
from models.vocabulary.procedure import ConductorKind, Id, Kind, Mark


class DutyNotice(Model):
    """For one duty: a monitoring with an approved report, and its publication once there is one."""

    organisation: Id
    kind: Kind
    counted: MonitoringCounted
    published: CountedReportPublished | None = None

    @property
    def key(self) -> str:
        """The same for the same news."""
        told = "published" if self.published else "counted"
        return f"{self.organisation}/{self.counted.number}/{self.counted.version}/{told}"


class Told(Model):
    """Whether there was a duty to tell."""

    told: bool


class DutyInput(Model):
    """What a run of a duty begins with: a start, or the state of the run before it."""

    mark: Mark
    kind: Kind
    briefing: Briefing | None = None
    calendar: WorkingCalendar | None = None
    state: DutyState | None = None
    reconciled: ProceedingReconciled | None = None  # the state is the journal's: the first thing it notes


def duty_notices(state: MonitoringState) -> tuple[DutyNotice, ...]:
    """One for each body whose duty this monitoring may fulfil: its conductors of rule 13."""
    version = state.current
    if version is None or version.approved_on is None:
        return ()
    day = _counted_on(state, version)
    if day is None:
        return ()
    counted = MonitoringCounted(
        number=state.number,
        version=version.number,
        counted_on=day,
        approved_on=version.approved_on,
        publication_due=publication_due(state),
    )
    published = _published(state, version)
    return tuple(
        DutyNotice(organisation=organisation, kind=state.kind, counted=counted, published=published)
        for organisation in _owing(state, version.approved_on, day)
    )


def paper_notices(report: ReceivedReport, edition: Edition, authorized_body: Id) -> tuple[DutyNotice, ...]:
    """The same for a report registered by hand: it counts where its approval and its date are known.

    Its publication (rule 19) is not followed here: it was not conducted in this system.
    """
    day = _counted_by(edition, report.started_on, report.ended_on, report.approved_on)
    if day is None or report.approved_on is None or not report.of_rule_13:
        return ()
    counted = MonitoringCounted(
        number=report.id,
        version=report.version,
        counted_on=day,
        approved_on=report.approved_on,
        publication_due=False,
    )
    owing = _hearing(edition, (report.conductor,), authorized_body)
    return tuple(DutyNotice(organisation=body, kind=report.kind, counted=counted) for body in owing)


def _owing(state: MonitoringState, approved_on: date, counted_on: date) -> tuple[Id, ...]:
    """Its conductors of rule 13: the lead, and whoever confirmed by its own word that it took part."""
    bodies = (
        body.organisation
        for body in state.conductors
        if body.kind.conductor_kind is not ConductorKind.OTHER_SUBJECT and state.counts_for(body.organisation)
    )
    owing = (each for body in bodies for each in _in_turn(state, body, approved_on, counted_on))
    return _hearing(state.edition, tuple(dict.fromkeys(owing)), state.authorized_body)


def _in_turn(state: MonitoringState, body: Id, approved_on: date, counted_on: date) -> Iterator[Id]:
    """Whose duty it counts for: of the body that had it approved, and of whoever came after that one in the
    year: the duty of that year passed on with what was done for it."""
    at: Id | None = body
    seen: set[Id] = set()
    while at is not None and at not in seen:
        seen.add(at)
        passed = state.successions.get(at)
        if passed is None or passed.since > approved_on:
            yield at
        if passed is None or (passed.since > approved_on and passed.since.year != counted_on.year):
            return
        at = passed.successor or (state.taken_over_by if at == state.lead.organisation else None)


def _hearing(edition: Edition, conductors: tuple[Id, ...], authorized_body: Id) -> tuple[Id, ...]:
    """A3: the conductors that owe, and for the whole system the authorized body by anybody's monitoring."""
    whole = bool(conductors) and edition.switches.year_scope is YearScope.WHOLE_SYSTEM
    return tuple(dict.fromkeys((*conductors, authorized_body) if whole else conductors))


def _counted_on(state: MonitoringState, version: Version) -> date | None:
    facts = version.content.facts
    return _counted_by(state.edition, facts.started_on or state.began_on, facts.ended_on, version.approved_on)


def _counted_by(
    edition: Edition, started_on: date | None, ended_on: date | None, approved_on: date | None
) -> date | None:
    """A3: by the end of conduct unless the edition counts by another date."""
    match edition.switches.year_counted_by:
        case YearCountedBy.START:
            return started_on
        case YearCountedBy.END:
            return ended_on
        case YearCountedBy.APPROVAL:
            return approved_on


def _published(state: MonitoringState, version: Version) -> CountedReportPublished | None:
    for publication in state.publications:
        if publication.version == version.number and not publication.elsewhere:
            return CountedReportPublished(
                number=state.number, version=version.number, published_on=publication.published_on
            )
    return None

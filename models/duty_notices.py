"""What a monitoring tells the duties it may fulfil (rule 13), and the order to start one."""

from datetime import date

from models.base import Model
from models.calendar import WorkingCalendar
from models.duty_state import DutyState
from models.editions import YearCountedBy, YearScope
from models.events import Briefing, CountedReportPublished, MonitoringCounted
from models.procedure import ConductorKind, Id, Kind, Mark
from models.standing import publication_due
from models.state import MonitoringState, Version


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
        return f"{self.organisation}/{self.counted.version}/{told}"


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
        for organisation in _owing(state)
    )


def _owing(state: MonitoringState) -> tuple[Id, ...]:
    bodies = [b for b in state.conductors if b.kind.conductor_kind is not ConductorKind.OTHER_SUBJECT]
    organisations = [body.organisation for body in bodies]
    if bodies and state.edition.switches.year_scope is YearScope.WHOLE_SYSTEM:
        organisations.append(state.authorized_body)  # A3: anybody's monitoring fulfils the system's duty
    return tuple(dict.fromkeys(organisations))


def _counted_on(state: MonitoringState, version: Version) -> date | None:
    """A3: by the end of conduct unless the edition counts by another date."""
    facts = version.content.facts
    match state.edition.switches.year_counted_by:
        case YearCountedBy.START:
            return facts.started_on or state.began_on
        case YearCountedBy.END:
            return facts.ended_on
        case YearCountedBy.APPROVAL:
            return version.approved_on


def _published(state: MonitoringState, version: Version) -> CountedReportPublished | None:
    for publication in state.publications:
        if publication.version == version.number:
            return CountedReportPublished(
                number=state.number, version=version.number, published_on=publication.published_on
            )
    return None

"""What a link can still be used for, given how its monitoring stands."""

from sqlmodel import col, select

from api.pages.links.matter import Matter
from api.pages.links.opened import said
from api.pages.site.stopping import StopKind, Stopped
from models.events import MonitoringCancelled
from models.letters.purposes import LINKS, LinkSubject
from models.monitoring.rules.actors import link_superseded, still_asks
from models.monitoring.state import Member
from models.tables.journal import EntryRow
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Consent, Stage, monitoring_workflow_id


def member_of(matter: Matter) -> Member | None:
    """The member a link about the working group is for."""
    group = matter.state.working_group
    return group.members.get(matter.letter.subject) if group else None


async def stop_of(matter: Matter) -> Stopped | None:
    """Why the link leads nowhere any more, whatever was answered before."""
    if matter.purpose is Purpose.READ_AS_MEMBER:
        return await _stop_of_member(matter)
    if matter.state.stage is Stage.CANCELLED:
        return None  # that is said of what was not answered; an answer given before stays to be read
    if _of_former_report(matter):
        return matter.stop(StopKind.SUPERSEDED)
    if link_superseded(matter.state, matter.letter.id):
        member = member_of(matter)
        replaced = member is not None and member.consent is Consent.REPLACED
        of_version = LINKS[matter.purpose].subject is LinkSubject.ADDRESSEE
        newer = of_version or replaced
        return matter.stop(StopKind.SUPERSEDED if newer else StopKind.WITHDRAWN)
    return None


def _of_former_report(matter: Matter) -> bool:
    """A corrected report asks anew as soon as it is approved: nobody reports on what it changed (A12)."""
    current = matter.state.current
    ends = LINKS[matter.purpose].until_correction and not still_asks(matter.state, matter.letter)
    return ends and current is not None and matter.letter.version != current.number


async def stop_of_asking(matter: Matter) -> Stopped | None:
    """Why nothing can be answered now, where nothing was answered before."""
    if matter.state.stage is Stage.CANCELLED:
        return matter.stop(StopKind.CANCELLED, await _reason_of_cancelling(matter))
    member = member_of(matter)
    if matter.purpose is Purpose.ANSWER_INVITATION and member and member.consent is Consent.WITHDRAWN:
        return matter.stop(StopKind.WITHDRAWN)
    of_conduct = LINKS[matter.purpose].until_approval or _conducts_not(matter)
    if matter.state.ended or (of_conduct and not matter.state.before_approval):
        return matter.stop(StopKind.ENDED)
    return None


def _conducts_not(matter: Matter) -> bool:
    """A body that was named and does not conduct: a report that is approved without it is not its own."""
    named = matter.state.co_conductors.get(matter.letter.subject)
    return matter.purpose is Purpose.CONFIRM_CONDUCT and named is not None and not named.conducts


async def _stop_of_member(matter: Matter) -> Stopped | None:
    member = member_of(matter)
    if member is None or not member.effective:
        return matter.stop(StopKind.NOT_MEMBER)
    if matter.state.stage is Stage.CANCELLED:
        return matter.stop(StopKind.CANCELLED, await _reason_of_cancelling(matter))
    return matter.stop(StopKind.ENDED) if matter.state.ended else None


async def _reason_of_cancelling(matter: Matter) -> str:
    kind = MonitoringCancelled.model_fields["type"].default
    lines = select(EntryRow).where(
        EntryRow.workflow_id == monitoring_workflow_id(matter.number), EntryRow.type == kind
    )
    row = (await matter.session.exec(lines.order_by(col(EntryRow.seq).desc()).limit(1))).first()
    return await said(matter.lookup, MonitoringCancelled.model_validate(row.event).reason) if row else ""

"""Why something was done, as whoever did it wrote it."""

from typing import Final

from activities.letters.about import About
from activities.registries.lookup import Lookup
from models.events import (
    CoConductorWithdrawn,
    ConflictDeclared,
    ConflictLifted,
    DeadlineExtended,
    DeadlinePaused,
    ExtensionRefused,
    FollowUpEnded,
    ImplementationJudged,
    InformationRequestWithdrawn,
    MonitoringCancelled,
    MonitoringReassigned,
    ReplyTermExtended,
    ReportReturned,
    WithdrawnFromCouncil,
)
from models.vocabulary.procedure import monitoring_workflow_id

_REASONED: Final = (
    CoConductorWithdrawn,
    ConflictDeclared,
    ConflictLifted,
    DeadlineExtended,
    DeadlinePaused,
    ExtensionRefused,
    FollowUpEnded,
    ImplementationJudged,
    InformationRequestWithdrawn,
    MonitoringCancelled,
    MonitoringReassigned,
    ReplyTermExtended,
    ReportReturned,
    WithdrawnFromCouncil,
)


async def reason_said(about: About, lookup: Lookup) -> str | None:
    """Of what caused the letter; where that has none, of the correction that a report is sent again for."""
    event = about.cause.event
    if isinstance(event, _REASONED):
        return await lookup.note(event.reason) if event.reason else None
    correction = await lookup.correction_before(monitoring_workflow_id(about.state.number), about.cause.seq)
    return await lookup.note(correction.reason) if correction else None

"""The authorized body's inbox as data: which reports it has received (rules 17, 20), in which version.

Derived from the monitorings' projections. Whoever reads the inbox asks `received_reports` and nothing else.
"""

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.procedure import AFTER_APPROVAL
from models.received import ReceivedReport, Way
from models.standing import DELIVERED, REPORT_LETTERS
from models.state import MonitoringState, Version
from models.tables import MonitoringRow


async def received_reports(session: AsyncSession) -> tuple[ReceivedReport, ...]:
    """All reports that have reached the authorized body, by their numbers."""
    rows = await session.exec(
        select(MonitoringRow.state)
        .where(col(MonitoringRow.stage).in_([stage.value for stage in AFTER_APPROVAL]))
        .order_by(col(MonitoringRow.number))
    )
    states = (MonitoringState.model_validate(state) for state in rows)
    return tuple(report for state in states if (report := received_of(state)) is not None)


def received_of(state: MonitoringState) -> ReceivedReport | None:
    """What the authorized body has of a monitoring's report: the last approved version that reached it."""
    if state.conducted_by(state.authorized_body):
        version = state.current
        received_on = version.approved_on if version else None
        return _report(state, Way.OWN, version, received_on)
    addressee = state.addressees.get(state.authorized_body)
    return _report(state, Way.SENT, _delivered(state), addressee.dispatched_on if addressee else None)


def _delivered(state: MonitoringState) -> Version | None:
    """The newest version that was delivered: a correction that is still on its way replaces nothing."""
    numbers = {
        letter.version
        for letter in state.letters.values()
        if letter.recipient == state.authorized_body
        and letter.kind in REPORT_LETTERS
        and letter.status in DELIVERED
    }
    approved = (version for version in reversed(state.versions) if version.approved_on)
    return next((version for version in approved if version.number in numbers), None)


def _report(
    state: MonitoringState, way: Way, version: Version | None, received_on: date | None
) -> ReceivedReport | None:
    if version is None or received_on is None:
        return None
    return ReceivedReport(
        id=state.number,
        way=way,
        conductor=state.lead.organisation,
        kind=state.kind,
        version=version.number,
        content=version.content.sha256,
        ended_on=version.content.facts.ended_on,
        received_on=received_on,
    )

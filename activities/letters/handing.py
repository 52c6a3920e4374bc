"""Who coordinates a monitoring that was handed over, and who did, by the names of their people."""

from activities.letters.about import About
from activities.registries.lookup import Lookup
from models.events import MonitoringReassigned


async def coordinator_said(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    return await lookup.account(event.to) if isinstance(event, MonitoringReassigned) else None


async def former_coordinator_said(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    former = event.previous if isinstance(event, MonitoringReassigned) else None
    return await lookup.account(former) if former else None

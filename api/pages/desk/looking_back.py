"""A monitoring before somebody who looks back at a day: as it was, to be read alone."""

from dataclasses import replace

from api.pages.desk.coordinating import MonitoringSitting
from api.pages.staff.looking_back import READING, looked_back


async def as_asked(sitting: MonitoringSitting) -> MonitoringSitting:
    """On the day that the address asks for, by the rights of today. Raises as `looked_back`."""
    stood = await looked_back(sitting.request, sitting.session, sitting.state.workflow_id, sitting.today)
    if stood is None:
        return sitting
    access = sitting.access.model_copy(update={"state": stood.state, "may": sitting.access.may & READING})
    return replace(sitting, access=access, today=stood.on, now=stood.until, stood=stood)

"""What lives as long as the process, and how a route is given it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from activities.database.sessions import Sessions, reads_of
from activities.sign_in.provider import Provider
from api.services.agreements import Agreements
from api.services.disk import DiskWatch
from api.services.limits import Limits
from api.services.temporal import Temporal
from api.services.turns import Turns
from api.services.works import Works
from models.settings.environment import Settings


@dataclass(frozen=True)
class Services:
    """What lives as long as the process."""

    settings: Settings
    sessions: Sessions
    temporal: Temporal
    limits: Limits = field(default_factory=Limits)
    turns: Turns = field(default_factory=Turns)
    disk: DiskWatch = field(default_factory=DiskWatch)
    agreements: Agreements = field(default_factory=Agreements)
    provider: Provider | None = None
    """Whom people may sign in by, where one is set."""

    @cached_property
    def works(self) -> Works:
        """What is made for people who come again for it."""
        return Works(self.sessions, self.turns)

    @cached_property
    def reads(self) -> Sessions:
        """For whoever only reads."""
        return reads_of(self.sessions)


def services(request: Request) -> Services:
    """The services of this application."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


async def services_of_request(request: Request) -> Services:
    """The same for a route."""
    return services(request)


AnyServices = Annotated[Services, Depends(services_of_request)]

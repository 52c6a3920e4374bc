"""One request of somebody at the desk: who it is, and the consolidation as it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.consolidation import ConsolidationAccess, consolidation_access, may_consolidate
from api.access.reads import note_read
from api.http.deps import Now, Session, Today
from api.pages.site import origin
from api.pages.site.routing import readers_language
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from api.pages.staff.session import signed_in
from api.pages.staff.sign_in_first import sign_in_first
from api.services.services import AnyServices, Services
from models.consolidation.state import ConsolidationState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Language

HOME: Final = "/staff/consolidation"
INBOX: Final = f"{HOME}/inbox"


@dataclass(frozen=True)
class Sitting:
    """Whoever sits at the desk, with what every page of it needs."""

    request: Request
    services: Services
    session: AsyncSession
    access: ConsolidationAccess
    language: Language
    today: date
    now: datetime

    @property
    def state(self) -> ConsolidationState:
        return self.access.state

    @property
    def acts(self) -> bool:
        """Whether this reader also acts. Auditors only read."""
        action = Action.CONSIDER_RECEIVED_REPORT
        return may_consolidate(self.access.caller, action, self.state.organisation) and not self.state.ended


async def staff(request: Request, services: AnyServices, session: Session, now: Now) -> Caller:
    """Whoever is signed in. Raises Elsewhere (to sign in)."""
    holder = await signed_in(request, services.settings, session, now)
    if holder is None:
        raise Elsewhere(sign_in_first(request))
    return holder.caller


class DeskPolicy:
    """For pages that are read: with the same rights as in the API (`ConsolidationPolicy`)."""

    def __init__(self, action: Action) -> None:
        self.actions = (action,)

    async def __call__(
        self, request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> Sitting:
        """Raises Elsewhere (to sign in), Failed (403), Stopped (404) before the consolidation has begun."""
        caller = await staff(request, services, session, now)
        return await self._seated(request, services, session, caller, today, now)

    async def _seated(
        self,
        request: Request,
        services: Services,
        session: AsyncSession,
        caller: Caller,
        today: date,
        now: datetime,
    ) -> Sitting:
        access = await consolidation_access(session, caller, self.actions[0], today)
        if access is None:
            raise Stopped(StopKind.NOT_FOUND)
        note_read(session, request, caller, access.state.mark, now)
        language = readers_language(request)
        return Sitting(request, services, session, access, language, today, now)


class DeskFormPolicy(DeskPolicy):
    """For forms that are sent: from a page of this site, at a human pace."""

    async def __call__(  # type: ignore[override]
        self, request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> Sitting | None:
        """None for whoever is signed out by now: what was typed is not to be lost. Raises as DeskPolicy."""
        origin.check_origin(request, services.settings)
        holder = await signed_in(request, services.settings, session, now)
        if holder is None:
            return None
        origin.PACE.check(f"staff/{holder.caller.account}")
        return await self._seated(request, services, session, holder.caller, today, now)

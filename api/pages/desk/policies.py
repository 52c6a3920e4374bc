"""Who may open a page of the desk, or send one of its forms: whoever may do the same by the API."""

from datetime import date, datetime

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.reads import note_read
from api.http.deps import Now, Session, Today
from api.pages.desk.coordinating import MonitoringSitting, seat_at_monitoring
from api.pages.desk.desk_form import AnyDeskForm
from api.pages.desk.office import OfficeSitting, seat_in_office
from api.pages.desk.sitting import Held, SignedOut, Sitting, held_up, staff
from api.pages.site.origin import check_origin
from api.pages.staff.session import signed_in
from api.services.services import AnyServices, Services
from models.vocabulary.access import Action


class OfficePolicy:
    """For pages of the consolidation that are read."""

    def __init__(self, action: Action) -> None:
        self.actions = (action,)

    async def __call__(
        self, request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> OfficeSitting:
        """Raises Elsewhere (to sign in), Failed (403), Stopped (404) before the consolidation has begun."""
        caller = await staff(request, services, session, now)
        sitting = await seat_in_office(request, services, session, caller, self.actions, today, now)
        note_read(session, request, caller, sitting.to.mark, now)
        return sitting


class MonitoringPagePolicy:
    """For pages of one monitoring that are read: whoever may do one of these by the API."""

    def __init__(self, *actions: Action) -> None:
        self.actions = actions

    async def __call__(
        self, request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> MonitoringSitting:
        """Raises Elsewhere (to sign in), Failed (403, 404), Stopped (404)."""
        caller = await staff(request, services, session, now)
        sitting = await seat_at_monitoring(request, services, session, caller, self.actions, today, now)
        note_read(session, request, caller, sitting.number, now)
        return sitting


class FormPolicy:
    """For a form that is opened: whoever may give its command, before the proceeding it is sent to; or may do
    what only its being given lets one do."""

    def __init__(self, form: AnyDeskForm) -> None:
        self.actions = form.actions
        self._seat = form.seat

    async def __call__(
        self, request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> Sitting:
        """Raises Elsewhere (to sign in), Failed (403, 404), Stopped (404)."""
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
        sitting = await self._seat.take(request, services, session, caller, self.actions, today, now)
        note_read(session, request, caller, sitting.to.mark, now)
        return sitting


class SentFormPolicy(FormPolicy):
    """For a form that is sent: from a page of this site, at a human pace."""

    async def __call__(  # type: ignore[override]
        self, request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> Sitting | Held:
        """Held for whoever is signed out by now, or too fast: what was typed is not to be lost.

        Raises as FormPolicy.
        """
        check_origin(request, services.settings)
        holder = await signed_in(request, services.settings, session, now)
        if holder is None:
            return SignedOut()
        if (held := held_up(services, holder.caller)) is not None:
            return held
        return await self._seated(request, services, session, holder.caller, today, now)

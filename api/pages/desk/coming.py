"""Somebody signed in who comes to a page of the desk, before it is settled what they sit at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, TypedDict

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.http.deps import Now, Session, Today
from api.pages.desk.sitting import Held, SignedOut, held_up, staff
from api.pages.site.origin import check_origin
from api.pages.site.routing import readers_language
from api.pages.staff.menu import Menu, menu_of
from api.pages.staff.session import signed_in
from api.services.services import AnyServices, Services
from models.vocabulary.procedure import Language


class Place(TypedDict):
    """What every sitting has."""

    request: Request
    services: Services
    session: AsyncSession
    caller: Caller
    language: Language
    today: date
    now: datetime
    menu: Menu


@dataclass(frozen=True, kw_only=True)
class Coming:
    """`today` is the local date, `now` is UTC."""

    request: Request
    services: Services
    session: AsyncSession
    caller: Caller
    today: date
    now: datetime

    @property
    def language(self) -> Language:
        return readers_language(self.request)

    async def place(self) -> Place:
        return Place(
            request=self.request,
            services=self.services,
            session=self.session,
            caller=self.caller,
            language=self.language,
            today=self.today,
            now=self.now,
            menu=await menu_of(self.session, self.caller, self.today),
        )


async def who_comes(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Coming:
    """To read. Raises Elsewhere (to sign in)."""
    caller = await staff(request, services, session, now)
    return Coming(request=request, services=services, session=session, caller=caller, today=today, now=now)


async def who_sends(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Coming | Held:
    """To send a form, from a page of this site, at a human pace.

    Held for whoever is signed out by now, or too fast: what was typed is not to be lost.
    Raises Stopped (403) for what another site sent.
    """
    check_origin(request, services.settings)
    caller = await signed_in(request, services.settings, session, now)
    if caller is None:
        return SignedOut()
    if (held := held_up(services, caller)) is not None:
        return held
    return Coming(request=request, services=services, session=session, caller=caller, today=today, now=now)


Comes = Annotated[Coming, Depends(who_comes)]
Sends = Annotated[Coming | Held, Depends(who_sends)]

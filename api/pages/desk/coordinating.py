"""Somebody who conducts a monitoring, at a form for one of its commands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Self

from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import Lookup
from api.access.auth import Caller
from api.access.policy import Access, access_to
from api.commands.addressed import Addressed, monitoring
from api.http.refused_names import names_said
from api.pages.desk.content_names import pieces_named
from api.pages.desk.sitting import Sitting
from api.pages.forms.bench import KnownForm
from api.pages.links.opened import said
from api.pages.site.routing import readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.menu import menu_of
from api.services.services import Services
from models.commands.receipt import Receipt
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Number
from models.vocabulary.refusal import Refusal

_NUMBER: TypeAdapter[Number] = TypeAdapter(Number)


@dataclass(frozen=True, kw_only=True)
class MonitoringSitting(Sitting):
    """Its forms end with a confirmation, and lead back to the monitoring's page."""

    back_words: ClassVar = "page.desk.back_to_monitoring"

    access: Access
    title: str

    @property
    def state(self) -> MonitoringState:
        return self.access.state

    @property
    def number(self) -> Number:
        return self.state.number

    @property
    def to(self) -> Addressed[Receipt]:
        return monitoring(self.state)

    @property
    def home(self) -> str:
        """The address of the monitoring's own page; all of it lies below."""
        return f"/staff/monitorings/{self.number}"

    @property
    def back(self) -> str:
        return f"{self.home}?lang={self.language.value}"

    def around(self, form: KnownForm) -> dict[str, object]:
        return {**super().around(form), "state": self.state, "number": self.number, "title": self.title}

    async def again(self) -> Self:
        """Whatever its reader may still do: a command may end the right that it was given by."""
        may = tuple(self.access.may)
        return replace(self, access=await access_to(self.session, self.number, self.caller, may))

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        """Bodies, as the registry names them today; pieces of the content, as its lists do."""
        pieces = await pieces_named(self.session, self.state, refusals, self.language)
        return {**pieces, **await names_said(self.session, self.today, refusals, self.language)}


async def seat_at_monitoring(
    request: Request,
    services: Services,
    session: AsyncSession,
    caller: Caller,
    actions: tuple[Action, ...],
    today: date,
    now: datetime,
) -> MonitoringSitting:
    """Raises Failed: 404 for whoever may not know that it exists, 403 for whoever may not do this."""
    try:
        number = _NUMBER.validate_python(request.path_params["number"])
    except ValidationError:
        raise Stopped(StopKind.NOT_FOUND) from None
    access = await access_to(session, number, caller, actions)
    language = readers_language(request)
    return MonitoringSitting(
        request=request,
        services=services,
        session=session,
        caller=caller,
        access=access,
        title=await said(Lookup(session, language, today), access.state.title),
        language=language,
        today=today,
        now=now,
        menu=await menu_of(session, caller, today),
    )

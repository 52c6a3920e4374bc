"""Somebody who conducts a monitoring, at a form for one of its commands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import ClassVar, Self, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse
from pydantic import TypeAdapter, ValidationError

from activities.registries.lookup import Lookup
from api.access.policy import Access, access_to
from api.commands.addressed import Addressed, monitoring
from api.history.as_it_was import Stood
from api.http.refused_names import names_said
from api.pages.desk.coming import Coming, Place
from api.pages.desk.content_names import pieces_named
from api.pages.desk.sitting import Sitting
from api.pages.forms.bench import KnownForm
from api.pages.links.opened import said
from api.pages.site.rendering import page
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.on_day import looking, on_day
from models.commands.receipt import Receipt
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Number
from models.vocabulary.refusal import Refusal

_NUMBER: TypeAdapter[Number] = TypeAdapter(Number)
M = TypeVar("M", bound="MonitoringSitting")


@dataclass(frozen=True, kw_only=True)
class MonitoringSitting(Sitting):
    """Its forms end with a confirmation, and lead back to the monitoring's page."""

    back_words: ClassVar = "page.desk.back_to_monitoring"

    access: Access
    title: str
    stood: Stood | None = None  # it is looked at as it was on a day

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
        return f"{self.home}?{self.query}"

    @property
    def query(self) -> str:
        """The language and, of a page as it was, the day: for the pages beside it."""
        return f"lang={self.language.value}{on_day(self.stood)}"

    def around(self, form: KnownForm) -> dict[str, object]:
        return {**super().around(form), "state": self.state, "number": self.number, "title": self.title}

    def shows(self, template: str, below: str = "", **context: object) -> HTMLResponse:
        """A page of this monitoring, at an address below its own."""
        return page(
            template,
            self.language,
            HTTPStatus.OK,
            None,
            here=f"{self.home}{below}",
            home=self.home,
            back=self.back,
            menu=self.menu,
            number=self.number,
            title=self.title,
            **looking(self.stood, f"{self.home}{below}", self.language),
            **context,
        )

    async def again(self) -> Self:
        """Whatever its reader may still do: a command may end the right that it was given by."""
        may = tuple(self.access.may)
        return replace(self, access=await access_to(self.session, self.number, self.caller, may, self.today))

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        """Bodies, as the registry names them today; pieces of the content, as its lists do."""
        pieces = await pieces_named(self.session, self.state, refusals, self.language)
        return {**pieces, **await names_said(self.session, self.today, refusals, self.language)}


async def seat_at_monitoring(coming: Coming, actions: tuple[Action, ...]) -> MonitoringSitting:
    """Raises as `seated`."""
    return await seated(MonitoringSitting, coming, actions)


async def seated(sitting: type[M], coming: Coming, actions: tuple[Action, ...]) -> M:
    """Before the monitoring that the address names, in the way of `sitting`.

    Raises Failed: 404 for whoever may not know that it exists, 403 for whoever may not do this.
    """
    number = number_of(coming.request)
    access = await access_to(coming.session, number, coming.caller, actions, coming.today)
    lookup = Lookup(coming.session, coming.language, coming.today)
    title = await said(lookup, access.state.title)
    place: Place = {**await coming.place(), "caller": access.caller}
    return sitting(access=access, title=title, **place)


def number_of(request: Request) -> Number:
    """The monitoring's number in the address. Raises Stopped (404) where it is none."""
    try:
        return _NUMBER.validate_python(request.path_params["number"])
    except ValidationError:
        raise Stopped(StopKind.NOT_FOUND) from None

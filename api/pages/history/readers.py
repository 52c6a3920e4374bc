"""Who reads a timeline on the pages: whoever is signed in, with the rights of their token in the API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Path, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.consolidation import ConsolidationPolicy
from api.access.duties import DutyPolicy, MarkInPath
from api.access.policy import EVERYTHING, MonitoringPolicy
from api.history.as_it_was import Stood
from api.http.deps import Now, Session, Today
from api.pages.site.stopping import Elsewhere
from api.pages.staff.looking_back import READING, looked_back
from api.pages.staff.session import signed_in
from api.pages.staff.sign_in_first import sign_in_first
from api.services.services import AnyServices, Services
from models.proceeding.state import Proceeding
from models.vocabulary.access import Action
from models.vocabulary.procedure import Number


@dataclass(frozen=True)
class Reader:
    """What is read, whether the reader may prove it (the check, the raw history), and all they may do.

    `stood`: it is read as it was on a day; nothing is proved or done there.
    """

    caller: Caller
    state: Proceeding
    proves: bool
    may: frozenset[Action] = frozenset()
    stood: Stood | None = None


Admit = Callable[..., Awaitable[Reader]]


def reads_monitoring(*, proving: bool) -> Admit:
    """For the pages of one monitoring's timeline."""
    policy = MonitoringPolicy(*((Action.READ_ALL,) if proving else EVERYTHING))

    async def admitted(
        number: Annotated[Number, Path()],
        request: Request,
        services: AnyServices,
        session: Session,
        today: Today,
        now: Now,
    ) -> Reader:
        caller = await _signed_in(request, services, session, now)
        access = await policy(number, request, session, caller, now)
        reader = Reader(caller, access.state, Action.READ_ALL in access.may, access.may)
        return reader if proving else await _as_asked(reader, request, session, today)

    return admitted


def reads_duty(*, proving: bool) -> Admit:
    """For the pages of one duty's timeline."""
    policy = DutyPolicy(Action.READ_ALL if proving else Action.READ_REGISTRIES)

    async def admitted(
        mark: MarkInPath, request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> Reader:
        caller = await _signed_in(request, services, session, now)
        access = await policy(mark, request, session, caller, today, now)
        reader = Reader(caller, access.state, Action.READ_ALL in access.may, access.may)
        return reader if proving else await _as_asked(reader, request, session, today)

    return admitted


def reads_consolidation(*, proving: bool) -> Admit:
    """For the pages of the consolidation's timeline."""
    policy = ConsolidationPolicy(Action.READ_ALL if proving else Action.READ_CONSOLIDATION)

    async def admitted(
        request: Request, services: AnyServices, session: Session, today: Today, now: Now
    ) -> Reader:
        caller = await _signed_in(request, services, session, now)
        access = await policy(request, session, caller, today, now)
        reader = Reader(caller, access.state, Action.READ_ALL in access.may, access.may)
        return reader if proving else await _as_asked(reader, request, session, today)

    return admitted


async def _as_asked(reader: Reader, request: Request, session: AsyncSession, today: date) -> Reader:
    """Raises as `looked_back`."""
    stood = await looked_back(request, session, reader.state.workflow_id, today)
    if stood is None:
        return reader
    return Reader(reader.caller, stood.state, proves=False, may=reader.may & READING, stood=stood)


async def _signed_in(request: Request, services: Services, session: AsyncSession, now: Now) -> Caller:
    """Raises Elsewhere for whoever is not signed in: to sign in, and back."""
    caller = await signed_in(request, services.settings, session, now)
    if caller is None:
        raise Elsewhere(sign_in_first(request))
    return caller

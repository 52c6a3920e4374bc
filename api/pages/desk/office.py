"""Somebody at the authorized body's desk: its consolidation as it stands (rules 17, 18)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Self
from urllib.parse import urlencode

from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.consolidation import ConsolidationAccess, consolidation_access, may_consolidate
from api.commands.addressed import Addressed, consolidation
from api.commands.idempotency import RequestKey
from api.history.as_it_was import Stood
from api.pages.desk.coming import Coming
from api.pages.desk.sitting import Sitting
from api.pages.forms.bench import KnownForm
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.just_done import done_now
from models.consolidation.notices import ConsolidationReceipt
from models.consolidation.state import ConsolidationState
from models.vocabulary.access import Action

HOME: Final = "/staff/consolidation"
INBOX: Final = f"{HOME}/inbox"
DONE_AT_INBOX: Final = {"paper": "registered", "consider": "considered", "complete": "completed"}
"""What the inbox says after a form, `page.desk.done.<…>`."""


@dataclass(frozen=True, kw_only=True)
class OfficeSitting(Sitting):
    """Its forms lead back to the inbox, which says what was done."""

    back_words: ClassVar = "page.desk.back"

    access: ConsolidationAccess
    stood: Stood | None = None  # it is looked at as it was on a day

    @property
    def state(self) -> ConsolidationState:
        return self.access.state

    @property
    def acts(self) -> bool:
        """Whether this reader also acts. Auditors only read, and so does whoever looks back."""
        action = Action.CONSIDER_RECEIVED_REPORT
        if self.stood is not None:
            return False
        return may_consolidate(self.access.caller, action, self.state.organisation) and not self.state.ended

    @property
    def to(self) -> Addressed[ConsolidationReceipt]:
        return consolidation(self.state)

    @property
    def back(self) -> str:
        return f"{INBOX}?lang={self.language.value}"

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        done = done_now(DONE_AT_INBOX[form.key], self.now)
        asked = {**done, "about": about, "lang": self.language.value}
        return f"{INBOX}?{urlencode(asked)}"

    def around(self, form: KnownForm) -> dict[str, object]:
        return {**super().around(form), "state": self.state}

    async def again(self) -> Self:
        access = await _access(self.session, self.caller, Action.READ_CONSOLIDATION, self.today)
        return replace(self, access=access)


async def seat_in_office(coming: Coming, actions: tuple[Action, ...]) -> OfficeSitting:
    """Raises Failed (403), Stopped (404) before the consolidation has begun."""
    access = await _access(coming.session, coming.caller, actions[0], coming.today)
    return OfficeSitting(access=access, **await coming.place())


async def _access(session: AsyncSession, caller: Caller, action: Action, today: date) -> ConsolidationAccess:
    access = await consolidation_access(session, caller, action, today)
    if access is None:
        raise Stopped(StopKind.NOT_FOUND)
    return access

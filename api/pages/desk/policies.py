"""Who may open a page of the desk, or send one of its forms: whoever may do the same by the API."""

from api.access.reads import note_read
from api.pages.desk.coming import Comes, Coming, Sends
from api.pages.desk.coordinating import MonitoringSitting, seat_at_monitoring
from api.pages.desk.desk_form import AnyDeskForm
from api.pages.desk.looking_back import as_asked
from api.pages.desk.office import OfficeSitting, seat_in_office
from api.pages.desk.sitting import Held, Sitting
from models.vocabulary.access import Action


class OfficePolicy:
    """For pages of the consolidation that are read."""

    def __init__(self, action: Action) -> None:
        self.actions = (action,)

    async def __call__(self, coming: Comes) -> OfficeSitting:
        """Raises Elsewhere (to sign in), Failed (403), Stopped (404) before the consolidation has begun."""
        sitting = await seat_in_office(coming, self.actions)
        noted(coming, sitting)
        return sitting


class MonitoringPagePolicy:
    """For pages of one monitoring that are read: whoever may do one of these by the API.

    One that `looks_back` can be read as it was on a day.
    """

    def __init__(self, *actions: Action, looks_back: bool = False) -> None:
        self.actions, self._looks_back = actions, looks_back

    async def __call__(self, coming: Comes) -> MonitoringSitting:
        """Raises Elsewhere (to sign in), Failed (403, 404), Stopped (404, and as `looked_back`)."""
        sitting = await seat_at_monitoring(coming, self.actions)
        noted(coming, sitting)
        return await as_asked(sitting) if self._looks_back else sitting


class FormPolicy:
    """For a form that is opened: whoever may give its command, before the proceeding it is sent to; or may do
    what only its being given lets one do."""

    def __init__(self, form: AnyDeskForm) -> None:
        self.actions = form.actions
        self._seat = form.seat

    async def __call__(self, coming: Comes) -> Sitting:
        """Raises Elsewhere (to sign in), Failed (403, 404), Stopped (404)."""
        return await self._seated(coming)

    async def _seated(self, coming: Coming) -> Sitting:
        sitting = await self._seat.take(coming, self.actions)
        noted(coming, sitting)
        return sitting


class SentFormPolicy(FormPolicy):
    """For a form that is sent."""

    async def __call__(self, coming: Sends) -> Sitting | Held:  # type: ignore[override]
        """Raises as FormPolicy."""
        return await self._seated(coming) if isinstance(coming, Coming) else coming


def noted(coming: Coming, sitting: Sitting) -> None:
    """An auditor's read is written down."""
    note_read(coming.session, coming.request, coming.caller, sitting.to.mark, coming.now)

"""Somebody who ticked several monitorings: there is no one proceeding to sit at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NoReturn, Self
from urllib.parse import urlencode

from api.access.policy import forbidden
from api.commands.idempotency import RequestKey
from api.http.refused_names import names_said
from api.pages.desk.coming import Comes, Coming, Sends
from api.pages.desk.many.chosen import CHOSEN, numbers_in
from api.pages.desk.sitting import DONE, Held, Sitting
from api.pages.forms.bench import Bench, KnownForm
from api.pages.forms.drafts import Begun, Opened
from api.pages.forms.typed import Typed
from api.pages.staff.menu import MONITORINGS
from models.monitoring.rules.handing import COORDINATES
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Number
from models.vocabulary.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class ManySitting(Sitting):
    """Its form says row by row what became of each, and leads back to the list."""

    back_words: ClassVar = "page.desk.many.back"

    @property
    def to(self) -> NoReturn:
        raise AssertionError("each row is sent to a proceeding of its own")

    @property
    def holder(self) -> Id:
        return self.caller.account

    @property
    def back(self) -> str:
        return f"{MONITORINGS}?lang={self.language.value}"

    @property
    def asked_for(self) -> tuple[Number, ...]:
        """What was ticked, as the address has it."""
        return numbers_in(self.request.query_params.getlist(CHOSEN))

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        """`about`: the numbers, by commas."""
        asked = [("of", key.key.partition("/")[0]), *((CHOSEN, each) for each in about.split(","))]
        return f"{self.here}/{DONE}?{urlencode([*asked, ('lang', self.language.value)])}"

    async def opened(self, form: KnownForm, at_first: Typed) -> Opened:
        """What was ticked now; what was ticked another day is not gone on with."""
        return await Bench.opened(self, form, self.keyed(at_first))

    async def begun(self) -> tuple[Begun, ...]:
        return ()

    async def again(self) -> Self:
        return self

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        return await names_said(self.session, self.today, refusals, self.language)


def key_of_row(key: str, number: Number) -> str:
    """The key of one row's command: the same press again is the same command."""
    return f"{key.partition('/')[0]}/{number}"


class ManyPolicy:
    """For a form over several monitorings: whoever may hand one over anywhere."""

    actions = (Action.REASSIGN_MONITORING,)

    async def __call__(self, coming: Comes) -> ManySitting:
        """Raises Elsewhere (to sign in), Failed (403)."""
        return await self._seated(coming)

    async def _seated(self, coming: Coming) -> ManySitting:
        if coming.caller.role not in COORDINATES:
            raise forbidden(coming.caller, self.actions[0])
        return ManySitting(**await coming.place())


class SentManyPolicy(ManyPolicy):
    """For a form that is sent."""

    async def __call__(self, coming: Sends) -> ManySitting | Held:  # type: ignore[override]
        """Raises Failed (403)."""
        return await self._seated(coming) if isinstance(coming, Coming) else coming

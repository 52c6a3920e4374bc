"""Somebody who may start a monitoring: there is none yet to sit at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Self
from urllib.parse import urlencode

from activities.registries.remembered import see
from api.access.policy import forbidden
from api.commands.addressed import Addressed, begun_monitoring
from api.commands.idempotency import RequestKey
from api.content.starts import PLACEHOLDER
from api.http.refused_names import names_said
from api.pages.desk.coming import Coming
from api.pages.desk.sitting import Sitting
from api.pages.forms.bench import KnownForm
from api.pages.staff.just_done import done_now
from models.commands.receipt import Receipt
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.refusal import Refusal

STARTED: Final = "started"


@dataclass(frozen=True, kw_only=True)
class BeginningSitting(Sitting):
    """Its form leads to the monitoring that was started."""

    back_words: ClassVar = "page.desk.back_to_mine"

    @property
    def to(self) -> Addressed[Receipt]:
        return begun_monitoring(PLACEHOLDER)

    @property
    def back(self) -> str:
        return f"/sign-in?lang={self.language.value}"

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        """The monitoring's own page says that it was started."""
        asked = {**done_now(STARTED, self.now), "lang": self.language.value}
        return f"/staff/monitorings/{about}?{urlencode(asked)}"

    async def again(self) -> Self:
        return self

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        return await names_said(self.session, self.today, refusals, self.language)


async def seat_at_beginning(coming: Coming, actions: tuple[Action, ...]) -> BeginningSitting:
    """Raises Failed (403) for whoever starts nothing."""
    if not any(may(coming.caller.role, action, Relation.NONE) for action in actions):
        raise forbidden(coming.caller, actions[0])
    await see(coming.session)
    return BeginningSitting(**await coming.place())

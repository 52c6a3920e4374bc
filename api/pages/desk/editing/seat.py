"""Somebody who writes the content of a monitoring: each form leads back to the list it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from api.commands.idempotency import RequestKey
from api.http.problems import sentence
from api.pages.desk.coming import Coming
from api.pages.desk.content_names import mended_at
from api.pages.desk.coordinating import MonitoringSitting, seated
from api.pages.forms.bench import KnownForm
from api.pages.staff.just_done import done_now
from models.vocabulary.access import Action
from models.vocabulary.refusal import Refusal


@dataclass(frozen=True)
class Told:
    """What a rule says of the report as it stands, and the place to mend it, where there is one."""

    sentence: str
    address: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class EditSitting(MonitoringSitting):
    """`/staff/monitorings/{number}/{list}/…` leads back to the list."""

    back_words: ClassVar = "page.desk.back_to_list"

    @property
    def listed_at(self) -> str:
        return "/".join(self.request.url.path.split("/")[:5])

    @property
    def back(self) -> str:
        return f"{self.listed_at}?lang={self.language.value}"

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        return f"{self.listed_at}?{urlencode({**done_now(form.key, self.now), 'lang': self.language.value})}"

    async def told(self, found: tuple[Refusal, ...]) -> tuple[Told, ...]:
        """What the rules say, in the reader's language, each once."""
        names = await self.named(found)
        return tuple(dict.fromkeys(self._told(each, names) for each in found))

    def _told(self, refusal: Refusal, names: Mapping[str, str]) -> Told:
        said = sentence(self.language, refusal, names)
        below, place = mended_at(refusal, self.language, names) or ("", "")
        return Told(sentence=said, address=f"{self.home}/{below}" if below else "", place=place)


async def seat_at_content(coming: Coming, actions: tuple[Action, ...]) -> EditSitting:
    """Raises as `seated`."""
    return await seated(EditSitting, coming, actions)

"""A coordinator records from paper what somebody said who was asked by a letter: the letter's own forms.

What the recipient is asked behind the letter's link is asked here, and besides which paper says it, of which
day, and who signed it. The record says that it came on paper and who recorded it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Self

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import Lookup
from activities.registries.recipients import resolve
from api.access.policy import EVERYTHING, Access, access_to, actor_of, forbidden
from api.commands.asking import action_of
from api.commands.idempotency import RequestKey
from api.http.refused_names import names_said
from api.pages.desk.coming import Coming
from api.pages.desk.coordinating import number_of
from api.pages.desk.sitting import DONE, Sitting
from api.pages.forms.bench import KnownForm
from api.pages.forms.form import Line
from api.pages.forms.typed import Fault, Reader, Typed
from api.pages.forms.uploads import ATTACHED, File, files_by_id
from api.pages.links.form_names import FormName
from api.pages.links.matter import Matter
from api.pages.links.opened import contact_of, recipient_named, said
from api.pages.site.stopping import StopKind, Stopped
from locales.catalogue import text
from locales.dates import say_date
from models.letters.letter import Letter
from models.letters.purposes import LINKS, LinkSubject
from models.tables.councils import CouncilRow
from models.vocabulary.access import WORDS_OF_OTHERS, Action, Relation
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id, Sha256
from models.vocabulary.refusal import Refusal
from models.vocabulary.texts import says_something

ANSWER: Final = "/staff/monitorings/{number}/letters/{about}/answer"
ACT: Final = "-act"  # the suffix of the field in which the scan of a body's act is chosen
_LETTER: Final = re.compile(r"L[0-9]{1,9}-[0-9]{1,6}")


@dataclass(frozen=True)
class Paper:
    """The paper: under which number, of which local day; the file of it where the record names one."""

    act: str
    dated: date
    scan: File | None = None


@dataclass(frozen=True, kw_only=True)
class PaperSitting(Sitting, Matter):
    """Somebody of the conductor before a letter whose answer came on paper."""

    on_paper: ClassVar[bool] = True
    back_words: ClassVar = "page.desk.from_paper.back"
    fields_of_refusals: ClassVar[Mapping[str, str]] = {
        "paper_before_asked": "paper_dated",
    }

    access: Access
    body: Id | None  # in whose name the paper speaks; a member of a working group speaks for nobody
    paper: Paper | None = None  # once it is typed

    def actor(self) -> Actor:
        paper, body = self.paper, self.body
        behalf = Authority(organisation=body, act=paper.act, dated=paper.dated) if paper and body else None
        return actor_of(self.access.caller, behalf)

    @property
    def asks_scan(self) -> bool:
        """Rule 2: the lead's word for another body rests on that body's act."""
        return self.purpose is Purpose.CONFIRM_CONDUCT

    @property
    def act(self) -> Sha256 | None:
        return self.paper.scan.sha256 if self.paper and self.paper.scan else None

    @property
    def evidence(self) -> str:
        return self._paper_said() if self.paper and self.body is None else ""

    async def reads(self, typed: Typed) -> tuple[Self, tuple[Fault, ...]]:
        reader = Reader(typed)
        act = reader.line("paper_act", "desk_from_paper_act_missing")
        dated = reader.day("paper_dated", "desk_from_paper_dated_missing")
        if dated is not None and dated > self.today:
            reader.fault("paper_dated", "desk_from_paper_dated_in_future")
        files = await files_by_id(self, typed.all(f"{ATTACHED}{ACT}")) if self.asks_scan else ()
        if self.asks_scan and len(files) != 1:
            reader.fault(f"upload{ACT}", "desk_from_paper_scan_missing" if not files else "one_file_only")
        if dated is None or not says_something(act):
            return self, tuple(reader.faults)
        scan = files[0] if files else None
        return replace(self, paper=Paper(act=act, dated=dated, scan=scan)), tuple(reader.faults)

    @property
    def sees_all_files(self) -> bool:
        return True

    # ——— addresses ———
    @property
    def _main(self) -> str:
        return ANSWER.replace("{number}", self.number).replace("{about}", self.letter.id)

    @property
    def query(self) -> str:
        return f"?lang={self.language.value}"

    def address(self, *parts: str, **query: str) -> str:
        words = "".join(f"&{name}={value}" for name, value in query.items())
        return "/".join((self._main, *parts)) + self.query + words

    def address_of(self, form: KnownForm, *parts: str, **query: str) -> str:
        side = () if form.name == FormName.ANSWER else ("form", form.name)
        return self.address(*side, *parts, **query)

    @property
    def back(self) -> str:
        return f"/staff/monitorings/{self.number}/answers{self.query}"

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        return self.address_of(form, DONE, of=key.id)

    def around(self, form: KnownForm) -> dict[str, object]:
        return {
            **super().around(form),
            "matter": self,
            "number": self.number,
            "key": "page.desk.from_paper",
            "title": text(self.language, f"page.{form.key}.title"),
            "main_page": self.address(),
            "beside": self._lines(),
        }

    def _lines(self) -> tuple[Line, ...]:
        """The paper, on the page that is checked."""
        if self.paper is None:
            return ()
        label = text(self.language, "page.desk.from_paper.paper")
        files = (self.paper.scan,) if self.paper.scan else ()
        return (Line(label=label, value=self._paper_said(), field="paper_act", files=files),)

    def _paper_said(self) -> str:
        assert self.paper is not None, "said once it is typed"
        date_said = say_date(self.language, self.paper.dated)
        return text(self.language, "page.answered.paper", act=self.paper.act, date=date_said)

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        """Bodies, too, as the registry names them today."""
        bodies = await names_said(self.session, self.today, refusals, self.language)
        return {**await super().named(refusals), **bodies}

    async def again(self) -> Self:
        access = await access_to(self.session, self.number, self.caller, EVERYTHING, self.today)
        letter = access.state.letters[self.letter.id]
        return replace(self, access=access, state=access.state, letter=letter)


async def seat_before_letter(coming: Coming, actions: tuple[Action, ...]) -> PaperSitting:
    """Raises Failed: 404 for whoever may not know of the monitoring, 403 for whoever does not conduct it;
    Stopped (404) for a letter that asked nobody."""
    session, today = coming.session, coming.today
    access = await access_to(session, number_of(coming.request), coming.caller, actions, coming.today)
    if Relation.CONDUCTOR not in access.relations:
        raise forbidden(coming.caller, actions[0])
    known = str(coming.request.path_params["about"])
    letter = access.state.letters.get(known) if _LETTER.fullmatch(known) else None
    if letter is None or not asks_for_words(letter):
        raise Stopped(StopKind.NOT_FOUND)
    lookup = Lookup(session, coming.language, today)
    reached = await resolve(session, letter, today)
    recipient = await recipient_named(session, lookup, letter)
    return PaperSitting(
        access=access,
        state=access.state,
        letter=letter,
        title=await said(lookup, access.state.title),
        recipient=recipient or (reached.name if reached else letter.recipient),
        contact=await contact_of(lookup, access.state),
        body=await _speaks_for(session, access, letter),
        **await coming.place(),
    )


def asks_for_words(letter: Letter) -> bool:
    """Whether a letter asks for something that may come on paper."""
    forms = LINKS[letter.purpose].forms if letter.purpose else ()
    return any(action_of(each) in WORDS_OF_OTHERS for each in forms)


async def _speaks_for(session: AsyncSession, access: Access, letter: Letter) -> Id | None:
    """The body in whose name the paper speaks."""
    assert letter.purpose is not None, "it asks for words"
    match LINKS[letter.purpose].subject:
        case LinkSubject.MEMBER:
            return None
        case LinkSubject.REQUEST:
            return access.state.requests[letter.subject].holder
        case LinkSubject.ITEM:
            council = await session.get(CouncilRow, access.state.council_items[letter.subject].council)
            return council.organisation if council else None
        case LinkSubject.ADDRESSEE | LinkSubject.ORGANISATION:
            return letter.subject

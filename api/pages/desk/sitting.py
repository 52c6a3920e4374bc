"""One request of somebody with an account, at a page or a form of theirs."""

import hashlib
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar, Final
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.files.types import ANY
from api.access.auth import Caller
from api.access.noted import note_personal_read
from api.access.policy import actor_of
from api.commands.idempotency import RequestKey
from api.http.deps import Now, Session
from api.pages.forms.bench import Bench, KnownForm
from api.pages.forms.drafts import DRAFT, KEY, Begun, Drafts, Opened, begun_at
from api.pages.forms.keys import key_of
from api.pages.forms.typed import Typed, fields_of, typed_in
from api.pages.forms.uploads import Choosing, keep_uploads
from api.pages.site.rendering import page
from api.pages.site.routing import readers_language
from api.pages.site.stopping import Elsewhere
from api.pages.staff.menu import Menu
from api.pages.staff.session import formerly_signed_in, signed_in
from api.pages.staff.sign_in_first import sign_in_first
from api.services.limits import TooMany
from api.services.services import AnyServices, Services
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id, Language

DONE: Final = "done"
_FORM: Final = re.compile(r"[0-9a-f]{32}")
_NOT_ASKED: Final = frozenset({"action", DRAFT, KEY})


@dataclass(frozen=True, kw_only=True)
class Sitting(Bench):
    """Somebody signed in, before one proceeding. A form is kept under its key until it is sent."""

    folder: ClassVar = "desk"
    back_words: ClassVar[str]  # of the link to the page that leads here

    request: Request
    caller: Caller
    menu: Menu | None = None  # what stands at the head of the page

    @property
    def about(self) -> Id:
        return str(self.request.path_params.get("about", ""))

    @property
    def here(self) -> str:
        """The address of the form."""
        return self.request.url.path.removesuffix(f"/{DONE}")

    def actor(self) -> Actor:
        return actor_of(self.caller)

    def address_of(self, form: KnownForm, *parts: str, **query: str) -> str:
        asked = urlencode({**query, "lang": self.language.value})
        return f"{'/'.join((self.here, *parts))}?{asked}"

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        return self.address_of(form, DONE, of=key.id)

    def around(self, form: KnownForm) -> dict[str, object]:
        return {
            "key": f"page.desk.{form.key}",
            "menu": self.menu,
            "here": self.here,
            "back": self.back,
            "back_words": self.back_words,
            "about": self.about,
            "switch": {each.value: f"{self.here}?lang={each.value}" for each in Language},
        }

    def keyed(self, typed: Typed, *, anew: bool = False) -> Typed:
        return keyed(typed, anew=anew)

    async def key(self, asked: str, typed: Typed) -> RequestKey:
        """The same fields again are the same request; other ones under a key that was sent are not."""
        what = hashlib.sha256(self.here.encode())
        for name, values in sorted(typed.fields.items()):
            if name not in _NOT_ASKED:
                what.update("\0".join((name, *values)).encode() + b"\n")
        return await key_of(self.session, self.caller.account, typed.one(KEY), what.hexdigest())

    def drafts(self, form: KnownForm, typed: Typed) -> Drafts:
        return Drafts(self.session, self.holder, f"{self.here} {typed.one(KEY)}", self.now)

    async def opened(self, form: KnownForm, at_first: Typed) -> Opened:
        """The form that was begun last and not sent, or the one that is asked for, which may be a new one."""
        begun = [each.key for each in await self.begun()]
        key = self.request.query_params.get(KEY) or next(iter(begun), "")
        if key in begun:
            return await self.drafts(form, Typed(fields={KEY: (key,)})).opened(at_first)
        return await super().opened(form, self.keyed(at_first))

    async def begun(self) -> tuple[Begun, ...]:
        """Forms that this reader has begun here and not sent."""
        return await begun_at(self.session, self.holder, self.here)


def keyed(typed: Typed, *, anew: bool = False) -> Typed:
    """With a key: the one that came, or a new one."""
    if _FORM.fullmatch(typed.one(KEY)) and not anew:
        return typed
    return typed.with_values(KEY, (uuid4().hex,))


async def staff(request: Request, services: AnyServices, session: Session, now: Now) -> Caller:
    """Whoever is signed in. Raises Elsewhere (to sign in)."""
    caller = await signed_in(request, services.settings, session, now)
    if caller is None:
        raise Elsewhere(sign_in_first(request))
    note_personal_read(session, request, caller.account, caller.organisation, caller.role, now)
    return caller


class Held(ABC):
    """A form that was sent and is not looked at now: what was typed waits on a page, to be sent again."""

    @abstractmethod
    async def page(
        self, request: Request, services: Services, session: AsyncSession, now: datetime
    ) -> Response:
        """The page it waits on."""


class SignedOut(Held):
    """The hours of a sign-in are over: the fields wait until it is renewed in another window.

    They are kept, too, with the files, for whoever it was; nothing else is done in that name.
    """

    async def page(
        self, request: Request, services: Services, session: AsyncSession, now: datetime
    ) -> Response:
        language, sent = readers_language(request), await fields_of(request)
        typed = keyed(typed_in(sent))
        account = await formerly_signed_in(request, services.settings, session)
        if account is not None:
            drafts = Drafts(session, account, f"{request.url.path} {typed.one(KEY)}", now)
            choosing = Choosing(language, services.settings.upload_limit_bytes, ANY)
            typed, _ = await keep_uploads(drafts, sent, typed, choosing)
            typed = (await drafts.keep(typed)).typed
        here = request.url.path
        return page("desk/signed_out.html", language, HTTPStatus.UNAUTHORIZED, here=here, typed=typed)


@dataclass(frozen=True)
class TooOften(Held):
    """An account that sends faster than a person: the fields wait on the page alone, nothing is written."""

    retry_after: int

    async def page(
        self, request: Request, services: Services, session: AsyncSession, now: datetime
    ) -> Response:
        language, sent = readers_language(request), await fields_of(request)
        typed, status = keyed(typed_in(sent)), HTTPStatus.TOO_MANY_REQUESTS
        again = {"Retry-After": str(self.retry_after)}
        return page(
            "desk/too_often.html",
            language,
            status,
            again,
            here=request.url.path,
            typed=typed,
            seconds=self.retry_after,
        )


def held_up(services: Services, caller: Caller) -> TooOften | None:
    """Count one more form of an account; what becomes of it where there were too many."""
    try:
        services.limits.staff_forms.check(f"account/{caller.account}")
    except TooMany as many:
        return TooOften(many.retry_after)
    return None

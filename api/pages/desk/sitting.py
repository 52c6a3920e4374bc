"""One request of somebody with an account, at a page or a form of theirs."""

import hashlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar, Final
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import Request, Response

from api.access.auth import Caller
from api.access.policy import actor_of
from api.commands.idempotency import RequestKey
from api.http.deps import Now, Session
from api.pages.forms.bench import Bench, KnownForm
from api.pages.forms.keys import key_of
from api.pages.forms.machine import fields_of
from api.pages.forms.typed import Typed, typed_in
from api.pages.site.rendering import page
from api.pages.site.routing import readers_language
from api.pages.site.stopping import Elsewhere
from api.pages.staff.session import signed_in
from api.pages.staff.sign_in_first import sign_in_first
from api.services.services import AnyServices
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id, Language

KEY: Final = "key"  # the field a form's key travels in: made when it is opened, the same until it is done
DONE: Final = "done"
_FORM: Final = re.compile(r"[0-9a-f]{32}")
_NOT_ASKED: Final = frozenset({"action", KEY})


@dataclass(frozen=True, kw_only=True)
class Sitting(Bench):
    """Somebody signed in, before one proceeding. What is typed travels along hidden until it is sent."""

    folder: ClassVar = "desk"
    keeps_drafts: ClassVar = False
    back_words: ClassVar[str]  # of the link to the page that leads here

    request: Request
    caller: Caller

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

    def place_of_files(self, typed: Typed) -> str:
        return f"{super().place_of_files(typed)}/{typed.one(KEY)}"

    async def keep(self, form: KnownForm, typed: Typed) -> None:
        return  # it travels along

    async def forget(self, form: KnownForm) -> None:
        return


def keyed(typed: Typed, *, anew: bool = False) -> Typed:
    """With a key: the one that came, or a new one."""
    if _FORM.fullmatch(typed.one(KEY)) and not anew:
        return typed
    return typed.with_values(KEY, (uuid4().hex,))


async def staff(request: Request, services: AnyServices, session: Session, now: Now) -> Caller:
    """Whoever is signed in. Raises Elsewhere (to sign in)."""
    holder = await signed_in(request, services.settings, session, now)
    if holder is None:
        raise Elsewhere(sign_in_first(request))
    return holder.caller


async def signed_out(request: Request) -> Response:
    """The hours of a sign-in are over: the fields wait on this page until it is renewed in another one."""
    return page(
        "desk/signed_out.html",
        readers_language(request),
        HTTPStatus.UNAUTHORIZED,
        here=request.url.path,
        typed=keyed(typed_in(await fields_of(request))),
    )

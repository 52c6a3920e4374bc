"""The provider people sign in by: what it publishes, what it answers for a code, all within a bound."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeVar
from urllib.parse import urlencode, urlsplit

import httpx
from joserfc.jwk import Key
from pydantic import BaseModel, ConfigDict, ValidationError

from activities.bounds.within import within
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.sign_in.id_token import Claims, Expected, NotBelieved, believed, kid_of, said, signing_keys
from activities.sign_in.visits import Visit
from models.settings.provider import ProviderSettings, is_safe

ANSWER_SECONDS: Final = 8.0
MOST_BYTES: Final = 512 * 1024
KEPT_SECONDS: Final = 3_600.0
"""How long what it publishes is taken for true; a key that it withdrew opens nothing after that."""
REFETCH_SECONDS: Final = 30.0
"""A token by an unknown key has the keys fetched anew, and no more often than this."""
_REFUSALS: Final = frozenset(
    {"invalid_client", "invalid_grant", "invalid_request", "unauthorized_client", "unsupported_grant_type"}
)
log = Log(__name__)
M = TypeVar("M", bound=BaseModel)


class ProviderAway(Exception):
    """It does not answer, or not as a provider does: it may do so in a while."""


class Published(BaseModel):
    """OpenID Connect Discovery, 3: what of it is needed here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class Tokens(BaseModel):
    """OpenID Connect Core, 3.1.3.3."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id_token: str
    access_token: str = ""


class Provider:
    """One provider. What it publishes is remembered for a while; nobody's tokens are."""

    def __init__(
        self,
        given: ProviderSettings,
        back: str,
        client: httpx.AsyncClient | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`back` is the address that browsers come back to."""
        self.given = given
        self._back = back
        self._client = client or httpx.AsyncClient(timeout=ANSWER_SECONDS / 2, follow_redirects=False)
        self._clock = clock
        self._lock = asyncio.Lock()
        self._published: tuple[float, Published] | None = None
        self._keys: tuple[float, dict[str | None, Key]] | None = None

    @property
    def name(self) -> str:
        """How people call it."""
        return self.given.name or urlsplit(self.given.issuer).netloc

    async def close(self) -> None:
        """Give its connections back."""
        await self._client.aclose()

    async def way_there(self, visit: Visit, language: str) -> str:
        """The address to send a browser to. Raises ProviderAway."""
        published = await self._what_it_publishes()
        asked = {
            "response_type": "code",
            "client_id": self.given.client_id,
            "redirect_uri": self._back,
            "scope": self.given.scopes,
            "state": visit.state,
            "nonce": visit.nonce,
            "code_challenge": visit.challenge,
            "code_challenge_method": "S256",
            "ui_locales": language,
        }
        joint = "&" if urlsplit(published.authorization_endpoint).query else "?"
        return f"{published.authorization_endpoint}{joint}{urlencode(asked)}"

    async def identity(self, code: str, issuer: str | None, visit: Visit, now: datetime) -> Claims:
        """Who came back with this code; `issuer` is the `iss` of the address.

        Raises ProviderAway, NotBelieved.
        """
        published = await self._what_it_publishes()
        named = issuer is not None or published.authorization_response_iss_parameter_supported
        if named and issuer != self.given.issuer:
            raise NotBelieved("iss of the answer")  # RFC 9207
        tokens = await self._tokens(published, code, visit)
        key = await self._key(published, kid_of(tokens.id_token))
        expected = Expected(issuer=self.given.issuer, client_id=self.given.client_id, nonce=visit.nonce)
        claims = believed(tokens.id_token, key, expected, now, self.given.group_claim)
        return await self._completed(published, claims, tokens.access_token)

    async def _completed(self, published: Published, claims: Claims, access_token: str) -> Claims:
        """Some tell the address or the groups only where they are asked about somebody (Core, 5.4)."""
        whole = claims.email and (claims.groups is not None or not self.given.roles)
        if whole or not published.userinfo_endpoint or not access_token:
            return claims
        headers = {"Authorization": f"Bearer {access_token}"}
        told = await self._asked("GET", published.userinfo_endpoint, headers=headers)
        more = said(told, self.given.group_claim) if isinstance(told, dict) else None
        if more is None or more.subject != claims.subject:
            raise NotBelieved("sub of the answer about it")
        return Claims(
            subject=claims.subject,
            email=claims.email or more.email,
            email_verified=claims.email_verified if claims.email else more.email_verified,
            groups=more.groups if claims.groups is None else claims.groups,
        )

    async def _tokens(self, published: Published, code: str, visit: Visit) -> Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": visit.verifier,
        }
        secret, auth = self.given.secret.get_secret_value(), None
        if secret and "client_secret_basic" in published.token_endpoint_auth_methods_supported:
            quoted = urlencode({"i": self.given.client_id})[2:], urlencode({"s": secret})[2:]
            auth = httpx.BasicAuth(*quoted)  # RFC 6749, 2.3.1: both encoded as a form is
        else:
            form["client_id"] = self.given.client_id
            if secret:
                form["client_secret"] = secret
        answer = await self._asked("POST", published.token_endpoint, form=form, auth=auth)
        return _read(Tokens, answer)

    async def _key(self, published: Published, kid: str | None) -> Key:
        async with self._lock:
            if self._keys is None or self._clock() - self._keys[0] >= KEPT_SECONDS:
                await self._fetch_keys(published)
            key = self._known(kid)
            if key is None and self._keys and self._clock() - self._keys[0] >= REFETCH_SECONDS:
                await self._fetch_keys(published)
                key = self._known(kid)
        if key is None:
            raise NotBelieved("kid")
        return key

    def _known(self, kid: str | None) -> Key | None:
        """A token that names no key is by the only one there is."""
        keys = self._keys[1] if self._keys else {}
        if kid is None:
            return next(iter(keys.values())) if len(keys) == 1 else None
        return keys.get(kid)

    async def _fetch_keys(self, published: Published) -> None:
        self._keys = (self._clock(), signing_keys(await self._asked("GET", published.jwks_uri)))

    async def _what_it_publishes(self) -> Published:
        async with self._lock:
            if self._published and self._clock() - self._published[0] < KEPT_SECONDS:
                return self._published[1]
            address = f"{self.given.issuer.rstrip('/')}/.well-known/openid-configuration"
            published = _read(Published, await self._asked("GET", address))
            ends = (published.authorization_endpoint, published.token_endpoint, published.jwks_uri)
            if published.issuer != self.given.issuer or not all(map(is_safe, ends)):
                log.error(LogCode.PROVIDER_MISDESCRIBED)
                raise ProviderAway
            self._published = (self._clock(), published)
            return published

    async def _asked(
        self,
        method: str,
        address: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
    ) -> object:
        """Its JSON. Raises ProviderAway; NotBelieved where it refuses what was brought (4xx)."""
        given = {"Accept": "application/json", **(headers or {})}
        asking = self._read_from(method, address, form, given, auth)
        try:
            status, content = await within(ANSWER_SECONDS, asking, "the provider answers")
            if 400 <= status < 500 and method == "POST":
                raise NotBelieved(_refusal(content))
            if status != 200:
                raise ProviderAway
            answer: object = json.loads(content)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RecursionError) as fault:
            log.warning(LogCode.PROVIDER_AWAY, fault=type(fault).__name__)
            raise ProviderAway from None
        return answer

    async def _read_from(
        self,
        method: str,
        address: str,
        form: Mapping[str, str] | None,
        headers: Mapping[str, str],
        auth: httpx.Auth | None,
    ) -> tuple[int, bytes]:
        content = bytearray()
        request = self._client.build_request(method, address, data=form, headers=headers)
        answer = await self._client.send(request, auth=auth, stream=True)
        try:
            async for part in answer.aiter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    raise ProviderAway
        finally:
            await answer.aclose()
        return answer.status_code, bytes(content)


def _refusal(content: bytes) -> str:
    """RFC 6749, 5.2: `invalid_client` is ours to mend, `invalid_grant` a code that is used or old."""
    said = json.loads(content)
    error = said.get("error") if isinstance(said, dict) else None
    return str(error) if error in _REFUSALS else "code"


def _read(model: type[M], answer: object) -> M:
    """Raises ProviderAway for what is no such answer."""
    try:
        return model.model_validate(answer)
    except ValidationError:
        log.warning(LogCode.PROVIDER_UNREADABLE, expected=model.__name__)
        raise ProviderAway from None

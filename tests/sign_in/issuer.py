"""A small OpenID provider over HTTP, with real keys: what it says can be bent in every way that matters."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, unquote_plus, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, RSAKey

from local.ports import LOOPBACK, free_port
from tests.fixtures.listening import listening

CLIENT, SECRET = "monitoring", "a secret: of the client/%"
BACK = "https://monitoring.example.kz/sign-in/provider/back"
Json = dict[str, object]


@dataclass
class Issuer:
    """Signs whoever comes in as `person`. `claims` and `header` take the place of what it would say."""

    port: int
    now: datetime
    person: Json
    claims: Json = field(default_factory=dict)
    header: Json = field(default_factory=dict)
    alg: str = "RS256"
    signer: Key | None = None
    unsigned: bool = False
    email_at: str = "id_token"
    description: Json = field(default_factory=dict)
    refuses: str = ""
    stalled: bool = False
    fetched: dict[str, int] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=lambda: [RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})])
    given: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def rotates(self, kid: str = "k2") -> None:
        """New keys at once; the old ones are gone."""
        self.keys = [ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})]
        self.alg = "ES256"

    def app(self) -> FastAPI:
        app = FastAPI()
        app.get("/.well-known/openid-configuration")(self.describe)
        app.get("/authorize")(self.authorize)
        app.post("/token")(self.token)
        app.get("/keys")(self.published_keys)
        app.get("/userinfo")(self.userinfo)
        return app

    async def describe(self) -> Response:
        await self._counted("description")
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "authorization_response_iss_parameter_supported": True,
                **self.description,
            }
        )

    async def published_keys(self) -> Response:
        await self._counted("keys")
        strange = [
            {"kty": "unknown"},
            {"kty": "RSA", "kid": "torn", "n": "?"},
            {"kty": "oct", "k": "c2VjcmV0"},
        ]
        return JSONResponse({"keys": [*strange, *(key.as_dict(private=False) for key in self.keys)]})

    async def authorize(self, request: Request) -> Response:
        """RFC 6749, 4.1.1, with RFC 7636."""
        asked = dict(request.query_params)
        assert (asked["response_type"], asked["client_id"], asked["redirect_uri"]) == ("code", CLIENT, BACK)
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        if self.refuses:
            back = {"error": self.refuses, "state": asked["state"]}
        else:
            code = f"code-{len(self.given)}"
            self.given[code] = asked
            back = {"code": code, "state": asked["state"], "iss": self.address}
        return RedirectResponse(f"{BACK}?{urlencode(back)}", 302)

    async def token(self, request: Request) -> Response:
        """The client is known by its secret, the browser by its verifier; a code works once."""
        await self._counted("token")
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.given.pop(form.get("code", ""), None)
        kind, _, basic = request.headers.get("authorization", "").partition(" ")
        assert kind == "Basic"
        client, _, secret = base64.b64decode(basic).decode().partition(":")
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        known = (unquote_plus(client), unquote_plus(secret)) == (CLIENT, SECRET)
        if asked is None or not known or proof.rstrip("=") != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {"id_token": self._signed(asked["nonce"]), "access_token": "at", "token_type": "Bearer"}
        )

    async def userinfo(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer at"
        return JSONResponse(self.person | {"sub": self.claims.get("userinfo_sub", self.person["sub"])})

    def _signed(self, nonce: str) -> str:
        seconds = int(self.now.timestamp())
        person = self.person if self.email_at == "id_token" else {"sub": self.person["sub"]}
        usual: Json = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": seconds,
            "exp": seconds + 300,
            "nonce": nonce,
            **person,
        }
        claims = {name: value for name, value in (usual | self.claims).items() if value is not None}
        key = self.signer or self.keys[0]
        header = {"alg": self.alg, "kid": key.kid, **self.header}
        if self.unsigned:
            parts = (json.dumps(each).encode() for each in ({**header, "alg": "none"}, claims))
            return ".".join(base64.urlsafe_b64encode(each).decode().rstrip("=") for each in parts) + "."
        signing = {name: value for name, value in header.items() if value is not None}
        return jwt.encode(signing, claims, key, algorithms=[self.alg])

    async def _counted(self, what: str) -> None:
        self.fetched[what] = self.fetched.get(what, 0) + 1
        if self.stalled:
            await asyncio.Event().wait()


def secret_as_key() -> Key:
    """What a forger has who knows the client's secret."""
    return OctKey.import_key(SECRET.ljust(64, "."), {"kid": "k1"})


@asynccontextmanager
async def issuing(now: datetime, person: Json) -> AsyncIterator[Issuer]:
    """The provider, reached over a real connection."""
    issuer = Issuer(free_port(), now, person)
    async with listening(issuer.app(), issuer.port):
        yield issuer

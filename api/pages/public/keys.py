"""The public keys by which everybody can check who signed a bundle."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from activities.proofs.signing import BadKey, Signer
from api.access.routing import public
from api.http.conditional import conditional
from api.http.deps import Now
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.services.services import AnyServices, Services
from models.vocabulary.base import Model

router = page_router()


class PublicKeys(Model):
    """The key that signs now, and those that signed before. Ed25519, 32 bytes in base64."""

    algorithm: str = "Ed25519"
    present: str | None
    former: tuple[str, ...]


@router.api_route("/keys", methods=Reads, dependencies=[public()])
async def show_keys(request: Request, services: AnyServices, now: Now) -> Response:
    """The keys, for people."""
    shown = page("public/keys.html", readers_language(request), here="/keys", keys=_keys(services))
    return conditional(request, shown, None, now)


@router.api_route("/.well-known/monitoring-keys.json", methods=Reads, dependencies=[public()])
async def list_keys(request: Request, services: AnyServices, now: Now) -> Response:
    """The keys, for programs."""
    return conditional(request, JSONResponse(_keys(services).model_dump(mode="json")), None, now)


def _keys(services: Services) -> PublicKeys:
    given = services.settings
    try:
        present = Signer(given.signing_key).public_key
    except BadKey:
        present = None
    former = tuple(key.strip() for key in given.former_public_keys.split(",") if key.strip())
    return PublicKeys(present=present, former=former)

"""What Temporal's UI and command line show of an encrypted history: its codec protocol, decoding only.

Nothing here encodes: what enters a history comes from the API's commands and from the worker.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, StringConstraints
from temporalio.api.common.v1 import Payload

from activities.encryption.data_converter import codec_of
from activities.encryption.payload_codec import UnreadablePayload
from api.access.auth import BEARER, Caller, shown_token
from api.access.reads import note_decoding
from api.access.routing import account_router, permit_account
from api.access.sessions import HOURS, Door, begin
from api.http.codec_origin import COOKIE, COOKIE_PATH
from api.http.deps import Now, Session
from api.http.requests import RequestBody
from api.problems.problem import ProblemCode, invalid
from api.services.services import AnyServices
from models.vocabulary.access import Action

router = account_router("history", prefix="/codec")

# A name that Temporal and protobuf take as it is.
MetadataName = Annotated[str, StringConstraints(pattern=r"^[ -~]{1,100}$")]


class CodecPayload(BaseModel):
    """A payload as protobuf's JSON writes it: bytes are base64."""

    model_config = ConfigDict(frozen=True)

    metadata: dict[MetadataName, Base64Bytes] = Field(
        default={}, examples=[{"encoding": "YmluYXJ5L2VuY3J5cHRlZA=="}]
    )
    data: Base64Bytes = Field(default=b"", examples=["AAAA"])


class CodecPayloads(RequestBody):
    """What Temporal's tools send to a codec and get back: as many, in the same order."""

    payloads: tuple[CodecPayload, ...] = Field(max_length=10_000)


def nothing_is_kept_elsewhere(
    preserve_storage_refs: Annotated[
        bool,
        Query(
            alias="preserveStorageRefs",
            description="What Temporal's UI asks with: payloads that are kept elsewhere stay references to "
            "their place. Here none is.",
        ),
    ] = False,
) -> None:
    """Whether they stay so or not, the answer is the same."""


@router.post("/decode", dependencies=[Depends(nothing_is_kept_elsewhere)])
async def decode_payloads(
    sent: CodecPayloads,
    request: Request,
    caller: Annotated[Caller, permit_account(Action.READ_HISTORY)],
    services: AnyServices,
    session: Session,
    now: Now,
) -> CodecPayloads:
    """Decrypt payloads of a history; those that are not encrypted come back as they are.

    Who decrypted how many is written down (`GET /reads`); what they say is not.
    """
    payloads = [Payload(metadata=one.metadata, data=one.data) for one in sent.payloads]
    try:
        decoded = await codec_of(services.settings).decode(payloads)
    except UnreadablePayload as error:
        raise invalid(ProblemCode.PAYLOAD_UNREADABLE, key=error.key) from None
    opened = sum(before != after for before, after in zip(payloads, decoded, strict=True))
    note_decoding(session, request, caller, len(payloads), opened, now)
    return CodecPayloads(payloads=tuple(map(_as_json, decoded)))


@router.post(
    "/sign-in", status_code=HTTPStatus.NO_CONTENT, dependencies=[permit_account(Action.READ_HISTORY)]
)
async def sign_in_to_codec(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(BEARER)],
    request: Request,
    services: AnyServices,
    session: Session,
    now: Now,
    response: Response,
) -> None:
    """Let this browser's Temporal UI decrypt for eight hours.

    The UI cannot send a token of this API; it sends the cookie that this sets, which no script can read and
    which opens nothing but `/codec` and holds no token. Revoking the token ends it, and so does signing out
    on the pages.
    """
    holder = await shown_token(request, session, now, credentials.credentials)
    assert holder is not None, "asked for by whoever may sign in"
    response.set_cookie(
        COOKIE,
        await begin(session, Door.CODEC, holder.entrance, now),
        max_age=HOURS * 3_600,
        path=COOKIE_PATH,
        httponly=True,
        secure=services.settings.public_url.startswith("https://"),
        samesite="strict",
    )


def _as_json(payload: Payload) -> CodecPayload:
    # Validation would decode the base64 that is not there any more.
    return CodecPayload.model_construct(metadata=dict(payload.metadata), data=payload.data)

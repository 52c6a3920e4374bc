"""What an auditor checks deliveries by: the messages that were handed to the mail server."""

from typing import Annotated, Final

from fastapi import Path, Response
from sqlmodel import col, select

from activities.letters.enclosures import EncodedDocuments
from activities.letters.kept import MEDIA_TYPE, kept_letter
from api.access.policy import EVERYTHING, Access
from api.access.routing import monitoring_router, permit
from api.http.deps import Session
from api.http.downloads import attached
from api.problems.problem import ProblemCode, not_found
from api.routes.dispatch import LetterInPath
from models.tables.deliveries import DeliveryRow

router = monitoring_router("dispatch")
AttemptInPath = Annotated[
    int, Path(ge=1, le=10_000, description="The letter's attempt: a re-send is a new one.")
]
_MAIL: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "The message (RFC 5322) without its link, as an attachment; the ETag is its SHA-256.",
        "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/letters/{letter}/attempts/{attempt}/eml", response_class=Response, responses=_MAIL)
async def download_mail(
    letter: LetterInPath,
    attempt: AttemptInPath,
    access: Annotated[Access, permit(*EVERYTHING)],
    session: Session,
) -> Response:
    """The kept copy of an attempt's message; the last one where the server was asked more than once.

    It is the message as sent but for the token of the link, by which the recipient alone can act.
    """
    kept = (
        select(DeliveryRow.kept_sha256)
        .where(DeliveryRow.number == access.number)
        .where(DeliveryRow.letter == letter)
        .where(DeliveryRow.attempt == attempt)
        .where(col(DeliveryRow.kept_sha256).is_not(None))
        .order_by(col(DeliveryRow.id).desc())
    )
    sha256 = (await session.exec(kept.limit(1))).first()
    if sha256 is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    message = await kept_letter(session, sha256, EncodedDocuments())
    if message is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return attached(message, MEDIA_TYPE, sha256, f"{access.number}-{letter}-{attempt}.eml")

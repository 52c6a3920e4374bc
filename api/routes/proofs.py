"""What an auditor checks deliveries by: the messages that were handed to the mail server."""

from typing import Annotated, Final

from fastapi import Path, Response
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.enclosures import EncodedDocuments
from activities.letters.kept import MEDIA_TYPE, kept_letter
from api.access.policy import EVERYTHING, Access
from api.access.routing import monitoring_router, permit
from api.history.letters_named import letters_named
from api.http.deps import Session, Today
from api.http.downloads import attached, file_name
from api.http.languages import ReadersLanguage
from api.problems.problem import ProblemCode, not_found
from api.routes.dispatch import LetterInPath
from models.tables.deliveries import DeliveryRow
from models.vocabulary.procedure import Id, Number, Sha256

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


async def message_kept(
    session: AsyncSession, number: Number, letter: Id, attempt: int
) -> tuple[Sha256, bytes]:
    """The kept copy of an attempt's message, under its hash; the last one where the server was asked more
    than once. Raises Failed (404)."""
    kept = (
        select(DeliveryRow.kept_sha256)
        .where(DeliveryRow.number == number)
        .where(DeliveryRow.letter == letter)
        .where(DeliveryRow.attempt == attempt)
        .where(col(DeliveryRow.kept_sha256).is_not(None))
        .order_by(col(DeliveryRow.id).desc())
    )
    sha256 = (await session.exec(kept.limit(1))).first()
    message = await kept_letter(session, sha256, EncodedDocuments()) if sha256 else None
    if sha256 is None or message is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return sha256, message


@router.get("/letters/{letter}/attempts/{attempt}/eml", response_class=Response, responses=_MAIL)
async def download_mail(
    letter: LetterInPath,
    attempt: AttemptInPath,
    access: Annotated[Access, permit(*EVERYTHING)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> Response:
    """The kept copy of an attempt's message; the last one where the server was asked more than once.

    It is the message as sent but for the token of the link, by which the recipient alone can act.
    """
    sha256, message = await message_kept(session, access.number, letter, attempt)
    named = await letters_named(session, access.state, language, today, (letter,))
    name = f"{access.number} {named.get(letter, letter)} {attempt}"
    return attached(message, MEDIA_TYPE, sha256, file_name(name, "eml"))

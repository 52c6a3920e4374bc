"""Signatures as pages say them, beside what they sign; and what can be signed, by its names."""

from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.content.signing import Signable, signables
from api.history.letters_named import letters_named
from api.history.names import people_named
from locales.catalogue import text
from locales.dates import say_instant
from locales.terms import term
from models.monitoring.state import MonitoringState
from models.tables.files import AttachmentRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Number, Sha256
from models.vocabulary.signatures import SignatureCheck


class SignatureView(Model):
    """A signature that was attached; `said` is all of it in a sentence."""

    id: Id
    signs: Sha256
    filename: str
    check: SignatureCheck
    at: datetime
    said: str


async def signatures_of(
    session: AsyncSession, number: Number, language: Language
) -> dict[Sha256, tuple[SignatureView, ...]]:
    """The signatures by what they sign, the oldest first."""
    rows = list(
        await session.exec(
            select(AttachmentRow)
            .where(AttachmentRow.number == number, col(AttachmentRow.signs).is_not(None))
            .order_by(col(AttachmentRow.at), col(AttachmentRow.id))
        )
    )
    people = await people_named(session, {row.account for row in rows if row.account})
    found: dict[Sha256, tuple[SignatureView, ...]] = {}
    for row in rows:
        signs, check = row.signs or "", SignatureCheck(row.signature_check or "")
        said = text(
            language,
            "page.workplace.signature.said",
            check=term(language, check),
            algorithms=row.signature_algorithms,
            who=people.get(row.account or "", row.account or ""),
            at=say_instant(language, row.at),
        )
        view = SignatureView(id=row.id, signs=signs, filename=row.filename, check=check, at=row.at, said=said)
        found[signs] = (*found.get(signs, ()), view)
    return found


async def signables_named(
    session: AsyncSession, state: MonitoringState, language: Language, today: date
) -> dict[Sha256, str]:
    """What can be signed: a document by its version, a letter by its number, kind and addressee, a file by
    its name."""
    found = await signables(session, state)
    letters = await letters_named(session, state, language, today, {each.letter for each in found})
    return {each.sha256: _named(each, letters, language) for each in found}


def _named(signable: Signable, letters: dict[Id, str], language: Language) -> str:
    if signable.document is not None:
        return text(
            language,
            "page.workplace.signature.document",
            version=signable.version,
            rendition=text(language, f"page.workplace.rendition.{signable.document.rendition}"),
            language=term(language, signable.document.language),
        )
    if signable.letter:
        return text(
            language,
            "page.workplace.signature.letter",
            letter=letters.get(signable.letter, signable.letter),
            attempt=signable.attempt,
        )
    return signable.filename

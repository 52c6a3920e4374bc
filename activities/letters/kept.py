"""Letters as they are kept: read back byte for byte, whichever release kept them."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.enclosures import EncodedDocuments
from activities.registries.lookup import NotOnRecord
from models.letters.apart import Enclosed, LetterApart
from models.tables.files import FileRow
from models.tables.kept_letters import KeptLetterRow
from models.vocabulary.procedure import Sha256

MEDIA_TYPE = "message/rfc822"


async def kept_letter(session: AsyncSession, sha256: Sha256, documents: EncodedDocuments) -> bytes | None:
    """The letter kept under a hash, its documents in their places; None where something of it is missing."""
    found = select(KeptLetterRow.content, KeptLetterRow.enclosed).where(KeptLetterRow.sha256 == sha256)
    row = (await session.exec(found)).first()
    if row is None:  # earlier releases kept letters whole, among the files
        return (await session.exec(select(FileRow.content).where(col(FileRow.sha256) == sha256))).first()
    content, enclosed = row
    letter = LetterApart(written=content, enclosed=tuple(map(Enclosed.model_validate, enclosed)))
    try:
        bodies = {each.sha256: (await documents.read(session, each.sha256)).body for each in letter.enclosed}
    except NotOnRecord:
        return None
    return letter.whole(bodies)

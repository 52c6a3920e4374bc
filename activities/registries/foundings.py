"""What the founding told of duties (rule 13): from when they count, and what was done before."""

from datetime import date

from pydantic import TypeAdapter
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.events import DoneBefore
from models.tables.foundings import FoundingRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

_BY_BODY: TypeAdapter[dict[Id, tuple[DoneBefore, ...]]] = TypeAdapter(dict[Id, tuple[DoneBefore, ...]])


class Beginning(Model):
    """Nothing of an installation that was founded before it was asked."""

    counted_from: date | None = None
    done_before: dict[Id, tuple[DoneBefore, ...]] = {}


async def beginning(session: AsyncSession) -> Beginning:
    row = (await session.exec(select(FoundingRow))).first()
    if row is None:
        return Beginning()
    return Beginning(counted_from=row.counted_from, done_before=_BY_BODY.validate_python(row.done_before))

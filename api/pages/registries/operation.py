"""What an operator has to see to: proceedings that missed their moment, or whose stores disagree."""

from typing import Final

from fastapi import Response
from sqlmodel import col, select

from activities.keepers.moments import missed_moments
from api.pages.registries.lists import Cell, Keeping, listed
from api.pages.site.routing import Reads, page_router
from locales.catalogue import text
from locales.dates import say_instant
from models.tables.disagreements import DisagreementRow

router = page_router()
OPERATION: Final = "/staff/operation"


@router.api_route(OPERATION, methods=Reads)
async def operation(sitting: Keeping) -> Response:
    """The longest known first; what is done about each is docs/operations.md's."""
    language, session = sitting.language, sitting.session
    missed = [(row.mark, row.fault, row.due_at, row.noticed_at) for row in await missed_moments(session)]
    apart = select(DisagreementRow).order_by(col(DisagreementRow.noticed_at))
    disagreeing = [(row.mark, row.fault, None, row.noticed_at) for row in await session.exec(apart)]
    rows = tuple(
        (
            Cell(said=mark),
            Cell(said=text(language, f"page.registries.operation.fault.{fault}")),
            Cell(said=say_instant(language, due) if due else "—"),
            Cell(said=say_instant(language, noticed)),
        )
        for mark, fault, due, noticed in (*missed, *disagreeing)
    )
    return listed(sitting, "operation", ("mark", "fault", "due", "noticed"), rows, OPERATION, ())

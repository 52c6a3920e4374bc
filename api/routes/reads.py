"""Who read what: auditors whatever they read, everybody the personal data of others."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.http.deps import Session
from api.http.pagination import Cursor, Limit, Page, Turned, id_before, numbered_page
from api.http.requests import Day
from api.views.reads import ReadFilters, reads_found
from models.vocabulary.access import Action
from models.vocabulary.personal_data import PersonalData
from models.vocabulary.procedure import Id, Mark

router = account_router("account")


class ReadView(BaseModel):
    """One read: who, what (the operation's id), of which proceeding, how narrowed."""

    id: int
    at: datetime
    account: Id
    organisation: Id
    what: str
    number: Mark | None = Field(
        description="Of a monitoring, a duty, a consolidation; none for payloads that were decrypted."
    )
    path: str = Field(description="The address without its query; empty in lines from before migration 0039.")
    filters: dict[str, object]
    kinds: tuple[PersonalData, ...] = Field(
        description="Of the personal data that it returns, as it was declared then; empty where it tells of "
        "nobody, and in lines from before migration 0039."
    )


@router.get("/reads")
async def list_reads(
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)],
    session: Session,
    account: Annotated[Id | None, Query()] = None,
    number: Annotated[
        Mark | None, Query(description="The number of a monitoring, the mark of a duty or a consolidation.")
    ] = None,
    kind: Annotated[PersonalData | None, Query(description="Reads of this kind of personal data.")] = None,
    personal: Annotated[bool, Query(description="Reads of personal data alone, of whichever kind.")] = False,
    since: Annotated[Day | None, Query(description="A local day.")] = None,
    until: Annotated[Day | None, Query(description="A local day, included.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ReadView]:
    """What auditors and oversight read, and who else read personal data of others; newest first. An auditor
    sees what is of its own body."""
    filters = ReadFilters(
        account=account, number=number, kind=kind, personal=personal, since=since, until=until
    )
    turned = Turned(after=(str(id_before(cursor)),)) if cursor is not None else Turned()
    rows = await reads_found(session, caller, filters, turned, limit)
    return numbered_page([ReadView.model_validate(row, from_attributes=True) for row in rows], limit)

"""The registry of bodies: what is known of each from a day on. Nothing is overwritten."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, EmailStr, Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.auth import Caller
from api.bodies import Body, Day, Line
from api.claims import Key
from api.deps import Now, Session, Today
from api.problems import ProblemCode, conflict, documented, not_found
from api.registering import registered_once
from api.registry import versions_on
from api.routing import CREATED, account_router, permit_account
from models.access import Action
from models.procedure import Id, Language, OrganisationKind
from models.tables import OrganisationRow, OrganisationVersionRow
from models.texts import ShortText

router = account_router("registries", "/organisations")
OrganisationInPath = Annotated[Id, Path(examples=["akimat-sary"])]
OnDay = Annotated[Day | None, Query(description="As of this local date; today when absent.")]


class VersionFields(BaseModel):
    """What is known of a body."""

    kind: OrganisationKind
    name_kk: Line
    name_ru: Line
    name_en: ShortText = ""
    superior: Id | None = None
    legal_person: Id = Field(description="Units of one legal person count as one body (A1).")
    region: ShortText = ""
    special_state_body: bool = Field(default=False, description="Rule 5: the Rules do not apply to it.")
    email: EmailStr | None = None
    phone: ShortText = ""
    address: ShortText = ""
    web_resource: ShortText = ""
    language: Language = Language.KK
    head_post_kk: ShortText = ""
    head_post_ru: ShortText = ""


class NewVersionBody(Body, VersionFields):
    """A version that holds from a day on; the one before ends the day before."""

    code: str | None = Field(
        default=None, pattern=r"^[A-Z0-9]{1,12}$", description="For a body that is new: used in numbers."
    )
    valid_from: Day
    reason: Line = Field(description="Why the registry changes: the act or the event.")


class OrganisationView(BaseModel):
    """A body as it is known on a day."""

    model_config = ConfigDict(from_attributes=True)

    organisation: Id
    valid_from: date
    valid_until: date | None
    kind: OrganisationKind
    name_kk: str
    name_ru: str
    name_en: str
    superior: Id | None
    legal_person: Id
    region: str
    special_state_body: bool
    email: str
    phone: str
    address: str
    web_resource: str
    language: Language
    reason: str


@router.get("")
async def list_organisations(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    today: Today,
    on: OnDay = None,
    kind: OrganisationKind | None = None,
) -> tuple[OrganisationView, ...]:
    """All bodies that exist on a day."""
    versions = await versions_on(session, on or today)
    return tuple(
        OrganisationView.model_validate(row)
        for _, row in sorted(versions.items())
        if kind is None or row.kind == kind
    )


@router.get("/{organisation}", responses=documented(404))
async def read_organisation(
    organisation: OrganisationInPath,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    today: Today,
    on: OnDay = None,
) -> OrganisationView:
    """A body as it is known on a day."""
    versions = await versions_on(session, on or today, (organisation,))
    if organisation not in versions:
        raise not_found(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation)
    return OrganisationView.model_validate(versions[organisation])


@router.get("/{organisation}/versions", responses=documented(404))
async def list_organisation_versions(
    organisation: OrganisationInPath,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
) -> tuple[OrganisationView, ...]:
    """Everything that was ever known of a body, with the reasons of the changes."""
    rows = await _versions(session, organisation)
    if not rows:
        raise not_found(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation)
    return tuple(OrganisationView.model_validate(row) for row in rows)


@router.post("/{organisation}/versions", status_code=CREATED, responses=documented(409))
async def register_organisation_version(
    organisation: OrganisationInPath,
    body: NewVersionBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> OrganisationView:
    """Record what holds of a body from a day on, with the reason. A new body needs a code."""

    async def change() -> OrganisationView:
        await _organisation_exists(session, organisation, body.code)
        await _end_former(session, organisation, body.valid_from)
        fields = body.model_dump(exclude={"code", "email"})
        row = OrganisationVersionRow(
            organisation=organisation, email=body.email or "", account=caller.account, at=now, **fields
        )
        session.add(row)
        await session.flush()
        return OrganisationView.model_validate(row)

    name = "register_organisation_version"
    return await registered_once(session, key, caller, name, now, OrganisationView, change)


async def _organisation_exists(session: AsyncSession, organisation: Id, code: str | None) -> None:
    row = await session.get(OrganisationRow, organisation)
    if row is None and code is None:
        raise not_found(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation)
    if row is None:
        session.add(OrganisationRow(id=organisation, code=code or ""))
        await session.flush()


async def _end_former(session: AsyncSession, organisation: Id, valid_from: date) -> None:
    """Versions follow each other: what is past is never rewritten, only the last one gets its end."""
    rows = await _versions(session, organisation)
    if not rows:
        return
    last = rows[-1]
    if last.valid_from >= valid_from:
        raise conflict(ProblemCode.VERSION_NOT_LATER, since=last.valid_from.isoformat())
    if last.valid_until is None or last.valid_until >= valid_from:
        last.valid_until = valid_from - timedelta(days=1)


async def _versions(session: AsyncSession, organisation: Id) -> list[OrganisationVersionRow]:
    rows = await session.exec(
        select(OrganisationVersionRow)
        .where(OrganisationVersionRow.organisation == organisation)
        .order_by(col(OrganisationVersionRow.valid_from))
    )
    return list(rows)

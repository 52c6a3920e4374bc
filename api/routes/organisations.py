"""The registry of bodies: what is known of each from a day on. Nothing is overwritten."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from activities.registries.bodies import name_of, versions_on
from api.access.auth import Caller
from api.access.routing import CREATED, account_router, permit_account
from api.commands.abolishing import abolish, act_of, change_kind, name_successor_late
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.contacts import Email, Phone
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.requests import Day, Line, RequestBody
from api.problems.problem import ProblemCode, documented, not_found
from api.registries.changes import next_version, versions_of
from api.registries.matters import OpenMatter, matters_at
from models.tables.bodies import OrganisationVersionRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Language, OrganisationKind, Role
from models.vocabulary.texts import ShortText, TextFault
from models.vocabulary.web import host_of
from models.words.order import by_name

router = account_router("registries", "/registry/organisations")


def _with_host(address: str) -> str:
    """None, or an address by which a host can be told. Raises TextFault."""
    if address and not host_of(address):
        raise TextFault("text_address", "this must be the address of a web resource")
    return address


OrganisationInPath = Annotated[Id, Path(examples=["akimat-sary"])]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,12}$")]
WebResource = Annotated[ShortText, AfterValidator(_with_host), Field(examples=["https://uo.example.kz"])]
OnDay = Annotated[Day | None, Query(description="As of this local date; today when absent.")]


class NewVersionBody(RequestBody):
    """What changes from a day on, and why; what is not named stays as it was.

    A body that is new needs `code`, `kind`, both names and `legal_person`.
    """

    valid_from: Day | None = Field(default=None, description="Today when absent.")
    reason: Line = Field(description="Why the registry changes: the act or the event.")
    code: Code | None = Field(default=None, description="For a new body: used in numbers.")
    kind: OrganisationKind | None = None
    name_kk: Line | None = None
    name_ru: Line | None = None
    name_en: ShortText | None = None
    superior: Id | None = None
    legal_person: Id | None = Field(
        default=None, description="Units of one legal person count as one body (A1)."
    )
    region: ShortText | None = Field(default=None, description="By its Kazakh name.")
    region_ru: ShortText | None = None
    region_en: ShortText | None = None
    special_state_body: bool | None = Field(default=None, description="Rule 5: the Rules do not apply to it.")
    email: Email | None = None
    phone: Phone | None = None
    address: ShortText | None = None
    web_resource: WebResource | None = Field(
        default=None, description="The official web resource: rule 19 is fulfilled on its host."
    )
    further_web_resources: tuple[WebResource, ...] | None = Field(
        default=None, max_length=20, description="Its other addresses, where it has several."
    )
    language: Language | None = None
    head_post_kk: ShortText | None = None
    head_post_ru: ShortText | None = None
    successor: Id | None = Field(
        default=None, description="With another `kind`: who leads from that day on what the body led."
    )


class AbolitionBody(RequestBody):
    last_day: Day = Field(description="The last day (local) on which the body exists.")
    reason: Line = Field(description="The act by which it is abolished.")
    successor: Id | None = Field(
        default=None,
        description="Who comes after it: leads, answers and carries out what was its own. After an authorized"
        " body it is the next one, if none is named.",
    )
    without_successor: bool = Field(
        default=False, description="To be said where something is open at the body and nobody comes after it."
    )


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
    region_ru: str
    region_en: str
    special_state_body: bool
    email: str = Field(description="Empty for a natural person, except for that person and administrators.")
    phone: str = Field(description="As `email`.")
    address: str = Field(description="As `email`.")
    web_resource: str
    further_web_resources: tuple[str, ...]
    language: Language
    reason: str


class AbolitionView(OrganisationView):
    """The last version of a body, who comes after it, and what is open at it."""

    successor: Id | None = None
    matters: tuple[OpenMatter, ...] = ()


def _seen_by(caller: Caller, row: OrganisationVersionRow) -> OrganisationView:
    """A version as a caller may know it: how to reach a natural person is its own matter."""
    view = OrganisationView.model_validate(row)
    private = view.kind is OrganisationKind.NATURAL_PERSON
    if private and caller.role is not Role.ADMIN and caller.organisation != view.organisation:
        return view.model_copy(update=dict.fromkeys(("email", "phone", "address"), ""))
    return view


@router.get("")
async def list_organisations(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
    on: OnDay = None,
    kind: OrganisationKind | None = None,
) -> tuple[OrganisationView, ...]:
    """All bodies that exist on a day, by their names in the reader's language."""
    versions = await versions_on(session, on or today)
    names = {
        known: name_of(row).best(language)
        for known, row in versions.items()
        if kind is None or row.kind == kind
    }
    return tuple(_seen_by(caller, versions[known]) for known, _ in by_name(names, language))


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
    return _seen_by(caller, versions[organisation])


@router.get("/{organisation}/versions", responses=documented(404))
async def list_organisation_versions(
    organisation: OrganisationInPath,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
) -> tuple[OrganisationView, ...]:
    """Everything that was ever known of a body, with the reasons of the changes."""
    rows = await versions_of(session, organisation)
    if not rows:
        raise not_found(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation)
    return tuple(_seen_by(caller, row) for row in rows)


@router.post("/{organisation}/versions", status_code=CREATED, responses=documented(409))
async def register_organisation_version(
    organisation: OrganisationInPath,
    body: NewVersionBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
    today: Today,
) -> OrganisationView:
    """Record what changes of a body from a day on, with the reason. Earlier versions stay."""

    async def change() -> OrganisationView:
        given = body.model_dump(mode="json", exclude={"code", "valid_from", "successor"}, exclude_unset=True)
        known = {field: value for field, value in given.items() if value is not None or field == "superior"}
        row = await next_version(
            session,
            organisation,
            code=body.code,
            since=body.valid_from or today,
            changes=known | {"account": caller.account, "at": now},
        )
        await session.flush()
        if body.successor is not None:
            await change_kind(session, row, known, act_of(caller, now, body.reason, body.successor))
        return OrganisationView.model_validate(row)

    name = "register_organisation_version"
    return await registered_once(session, key, caller, name, now, OrganisationView, change)


@router.post("/{organisation}/abolition", status_code=CREATED, responses=documented(404, 409))
async def abolish_organisation(
    organisation: OrganisationInPath,
    body: AbolitionBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> AbolitionView:
    """Record that a body is abolished, by which act, who comes after it; the answer says what is open.

    Its history stays. Its accounts end with it, and so do its duties of rule 13; what it led, was asked and
    owes passes to the successor. `GET …/matters` tells beforehand what that is.
    """

    async def change() -> AbolitionView:
        said = body.successor is not None or body.without_successor
        act = act_of(caller, now, body.reason, body.successor, said)
        row, matters = await abolish(session, organisation, body.last_day, act)
        await session.flush()
        view = OrganisationView.model_validate(row)
        return AbolitionView(**view.model_dump(), successor=body.successor, matters=matters)

    return await registered_once(session, key, caller, "abolish_organisation", now, AbolitionView, change)


class SuccessionBody(RequestBody):
    successor: Id | None = Field(
        description="Who came after it; null takes a wrong word back.", examples=["td-sary"]
    )
    reason: Line = Field(description="The act.")


class SuccessionView(BaseModel):
    """Which body came after which, from which day on."""

    model_config = ConfigDict(from_attributes=True)

    body: Id
    successor: Id | None
    since: date
    reason: str


@router.post("/{organisation}/succession", status_code=CREATED, responses=documented(404))
async def name_organisation_successor(
    organisation: OrganisationInPath,
    body: SuccessionBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> SuccessionView:
    """Record late, or anew, who came after a body that is abolished; running proceedings are told."""

    async def change() -> SuccessionView:
        act = act_of(caller, now, body.reason, body.successor)
        return SuccessionView.model_validate(await name_successor_late(session, organisation, act))

    name = "name_organisation_successor"
    return await registered_once(session, key, caller, name, now, SuccessionView, change)


@router.get("/{organisation}/matters", responses=documented(404))
async def list_organisation_matters(
    organisation: OrganisationInPath,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
) -> tuple[OpenMatter, ...]:
    """What is open at a body: led, conducted, addressed, asked, owed, its duties, its inbox, its councils.

    To be looked at before it is abolished: whoever comes after it takes all of this on.
    """
    if not await versions_of(session, organisation):
        raise not_found(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation)
    return await matters_at(session, organisation)

"""Tokens of an account: issued and withdrawn by an administrator, seen by whoever holds the account."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.names_today import names_today
from api.access.auth import account_in_force
from api.access.tokens import UnknownToken, expires_soon, in_force, issue, revoke
from api.commands.registering import registered_once
from api.history.names import people_named
from api.http.deps import Now, Session, Today
from api.pages.desk.sitting import Held, staff
from api.pages.forms.drafts import KEY
from api.pages.forms.typed import Fault, Reader, Typed, fields_of, typed_in
from api.pages.registries.lists import Keeping
from api.pages.registries.registry_form import RegistrySitting, SentRegistryPolicy, row_about
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.menu import Menu, menu_of
from api.problems.problem import Failed
from api.register.choices import Choice
from api.services.services import AnyServices
from api.views.tokens import tokens_of
from locales.catalogue import plural, text
from locales.dates import say_day, say_instant
from locales.terms import term
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.tables.tokens import TokenRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language
from models.vocabulary.scopes import Scope

router = page_router()
TERMS: Final = (30, 90, 180, 365)
"""Days a token may be issued for."""
_SCOPES: Final = tuple(each.value for each in Scope)
_ANEW: Final = Typed(fields={"days": (str(TERMS[1]),), "scopes": _SCOPES})
_AT: Final = "/staff/accounts/{about}/tokens"
OWN: Final = "/staff/tokens"
_SECRET: Final = {"Cache-Control": "no-store"}
Sent = Annotated[RegistrySitting | Held, Depends(SentRegistryPolicy())]


class TokenSaid(Model):
    """One token in words; its text is nowhere."""

    id: str
    label: str
    scopes: str
    issued: str
    expires: str
    used: str
    standing: str
    open: bool
    soon: bool


class Issued(Model):
    """What the log of commands keeps of a token that was issued, or withdrawn."""

    token: str
    account: Id
    expires_at: datetime


@router.api_route(_AT, methods=Reads)
async def tokens_of_account(sitting: Keeping) -> Response:
    return await _shown(sitting, _ANEW)


@router.post(_AT)
async def issue_token(
    sitting: Sent, request: Request, services: AnyServices, session: Session, now: Now
) -> Response:
    """A new token, shown once: its text is in this answer and nowhere else."""
    if isinstance(sitting, Held):
        return await sitting.page(request, services, session, now)
    account = await row_about(sitting, AccountRow)
    typed = sitting.keyed(typed_in(await fields_of(request)))
    reader = Reader(typed)
    label = reader.line("label", "registries_token_label")
    days = int(typed.one("days")) if typed.one("days") in {str(each) for each in TERMS} else 0
    if not days:
        reader.fault("days", "registries_token_days")
    scopes = frozenset(Scope(each) for each in typed.all("scopes") if each in _SCOPES)
    if not scopes:
        reader.fault("scopes", "registries_token_scopes")
    if await account_in_force(session, now, account.id) is None:
        reader.fault("", "registries_token_closed")
    if reader.faults:
        return await _shown(sitting, typed, faults=tuple(reader.faults))
    secret = ""

    async def change() -> Issued:
        nonlocal secret
        by = sitting.caller.account
        row, secret = await issue(session, account.id, label, days, now, scopes=scopes, by=by)
        return Issued(token=row.id, account=account.id, expires_at=row.expires_at)

    try:
        key = await sitting.key("issue_token", typed)
        await registered_once(session, key, sitting.caller, "issue_token", now, Issued, change)
    except Failed:  # other words under a key that was sent: it is typed anew
        return await _shown(sitting, sitting.keyed(typed, anew=True), again=True)
    kept = Typed(fields={name: typed.all(name) for name in ("days", "scopes")})
    return await _shown(sitting, kept, secret=secret, again=not secret)


@router.post(f"{_AT}/withdrawal")
async def withdraw_token(
    sitting: Sent, request: Request, services: AnyServices, session: Session, now: Now
) -> Response:
    """It opens nothing from now on; sign-ins that began with it end."""
    if isinstance(sitting, Held):
        return await sitting.page(request, services, session, now)
    account = await row_about(sitting, AccountRow)
    typed = sitting.keyed(typed_in(await fields_of(request)))
    row = await session.get(TokenRow, typed.one("token"))
    if row is None or row.account != account.id:
        raise Stopped(StopKind.NOT_FOUND)

    async def change() -> Issued:
        try:
            ended = await revoke(session, row.id, now)
        except UnknownToken:
            raise Stopped(StopKind.NOT_FOUND) from None
        return Issued(token=ended.id, account=account.id, expires_at=ended.expires_at)

    if row.revoked_at is None:
        key = await sitting.key("withdraw_token", typed)
        await registered_once(session, key, sitting.caller, "withdraw_token", now, Issued, change)
    return await _shown(sitting, _ANEW, withdrawn=row.label)


@router.api_route(OWN, methods=Reads)
async def own_tokens(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """One's own: what there is, until when, used when, and who issued it."""
    caller = await staff(request, services, session, now)
    language = readers_language(request)
    return page(
        "registries/own_tokens.html",
        language,
        here=OWN,
        menu=await menu_of(session, caller, today),
        back=f"/staff?lang={language.value}",
        tokens=await tokens_said(session, language, now, caller.account),
    )


async def _shown(
    sitting: RegistrySitting,
    typed: Typed,
    *,
    faults: tuple[Fault, ...] = (),
    secret: str = "",
    again: bool = False,
    withdrawn: str = "",
) -> Response:
    language, session, account = sitting.language, sitting.session, await row_about(sitting, AccountRow)
    person = await session.get(PersonRow, account.person)
    names = await names_today(session, sitting.today, (account.organisation,))
    of = names[account.organisation].best(language) if account.organisation in names else ""
    menu: Menu | None = sitting.menu
    return page(
        "registries/tokens.html",
        language,
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        _SECRET,
        here=_AT.replace("{about}", account.id),
        menu=menu,
        back=f"/staff/accounts/{account.id}?lang={language.value}",
        whose=", ".join(filter(None, (person.name if person else account.id, of))),
        tokens=await tokens_said(session, language, sitting.now, account.id),
        in_force=await account_in_force(session, sitting.now, account.id) is not None,
        typed=sitting.keyed(typed),
        key=KEY,
        faults=faults,
        fault_at={fault.field: fault for fault in reversed(faults)},
        scopes=tuple(Choice(value=each.value, name=term(language, each)) for each in Scope),
        terms=tuple((str(each), plural(language, "page.registries.tokens.days", each)) for each in TERMS),
        secret=secret,
        again=again,
        withdrawn=withdrawn,
    )


async def tokens_said(
    session: AsyncSession, language: Language, now: datetime, account: Id
) -> tuple[TokenSaid, ...]:
    """Those that open something first, then the newest."""
    rows = await tokens_of(session, account)
    who = await people_named(session, {row.issued_by for row in rows if row.issued_by})
    ordered = sorted(rows, key=lambda row: (not in_force(row, now), -row.issued_at.timestamp()))
    return tuple(_said(language, now, row, who) for row in ordered)


def _said(language: Language, now: datetime, row: TokenRow, who: dict[Id, str]) -> TokenSaid:
    by = who.get(row.issued_by or "", row.issued_by or text(language, "page.registries.tokens.operator"))
    standing = "open" if in_force(row, now) else "withdrawn" if row.revoked_at else "expired"
    soon = expires_soon(row, now)
    return TokenSaid(
        id=row.id,
        label=row.label or "—",
        scopes=", ".join(term(language, each) for each in Scope if each.value in row.scopes),
        issued=f"{say_instant(language, row.issued_at)}, {by}",
        expires=say_instant(language, row.expires_at),
        used=_day(language, row.last_used_on),
        standing=text(language, f"page.registries.tokens.{'soon' if soon else standing}"),
        open=standing == "open",
        soon=soon,
    )


def _day(language: Language, used: date | None) -> str:
    return say_day(language, used) if used else text(language, "page.registries.tokens.never")

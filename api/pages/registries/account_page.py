"""One account: whose it is, by which address it is entered, and who came in by it, when and how."""

from typing import Final

from fastapi import Response
from sqlmodel import col, func, select

from activities.registries.bodies import versions_on
from activities.registries.recipients import usable
from api.pages.desk.naming import bodies_named
from api.pages.forms.form import Line
from api.pages.registries.lists import Cell, Keeping, Table
from api.pages.registries.registry_form import REGISTRIES
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.routes.sign_ins import SignInView, list_sign_ins
from api.views.tokens import soon_to_expire
from locales.catalogue import text
from locales.dates import say_date, say_instant
from locales.terms import term
from models.letters.post import UndeliveredReason
from models.tables.accounts import AccountRow
from models.tables.grants import GrantRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Id, Role

router = page_router()
_SHOWN: Final = 50


@router.api_route("/staff/accounts/{about}", methods=Reads)
async def account(sitting: Keeping) -> Response:
    """Its person's address is changed where the person is."""
    language, about = sitting.language, sitting.about
    row = await sitting.session.get(AccountRow, about)
    person = await sitting.session.get(PersonRow, row.person) if row else None
    if row is None or person is None:
        raise Stopped(StopKind.NOT_FOUND)
    bodies = await bodies_named(sitting.session, language, sitting.today, {row.organisation})
    log = await list_sign_ins(sitting.caller, sitting.session, account=about, limit=_SHOWN)
    at_address = select(func.count()).select_from(PersonRow)
    at_address = at_address.where(func.lower(col(PersonRow.email)) == person.email.lower())
    shared = (await sitting.session.exec(at_address)).one() > 1
    said = {
        "person": f"{person.name} ({person.post})" if person.post else person.name,
        "organisation": bodies[row.organisation],
        "role": term(language, Role(row.role)),
        "active": text(language, f"page.registries.active.{await _standing(sitting, row)}"),
        "email": person.email or "—",
        "granted_by_act": await _act(sitting, about),
    }
    return page(
        "registries/account.html",
        language,
        here=f"/staff/accounts/{about}",
        menu=sitting.menu,
        back=f"/staff/accounts?lang={language.value}",
        lines=[
            Line(label=text(language, f"page.registries.field.{key}"), value=each)
            for key, each in said.items()
        ],
        unusable=isinstance(usable(person.email), UndeliveredReason),
        shared=shared,
        change=f"/staff/accounts/{about}/change",
        tokens=f"/staff/accounts/{about}/tokens",
        soon=len(await soon_to_expire(sitting.session, sitting.now, about)),
        person_change=f"{REGISTRIES}/people/{person.id}/change",
        table=Table(
            columns=("signed_in_at", "way_in"), rows=tuple(_told(sitting, each) for each in log.items)
        ),
        further=log.next_cursor is not None,
    )


async def _act(sitting: Keeping, about: Id) -> str:
    """The newest act by which it was given; none where it needed none."""
    granted = select(GrantRow).where(GrantRow.account == about, col(GrantRow.act) != "")
    row = (await sitting.session.exec(granted.order_by(col(GrantRow.id).desc()).limit(1))).first()
    if row is None:
        return "—"
    return f"{row.act}, {say_date(sitting.language, row.act_dated)}" if row.act_dated else row.act


async def _standing(sitting: Keeping, row: AccountRow) -> str:
    """That of a body that is no more opens nothing."""
    if not row.active:
        return "no"
    there = await versions_on(sitting.session, sitting.today, (row.organisation,))
    return "yes" if there else "gone"


def _told(sitting: Keeping, each: SignInView) -> tuple[Cell, ...]:
    way = term(sitting.language, each.way)
    by = f"{way} ({each.token})" if each.token else way
    door = text(sitting.language, "page.registries.account_page.codec") if each.door == "codec" else ""
    return (
        Cell(said=say_instant(sitting.language, each.at)),
        Cell(said=f"{by}; {door}" if door else by),
    )

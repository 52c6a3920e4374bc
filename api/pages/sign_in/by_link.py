"""Signing in by a link that is mailed: asking for it, and coming by it.

Whoever asks is answered in the same words after the same work, whether or not the address is anybody's: it is
written down, and looked up by whoever sends the letter.
"""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError

from activities.sign_in.accounts import AccountAt, accounts_still_at, address_sha256
from activities.sign_in.asked import link_asked
from activities.sign_in.links import PATH, LinkState, link_of, state_of, use
from api.access.routing import public
from api.access.sessions import Entrance
from api.access.trying import wait_to_try, was_wrong
from api.http.bodies import address_of
from api.http.contacts import Email
from api.http.deps import Now, Session, Today
from api.pages.desk.naming import bodies_named
from api.pages.sign_in.form import SignInFault, in_language, sign_in_form
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import HOME
from api.pages.staff.session import sign_in, signed_in
from api.pages.staff.sign_in_first import SIGN_IN, way_on
from api.services.limits import TooMany
from api.services.services import AnyServices, Services
from api.services.shared_pace import SIGN_IN_LETTERS_FROM, SIGN_IN_LETTERS_TO, no_more_than
from models.tables.sign_ins import SignInLinkRow
from models.vocabulary.sign_in import LINK_MINUTES, WayIn

router = page_router()
LETTER: Final = f"{SIGN_IN}/letter"
_ADDRESS: Final = TypeAdapter(Email)
_FAULTS: Final = {LinkState.USED: SignInFault.LINK_USED, LinkState.EXPIRED: SignInFault.LINK_EXPIRED}
Words = Annotated[str, Path(max_length=100)]


@router.post(LETTER, dependencies=[public()])
async def take_address(request: Request, services: AnyServices, session: Session, now: Now) -> Response:
    """Write down that a link is wanted; the post looks whose address it is, and sends it."""
    check_origin(request, services.settings)
    form = await request.form(max_files=0, max_fields=5, max_part_size=4_096)
    typed, way = (str(form.get(name, "")).strip() for name in ("address", "next"))
    if not typed:
        return sign_in_form(request, way_on(way), fault=SignInFault.ADDRESS_MISSING)
    try:
        address = _ADDRESS.validate_python(typed)
    except ValidationError:
        return sign_in_form(request, way_on(way), fault=SignInFault.ADDRESS_WRONG, address=typed)
    try:
        await _not_too_often(request, session, address, now)
    except TooMany as often:
        return sign_in_form(
            request,
            way_on(way),
            fault=SignInFault.ADDRESS_TOO_OFTEN,
            address=typed,
            headers={"Retry-After": str(often.retry_after)},
        )
    session.add(link_asked(address, way_on(way), now))
    return RedirectResponse(in_language(LETTER, request), HTTPStatus.SEE_OTHER)


async def _not_too_often(request: Request, session: Session, address: str, now: Now) -> None:
    """Raises TooMany: nobody's mailbox is filled, and no list of addresses is tried."""
    await no_more_than(SIGN_IN_LETTERS_FROM, session, address_of(request), now)
    await no_more_than(SIGN_IN_LETTERS_TO, session, f"mail/{address_sha256(address)}", now)


@router.api_route(LETTER, methods=Reads, dependencies=[public()])
async def show_letter_asked(request: Request) -> Response:
    """The same for everybody."""
    return page("sign_in/asked.html", readers_language(request), here=LETTER, minutes=LINK_MINUTES)


@router.api_route(f"{PATH}{{words}}", methods=Reads, dependencies=[public()])
async def show_link(
    request: Request, words: Words, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """Whose account it opens, and a button: programs that look through mail open links and press none."""
    link = await _open_link(request, session, words, now)
    if isinstance(link, SignInFault):
        return await _opens_nothing(request, services, session, now, link)
    return await _choice(request, session, words, link, today)


@router.post(f"{PATH}{{words}}", dependencies=[public()])
async def take_link(
    request: Request, words: Words, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """Use the link up and sign in to the account that was chosen, if there are several."""
    check_origin(request, services.settings)
    form = await request.form(max_files=0, max_fields=5, max_part_size=4_096)
    link = await _open_link(request, session, words, now)
    if isinstance(link, SignInFault):
        return await _opens_nothing(request, services, session, now, link)
    known = await accounts_still_at(session, link.accounts, link.address_sha256, today)
    chosen = str(form.get("account", "")) if len(known) > 1 else "".join(each.account for each in known)
    account = next((each for each in known if each.account == chosen), None)
    if account is None:
        return await _choice(request, session, words, link, today, unanswered=True)
    if not await use(session, link, now):
        return await _opens_nothing(request, services, session, now, SignInFault.LINK_USED)
    response = RedirectResponse(in_language(link.way_on or HOME, request), HTTPStatus.SEE_OTHER)
    await sign_in(response, services.settings, session, _entrance(account, link), now)
    return response


def _entrance(account: AccountAt, link: SignInLinkRow) -> Entrance:
    return Entrance(
        account=account.account,
        organisation=account.organisation,
        way=WayIn(link.way),
        subject=link.subject,
    )


async def _open_link(request: Request, session: Session, words: str, now: Now) -> SignInLinkRow | SignInFault:
    """The link, or why it opens nothing. Raises TooMany after many wrong ones."""
    subject = f"sign-in/{address_sha256(words)}"
    await wait_to_try(request, subject)
    link = await link_of(session, words)
    if link is None:
        was_wrong(request, subject)
        return SignInFault.LINK_UNKNOWN
    return _FAULTS.get(state_of(link, now)) or link


async def _opens_nothing(
    request: Request, services: Services, session: Session, now: Now, fault: SignInFault
) -> Response:
    """Why; but whoever came in by it already, in this browser, goes on (Back, or a second press)."""
    if fault is SignInFault.LINK_USED and await signed_in(request, services.settings, session, now):
        return RedirectResponse(in_language(HOME, request), HTTPStatus.SEE_OTHER)
    return sign_in_form(request, "", fault=fault)


async def _choice(
    request: Request,
    session: Session,
    words: str,
    link: SignInLinkRow,
    today: Today,
    *,
    unanswered: bool = False,
) -> Response:
    language = readers_language(request)
    known = await accounts_still_at(session, link.accounts, link.address_sha256, today)
    if not known:
        return sign_in_form(request, link.way_on, fault=SignInFault.LINK_ENDED)
    bodies = await bodies_named(session, language, today, {each.organisation for each in known})
    return page(
        "sign_in/link.html",
        language,
        HTTPStatus.UNPROCESSABLE_ENTITY if unanswered else HTTPStatus.OK,
        here=f"{PATH}{words}",
        accounts=known,
        bodies=bodies,
        unanswered=unanswered,
        by_mail=link.way == WayIn.LINK,
    )

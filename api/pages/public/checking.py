"""Is this letter genuine: what was sent under a number, without a word about persons."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.notices import body_contact
from activities.registries.lookup import Lookup
from api.access.routing import public
from api.http.deps import Session, Today
from api.pages.links.opened import contact_of
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, language_asked, page_router, readers_language
from api.pages.site.stopping import Contact
from locales.catalogue import text
from models.calendar.working import COUNTRY_ZONE
from models.duty.state import DutyState
from models.letters.kinds import LETTERS
from models.letters.post import DeliveryOutcome
from models.monitoring.state import MonitoringState
from models.proof.chain import Head, read_head
from models.tables.consolidations import ConsolidationRow
from models.tables.deliveries import DeliveryRow
from models.tables.duties import DutyRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Language, Mark, Number, OrganisationKind, monitoring_workflow_id

router = page_router()
DUTY_MARKS = ("13.1-", "13.2-")
CONSOLIDATION_MARK = "18-"
KNOWN_DUTY = "page.genuine.known_duty"
MARKS = (*DUTY_MARKS, CONSOLIDATION_MARK)
_NUMBER: TypeAdapter[Number] = TypeAdapter(Number)
_MARK: TypeAdapter[Mark] = TypeAdapter(Mark)
Code = Annotated[str, Query(max_length=100)]


class SentLetters(Model):
    """How many letters of a kind left on a local date."""

    kind: LetterKind
    day: date
    count: int


@router.api_route("/check", methods=Reads, dependencies=[public()])
async def ask_number(
    request: Request, number: Annotated[str, Query(max_length=60)] = "", code: Code = ""
) -> Response:
    """A form to type the number of a letter into, and the journal's code at its foot."""
    typed = _readable(number).strip().removeprefix("№").strip().upper()
    if typed and _known_form(typed):
        chosen = language_asked(request)
        more = {"lang": chosen.value if chosen else "", "code": code.strip()}
        query = urlencode({name: value for name, value in more.items() if value})
        return RedirectResponse(f"/check/{typed}" + (f"?{query}" if query else ""), 303)
    language = readers_language(request)
    return page(
        "public/check.html", language, here="/check", typed=_readable(number), checked=bool(typed), known=None
    )


@router.api_route("/check/{number}", methods=Reads, dependencies=[public()])
async def check_number(
    number: str, request: Request, session: Session, today: Today, code: Code = ""
) -> Response:
    """Who conducts the monitoring of a number, and which kinds of letters left when.

    Before a letter has left, a monitoring is answered for like a number that nobody has: that it began is
    not for everybody to know.
    """
    language = readers_language(request)
    if number.startswith(MARKS):
        return await _check_mark(session, language, number, today)
    row = await session.get(MonitoringRow, number) if _known_form(number) else None
    state = MonitoringState.model_validate(row.state) if row else None
    letters = await _letters(session, number) if row else ()
    if row is None or state is None or not (letters or _known_otherwise(state)):
        return page(
            "public/check.html", language, here="/check", typed=_readable(number), checked=True, known=None
        )
    return page(
        "public/check.html",
        language,
        here=f"/check/{number}",
        typed=number,
        checked=True,
        known=text(language, "page.genuine.known", number=number),
        head=Head(seq=row.seq, hash=row.head_hash),
        code=code,
        agreed=await _agreed(session, number, code),
        contact=await _conductor(Lookup(session, language, today), state),
        letters=letters,
    )


async def _check_mark(session: AsyncSession, language: Language, mark: str, today: date) -> Response:
    """Letters about a duty of rule 13 or a review of rule 18 are the authorized body's, under a mark."""
    row: DutyRow | ConsolidationRow | None
    if mark.startswith(CONSOLIDATION_MARK):
        row = (await session.exec(select(ConsolidationRow).where(ConsolidationRow.mark == mark))).first()
    else:
        row = (await session.exec(select(DutyRow).where(col(DutyRow.mark) == mark))).first()
    letters = await _letters(session, mark) if row else ()
    if row is None or not letters:
        return page("public/check.html", language, here="/check", typed=mark[:60], checked=True, known=None)
    lookup = Lookup(session, language, today)
    if isinstance(row, ConsolidationRow):
        writer, known = row.organisation, "page.genuine.known_consolidation"
    else:
        writer, known = DutyState.model_validate(row.state).briefing.authorized_body, KNOWN_DUTY
    contact = await body_contact(lookup, writer)
    return page(
        "public/check.html",
        language,
        here=f"/check/{mark}",
        typed=mark,
        checked=True,
        known=text(language, known, number=mark),
        head=Head(seq=row.seq, hash=row.head_hash),
        code="",
        agreed=None,
        contact=Contact(name=contact.name, email=contact.email, phone=contact.phone, address=contact.address),
        letters=letters,
    )


async def _agreed(session: AsyncSession, number: Number, code: str) -> int | None:
    """The line up to which the journal is what it was when a letter printed this code; None for any other.

    Whoever cut the journal's tail, or wrote it anew, cannot change the letters that have left.
    """
    printed = read_head(code)
    if printed is None:
        return None
    line = await session.get(EntryRow, (monitoring_workflow_id(number), printed.seq))
    return printed.seq if line is not None and line.hash.startswith(printed.digits) else None


def _known_otherwise(state: MonitoringState) -> bool:
    """Known outside without an e-mail: a letter was handed over on paper, or the report is published."""
    handed = any(letter.status is LetterStatus.DELIVERED_BY_HAND for letter in state.letters.values())
    return handed or bool(state.publications)


async def _conductor(lookup: Lookup, state: MonitoringState) -> Contact:
    """The body that conducts it. A natural person (rule 2) is not named to everybody who tries a number."""
    if state.lead.kind is OrganisationKind.NATURAL_PERSON:
        return Contact(name=text(lookup.language, "page.genuine.natural_person"))
    return await contact_of(lookup, state)


def _readable(typed: str) -> str:
    """What is said back of whatever was asked for: no control characters, and not at any length."""
    return "".join(c for c in typed if c.isprintable())[:60]


def _known_form(number: str) -> bool:
    try:
        (_MARK if number.startswith(MARKS) else _NUMBER).validate_python(number)
    except ValidationError:
        return False
    return True


async def _letters(session: AsyncSession, number: Number) -> tuple[SentLetters, ...]:
    """By kind and day, in order; what went to the body's own staff is nobody's concern."""
    rows = await session.exec(
        select(DeliveryRow.kind, DeliveryRow.at)
        .where(DeliveryRow.number == number, DeliveryRow.outcome == DeliveryOutcome.ACCEPTED.value)
        .order_by(col(DeliveryRow.at))
    )
    counted: dict[tuple[LetterKind, date], int] = {}
    for kind, at in rows:
        key = (LetterKind(kind), at.astimezone(ZoneInfo(COUNTRY_ZONE)).date())
        counted[key] = counted.get(key, 0) + 1
    return tuple(
        SentLetters(kind=kind, day=day, count=count)
        for (kind, day), count in counted.items()
        if not LETTERS[kind].to_staff
    )

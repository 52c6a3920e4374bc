"""Is this letter genuine: what was sent under its number, told to whoever holds it, no word about persons."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.conductor import body_contact
from activities.registries.lookup import Lookup
from api.access.routing import public
from api.access.trying import wait_to_try, was_wrong
from api.http.deps import Session, Today
from api.http.requests import cut_to
from api.pages.links.opened import contact_of
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, language_asked, page_router, readers_language
from api.pages.site.stopping import Contact
from api.services.services import AnyServices, Services
from locales.catalogue import text
from models.calendar.country import COUNTRY
from models.consolidation.state import ConsolidationState
from models.duty.state import DutyState
from models.letters.check_words import letter_of_word
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
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Id, Mark, Number, OrganisationKind
from models.words.numbers import as_printed

router = page_router()
DUTY_MARKS = ("13.1-", "13.2-")
CONSOLIDATION_MARK = "18-"
KNOWN_DUTY = "page.genuine.known_duty"
MARKS = (*DUTY_MARKS, CONSOLIDATION_MARK)
_NUMBER: TypeAdapter[Number] = TypeAdapter(Number)
_MARK: TypeAdapter[Mark] = TypeAdapter(Mark)
Code = Annotated[str, cut_to(100)]
Word = Annotated[str, cut_to(60)]
Typed = Annotated[str, cut_to(60)]


class SentLetters(Model):
    """How many letters of a kind left on a local date."""

    kind: LetterKind
    day: date
    count: int


@dataclass(frozen=True)
class OnRecord:
    """A proceeding as a number or a mark names it."""

    state: MonitoringState | DutyState | ConsolidationState
    head: Head

    @property
    def writer(self) -> Id:
        """Whose letters about a duty of rule 13 or a review of rule 18 are: the authorized body's."""
        if isinstance(self.state, DutyState):
            return self.state.briefing.authorized_body
        assert isinstance(self.state, ConsolidationState), "a monitoring's letters are its conductor's"
        return self.state.organisation


@router.api_route("/check", methods=Reads, dependencies=[public()])
async def ask_number(
    request: Request,
    number: Typed = "",
    word: Word = "",
    code: Code = "",
) -> Response:
    """A form to type a letter's number into, and the word beside it or the journal's code at its foot."""
    typed = as_printed(_readable(number))
    if _known_form(typed):
        chosen = language_asked(request)
        more = {"lang": chosen.value if chosen else "", "word": word.strip(), "code": code.strip()}
        query = urlencode({name: value for name, value in more.items() if value})
        return RedirectResponse(f"/check/{typed}" + (f"?{query}" if query else ""), 303)
    if not number.strip():
        return _nothing_said(request, "", checked=False)
    return _nothing_said(request, number, no_number=True)


@router.api_route("/check/{number}", methods=Reads, dependencies=[public()])
async def check_number(
    number: str,
    request: Request,
    services: AnyServices,
    session: Session,
    today: Today,
    word: Word = "",
    code: Code = "",
) -> Response:
    """For whoever holds a letter: who conducts the monitoring, which kinds of letters left when.

    The letter is shown by its word, or by its journal code (letters had no word once). Without one nothing is
    said but what is published: which others began is not for everybody to count.
    """
    printed = as_printed(_readable(number))
    if not _known_form(printed):
        return _nothing_said(request, number, no_number=True)
    if printed != number:
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/check/{printed}{asked}", 303)
    tried = bool(word.strip() or code.strip())
    subject = f"check/{_readable(number)}"
    if tried:
        await wait_to_try(request, subject)
    found = await _on_record(session, number)
    agreed = await _agreed(session, found, code) if found else None
    holds = found is not None and _holds(found, services, word)
    if tried and not (holds or agreed):
        was_wrong(request, subject)
    if found is None or not (holds or agreed or _published(found)):
        return _nothing_said(request, number, tried=tried)
    language = readers_language(request)
    # The code of a published journal stands on its page for everybody: it shows no letter.
    shows_letters = holds or not _published(found)
    return page(
        "public/check.html",
        language,
        here=f"/check/{number}",
        typed=number,
        word=word if holds else "",
        wrong_word=bool(word.strip()) and not holds,
        checked=True,
        known=text(language, _known(found), number=number),
        published=_published(found),
        head=found.head,
        code=code,
        agreed=agreed,
        contact=await _contact(Lookup(session, language, today), found),
        letters=await _letters(session, number) if shows_letters else (),
    )


def _nothing_said(
    request: Request, number: str, *, checked: bool = True, tried: bool = False, no_number: bool = False
) -> Response:
    """The form, with why nothing is shown: the same for every number that has published nothing.

    What is no number at all was copied wrongly: nothing is said of a letter.
    """
    return page(
        "public/check.html",
        readers_language(request),
        here="/check",
        typed=_readable(number),
        word="",
        checked=checked,
        known=None,
        tried=tried,
        no_number=no_number,
    )


async def _on_record(session: AsyncSession, number: str) -> OnRecord | None:
    if not number.startswith(MARKS):
        row = await session.get(MonitoringRow, number)
        return _recorded(MonitoringState.model_validate(row.state), row) if row else None
    if number.startswith(CONSOLIDATION_MARK):
        rows = select(ConsolidationRow).where(ConsolidationRow.mark == number)
        review = (await session.exec(rows)).first()
        return _recorded(ConsolidationState.model_validate(review.state), review) if review else None
    duty = (await session.exec(select(DutyRow).where(col(DutyRow.mark) == number))).first()
    return _recorded(DutyState.model_validate(duty.state), duty) if duty else None


def _recorded(
    state: MonitoringState | DutyState | ConsolidationState, row: MonitoringRow | DutyRow | ConsolidationRow
) -> OnRecord:
    return OnRecord(state, Head(seq=row.seq, hash=row.head_hash))


def _holds(found: OnRecord, services: Services, word: str) -> bool:
    """Whether the word stands in one of the letters; what goes to a body's own staff has none."""
    if not word.strip():
        return False
    letters = (letter.id for letter in found.state.letters.values() if not LETTERS[letter.kind].to_staff)
    return letter_of_word(services.settings.link_secrets(), found.state.mark, letters, word) is not None


async def _agreed(session: AsyncSession, found: OnRecord, code: str) -> int | None:
    """The line up to which the journal is what it was when a letter printed this code; None for any other.

    Whoever cut the journal's tail, or wrote it anew, cannot change the letters that have left.
    """
    printed = read_head(code)
    if printed is None:
        return None
    line = await session.get(EntryRow, (found.state.workflow_id, printed.seq))
    return printed.seq if line is not None and line.hash.startswith(printed.digits) else None


def _published(found: OnRecord) -> bool:
    return isinstance(found.state, MonitoringState) and bool(found.state.publications)


def _known(found: OnRecord) -> str:
    if isinstance(found.state, MonitoringState):
        return "page.genuine.known"
    return KNOWN_DUTY if isinstance(found.state, DutyState) else "page.genuine.known_consolidation"


async def _contact(lookup: Lookup, found: OnRecord) -> Contact:
    if isinstance(found.state, MonitoringState):
        return await _conductor(lookup, found.state)
    reached = await body_contact(lookup, found.writer)
    return Contact(name=reached.name, email=reached.email, phone=reached.phone, address=reached.address)


async def _conductor(lookup: Lookup, state: MonitoringState) -> Contact:
    """The body that conducts it, and whoever leads it today. A natural person (rule 2) is not named to
    everybody who tries a number."""
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
        key = (LetterKind(kind), at.astimezone(COUNTRY).date())
        counted[key] = counted.get(key, 0) + 1
    return tuple(
        SentLetters(kind=kind, day=day, count=count)
        for (kind, day), count in counted.items()
        if not LETTERS[kind].to_staff
    )

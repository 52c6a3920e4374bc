"""A letter's link as somebody opened it: what it is for, for whom, in which language."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from fastapi import Depends, Path, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.minting import was_given_out
from activities.registries.bodies import organisation_on
from activities.registries.lookup import Lookup, NotOnRecord
from activities.registries.recipients import named, resolve
from api.http.deps import Now, Session, Today
from api.pages.site.routing import language_asked
from api.pages.site.stopping import Contact, StopKind, Stopped
from api.services.services import AnyServices, Services
from models.agenda.deadline import Deadline
from models.letters.letter import Letter
from models.letters.links import BadLink, Link, verify
from models.letters.purposes import LINKS
from models.monitoring.state import MonitoringState
from models.proof.chain import Head
from models.tables.councils import CouncilRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import Actor
from models.vocabulary.letters import Purpose, RecipientKind
from models.vocabulary.procedure import Id, Language, Number

_LONGEST_TOKEN: Final = 400


@dataclass(frozen=True)
class Matter:
    """One request behind one link. `today` is the local date, `now` is UTC."""

    token: str
    chosen: Language | None
    language: Language
    state: MonitoringState
    letter: Letter
    head: Head
    title: str
    recipient: str
    contact: Contact
    services: Services
    session: AsyncSession
    now: datetime
    today: date

    @property
    def number(self) -> Number:
        return self.state.number

    @property
    def purpose(self) -> Purpose:
        assert self.letter.purpose is not None, "a letter without a purpose has no link"
        return self.letter.purpose

    @property
    def deadline(self) -> Deadline | None:
        return self.state.deadlines.get(self.letter.deadline or "")

    @property
    def lookup(self) -> Lookup:
        return Lookup(self.session, self.language, self.today)

    def actor(self) -> Actor:
        """Whoever holds the link speaks for its recipient."""
        body = self.letter.recipient_kind is RecipientKind.ORGANISATION
        return Actor(
            role=LINKS[self.purpose].role,
            letter=self.letter.id,
            organisation=self.letter.recipient if body else None,
        )

    def address(self, *parts: str, **query: str) -> str:
        """An address behind this link; a language that was chosen stays chosen."""
        path = "/".join(("/r", self.token, *parts))
        words = {**({"lang": self.chosen.value} if self.chosen else {}), **query}
        return path + ("?" + "&".join(f"{name}={value}" for name, value in words.items()) if words else "")

    def stop(self, kind: StopKind, reason: str = "") -> Stopped:
        """A plain page that still says whom to write to."""
        return Stopped(kind, language=self.language, contact=self.contact, number=self.number, reason=reason)


class LinkPolicy:
    """Whoever holds the link of a letter may do what the letter asks for, and nothing else."""

    async def __call__(
        self,
        token: Annotated[str, Path(max_length=_LONGEST_TOKEN)],
        request: Request,
        services: AnyServices,
        session: Session,
        now: Now,
        today: Today,
    ) -> Matter:
        """Raises Stopped: invalid (404, the same for everything we did not sign) or expired (410)."""
        settings = services.settings
        try:
            link = verify(settings.link_secret.get_secret_value(), token, settings.link_days)
        except BadLink as bad:
            if bad.link is not None and await was_given_out(session, bad.link):
                raise await _expired(session, bad.link, today) from None
            raise Stopped(StopKind.INVALID) from None
        if not await was_given_out(session, link):
            raise Stopped(StopKind.INVALID)
        opening = Opening(token, language_asked(request), services, session, now, today)
        matter = await opening.matter(link)
        request.state.language = matter.language  # of the page that stops this request, should one have to
        return matter


AnyMatter = Annotated[Matter, Depends(LinkPolicy())]


@dataclass(frozen=True)
class Opening:
    """Looks up what a genuine link is about."""

    token: str
    chosen: Language | None
    services: Services
    session: AsyncSession
    now: datetime
    today: date

    async def matter(self, link: Link) -> Matter:
        """Raises Stopped (invalid) for a letter that is not there or is for something else."""
        row = await self.session.get(MonitoringRow, link.number, populate_existing=True)
        if row is None:
            raise Stopped(StopKind.INVALID)
        state = MonitoringState.model_validate(row.state)
        letter = state.letters.get(link.letter)
        if letter is None or letter.purpose is not link.purpose:
            raise Stopped(StopKind.INVALID)
        known = await resolve(self.session, letter, self.today)
        language = self.chosen or (known.language if known else Language.KK)
        lookup = Lookup(self.session, language, self.today)
        return Matter(
            token=self.token,
            chosen=self.chosen,
            language=language,
            state=state,
            letter=letter,
            head=Head(seq=row.seq, hash=row.head_hash),
            title=await said(lookup, state.title),
            recipient=await _recipient(self.session, lookup, letter)
            or (known.name if known else letter.recipient),
            contact=await contact_of(lookup, state),
            services=self.services,
            session=self.session,
            now=self.now,
            today=self.today,
        )


async def reopened(matter: Matter) -> Matter:
    """The same link after something happened."""
    opening = Opening(matter.token, matter.chosen, matter.services, matter.session, matter.now, matter.today)
    link = Link(number=matter.number, letter=matter.letter.id, purpose=matter.purpose)
    return await opening.matter(link)


async def said(lookup: Lookup, note: Id | None) -> str:
    """The text of a note; nothing where there is none."""
    try:
        return await lookup.note(note) if note else ""
    except NotOnRecord:
        return ""


async def contact_of(lookup: Lookup, state: MonitoringState) -> Contact:
    """The conductor as the registry knows it today."""
    try:
        body = await lookup.body(state.lead.organisation)
    except NotOnRecord:
        return Contact(name=state.lead.organisation)
    return Contact(
        name=named(body, lookup.language), email=body.email, phone=body.phone, address=body.address
    )


async def _recipient(session: AsyncSession, lookup: Lookup, letter: Letter) -> str:
    """A body's or a council's name in the page's language, which may not be the letter's."""
    match letter.recipient_kind:
        case RecipientKind.ORGANISATION:
            body = await organisation_on(session, letter.recipient, lookup.today)
            return named(body, lookup.language) if body else ""
        case RecipientKind.COUNCIL:
            council = await session.get(CouncilRow, letter.recipient)
            return named(council, lookup.language) if council else ""
        case _:
            return ""


async def _expired(session: AsyncSession, link: Link, today: date) -> Stopped:
    """An expired link tells nothing but that, and whom to write to."""
    row = await session.get(MonitoringRow, link.number)
    if row is None:
        return Stopped(StopKind.INVALID)
    state = MonitoringState.model_validate(row.state)
    letter = state.letters.get(link.letter)
    known = await resolve(session, letter, today) if letter else None
    language = known.language if known else Language.KK
    contact = await contact_of(Lookup(session, language, today), state)
    return Stopped(StopKind.EXPIRED, language=language, contact=contact, number=link.number)

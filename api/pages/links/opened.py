"""A letter's link as somebody opened it: what it is for, for whom, in which language."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Final, NamedTuple

from fastapi import Depends, Path, Request
from sqlalchemy import ColumnElement, Text, bindparam, cast, outerjoin, true
from sqlalchemy import select as columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import plainly
from activities.letters.conductor import leading_contact, leading_name
from activities.letters.minting import given_out, was_given_out
from activities.record.as_kept import state_as_kept
from activities.registries.lookup import Lookup, NotOnRecord
from activities.registries.recipients import Recipient, named, resolve
from activities.registries.remembered import seen
from activities.registries.successions import standing_on
from api.access.trying import wait_to_try, was_wrong
from api.commands.idempotency import RequestKey
from api.http.deps import Now, Session, Today
from api.pages.forms.bench import KnownForm
from api.pages.forms.drafts import Drafts
from api.pages.forms.keys import key_of
from api.pages.forms.typed import Typed
from api.pages.links.form_names import FormName
from api.pages.links.matter import Matter
from api.pages.links.together import Together, together
from api.pages.site.routing import language_asked
from api.pages.site.stopping import Contact, StopKind, Stopped
from api.services.services import AnyServices, Services
from locales.catalogue import text
from models.letters.check_words import check_word
from models.letters.letter import Letter
from models.letters.links import BadLink, Link, verify
from models.letters.purposes import LINKS
from models.monitoring.state import MonitoringState
from models.proof.chain import Head
from models.tables.councils import CouncilRow
from models.tables.monitorings import MonitoringRow
from models.tables.registries import RegistriesRow
from models.vocabulary.actors import Actor
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language

_LONGEST_TOKEN: Final = 400
_SUBJECT: Final = 40  # of a token: which letter it says it is for, whatever its signature
_ON_RECORD: Final = columns(
    col(RegistriesRow.version),
    cast(MonitoringRow.state, Text),
    col(MonitoringRow.seq),
    col(MonitoringRow.head_hash),
).select_from(outerjoin(RegistriesRow, MonitoringRow, col(MonitoringRow.number) == bindparam("number")))


@dataclass(frozen=True, kw_only=True)
class OpenedLink(Matter):
    """A letter's link as somebody opened it: the one request behind it."""

    folder: ClassVar = "r"
    at_once: ClassVar = True

    token: str
    chosen: Language | None
    head: Head
    together: Together

    @property
    def check_word(self) -> str:
        """The word beside the letter's number, by which it is checked."""
        return check_word(self.services.settings.link_secrets()[0], self.number, self.letter.id)

    def actor(self) -> Actor:
        """Whoever holds the link speaks for its recipient."""
        body = self.letter.recipient_kind in {RecipientKind.ORGANISATION, RecipientKind.HEAD}
        return Actor(
            role=LINKS[self.purpose].role,
            letter=self.letter.id,
            organisation=self.letter.recipient if body else None,
        )

    @property
    def back(self) -> str:
        return self.address()

    def address_of(self, form: KnownForm, *parts: str, **query: str) -> str:
        side = () if form.name == FormName.ANSWER else ("form", form.name)
        return self.address(*side, *parts, **query)

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        """What adds to an answer is confirmed where that is read."""
        added = form.name in {FormName.AMENDMENT, FormName.EXCERPT}
        return self.address("done") if added else self.address_of(form, "done")

    def around(self, form: KnownForm) -> dict[str, object]:
        key = f"page.{form.key}"
        return {
            "matter": self,
            "key": key,
            "here": self.address_of(form).partition("?")[0],
            "main_page": self.back,
            "title": text(self.language, f"{key}.title"),
        }

    async def again(self) -> "OpenedLink":
        opening = Opening(self.token, self.chosen, self.services, self.session, self.now, self.today)
        link = Link(number=self.number, letter=self.letter.id, purpose=self.purpose)
        read, _ = await opening.read(link, true())
        return await opening.matter(link, read)

    async def key(self, asked: str, typed: Typed) -> RequestKey:
        """One key per letter and asking, the same for everybody who holds the link.

        What was typed is no part of it: of two colleagues the first one counts, and the other is shown what
        it said.
        """
        return await key_of(self.session, f"{self.number}/{self.letter.id}", asked)

    @property
    def own(self) -> str:
        """Who has this very link, among all whose links ask the same."""
        return self.actor().holder(self.to.mark)

    @property
    def holder(self) -> str:
        """Everybody whose link asks the same: under the first of the letters."""
        return self.holders[0]

    @property
    def holders(self) -> tuple[str, ...]:
        return tuple(f"{self.number}/{letter}" for letter in self.together.letters)

    def reader_of(self, holder: str) -> str:
        first, *_ = self.together.letters
        readers = self.together.readers
        return readers.get(holder.removeprefix(f"{self.number}/")) or readers.get(first) or self.recipient

    def drafts(self, form: KnownForm, typed: Typed) -> Drafts:
        return self.drafts_of(form.name)

    def drafts_of(self, name: str) -> Drafts:
        """By the form's name. To whom a letter is handed on, each who has it types alone."""
        if name == FormName.HANDING_ON:
            return Drafts(self.session, self.own, name, self.now)
        first, *also = self.holders
        own = self.own if also else ""
        return Drafts(self.session, first, name, self.now, tuple(also), own)

    @property
    def query(self) -> str:
        return f"?lang={self.chosen.value}" if self.chosen else ""

    def address(self, *parts: str, **query: str) -> str:
        """An address behind this link; a language that was chosen stays chosen."""
        path = "/".join(("/r", self.token, *parts))
        words = {**({"lang": self.chosen.value} if self.chosen else {}), **query}
        return path + ("?" + "&".join(f"{name}={value}" for name, value in words.items()) if words else "")


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
    ) -> OpenedLink:
        """Raises Stopped: invalid (404, the same for everything we did not sign) or expired (410).

        A genuine link never waits. Raises TooMany after many that were not.
        """
        settings = services.settings
        try:
            link = verify(settings.link_secrets(), token, settings.link_days)
        except BadLink as bad:
            if bad.link is not None and await was_given_out(session, bad.link):
                raise await _expired(session, bad.link, today) from None
            raise await _not_ours(request, token) from None
        opening = Opening(token, language_asked(request), services, session, now, today)
        await plainly(session)
        read, given = await opening.read(link, given_out(link))
        if not given:
            await session.rollback()  # nobody waits with a connection
            raise await _not_ours(request, token)
        matter = await opening.matter(link, read)
        request.state.language = matter.language  # of the page that stops this request, should one have to
        return matter


async def _not_ours(request: Request, token: str) -> Stopped:
    """After many of them they are looked at later. Raises TooMany."""
    subject = f"link/{token[:_SUBJECT]}"
    await wait_to_try(request, subject)
    was_wrong(request, subject)
    return Stopped(StopKind.INVALID)


AnyOpenedLink = Annotated[OpenedLink, Depends(LinkPolicy())]


class OnRecord(NamedTuple):
    """How a monitoring stands: its state as it is recorded, and the head of its chain."""

    state: str
    head: Head


@dataclass(frozen=True)
class Opening:
    """Looks up what a genuine link is about."""

    token: str
    chosen: Language | None
    services: Services
    session: AsyncSession
    now: datetime
    today: date

    async def read(self, link: Link, given: ColumnElement[bool]) -> tuple[OnRecord | None, bool]:
        """What a link is about, as it stands, and something that is asked besides; in one statement."""
        connection = await self.session.connection()
        asked = _ON_RECORD.add_columns(given)
        version, state, seq, head_hash, so = (await connection.execute(asked, {"number": link.number})).one()
        seen(self.session, version)
        return (OnRecord(state, Head(seq=seq, hash=head_hash)) if state is not None else None), bool(so)

    async def matter(self, link: Link, read: OnRecord | None) -> OpenedLink:
        """Raises Stopped (invalid) for a letter that is not there or is for something else."""
        if read is None:
            raise Stopped(StopKind.INVALID)
        recorded, head = read
        state = state_as_kept(recorded)
        letter = state.letters.get(link.letter)
        if letter is None or letter.purpose is not link.purpose:
            raise Stopped(StopKind.INVALID)
        known = await resolve(self.session, letter, self.today)
        language = self.chosen or (known.language if known else Language.KK)
        lookup = Lookup(self.session, language, self.today)
        body = await recipient_named(self.session, lookup, letter)
        return OpenedLink(
            token=self.token,
            chosen=self.chosen,
            language=language,
            state=state,
            letter=letter,
            head=head,
            title=await said(lookup, state.title),
            recipient=_reader(lookup, letter, known, body),
            together=await together(self.session, state, letter, language, body),
            contact=await contact_of(lookup, state),
            services=self.services,
            session=self.session,
            now=self.now,
            today=self.today,
        )


async def said(lookup: Lookup, note: Id | None) -> str:
    """The text of a note; nothing where there is none."""
    try:
        return await lookup.note(note) if note else ""
    except NotOnRecord:
        return ""


async def contact_of(lookup: Lookup, state: MonitoringState) -> Contact:
    """Whoever leads it: the body that registered it, and whoever came after it; how to reach them today."""
    leading = await leading_contact(lookup, state)
    return Contact.model_validate({**leading.model_dump(), "name": await leading_name(lookup, state)})


async def reader_named(session: AsyncSession, lookup: Lookup, letter: Letter, known: Recipient | None) -> str:
    """Whom a letter is for; with the colleague there who got it, where it was handed on."""
    return _reader(lookup, letter, known, await recipient_named(session, lookup, letter))


def _reader(lookup: Lookup, letter: Letter, known: Recipient | None, body: str) -> str:
    if letter.colleague is None or not body or known is None:
        return body or (known.name if known else letter.recipient)
    return text(lookup.language, "letter.for_colleague", name=known.name, body=body)


async def recipient_named(session: AsyncSession, lookup: Lookup, letter: Letter) -> str:
    """A body's or a council's name in the page's language, which may not be the letter's."""
    match letter.recipient_kind:
        case RecipientKind.ORGANISATION | RecipientKind.HEAD:
            body = await standing_on(session, letter.recipient, lookup.today)
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

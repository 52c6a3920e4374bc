"""Looking things up for one reader: in their language, as the registries stand on one day."""

import json
from datetime import UTC, date
from functools import partial

from pydantic import AwareDatetime, TypeAdapter
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.names_today import names_today
from activities.registries.recipients import named, resolve
from activities.registries.remembered import remembered
from activities.registries.successions import standing_on
from locales.catalogue import text
from locales.spoken import marked, wording_said
from models.events import CorrectionBegun, Entry, Event, ReportAnswered
from models.letters.letter import Letter
from models.report.content import Wording
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.tables.content import NoteRow
from models.tables.councils import CouncilRow
from models.tables.journal import EntryRow
from models.tables.people import PersonRow
from models.vocabulary.actors import Actor
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Sha256

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_INSTANT: TypeAdapter[AwareDatetime] = TypeAdapter(AwareDatetime)


class NotOnRecord(LookupError):
    """Something a recorded event refers to is missing: the message names its kind only."""


class Lookup:
    """`today` is the local date."""

    def __init__(self, session: AsyncSession, language: Language, today: date) -> None:
        self.session = session
        self.language = language
        self.today = today

    async def note(self, sha256: Sha256) -> str:
        """A text somebody typed, as typed; a wording in the reader's language. One in another is marked."""
        written = await note_kept(self.session, sha256)
        if written is None:
            raise NotOnRecord("note")
        body = json.loads(written)
        if "text" in body:
            return marked(self.language, str(body["text"]))
        return wording_said(self.language, Wording.model_validate(body))

    async def body(self, organisation: Id) -> OrganisationVersionRow:
        """A body, or whoever stands for one that is no more. Raises `NotOnRecord` where there is nobody."""
        row = await standing_on(self.session, organisation, self.today)
        if row is None:
            raise NotOnRecord("organisation")
        return row

    async def name(self, organisation: Id) -> str:
        """A body by its own name, beside it whoever stands for it today, or that it is abolished."""
        known = await names_today(self.session, self.today, (organisation,))
        return known[organisation].best(self.language) if organisation in known else organisation

    async def recipient(self, letter: Letter) -> str:
        """Whom a letter is for, by the name in the reader's language; by the id where none is known.

        Where it was handed on, the colleague and the body.
        """
        body = await self._recipient(letter)
        known = await resolve(self.session, letter, self.today) if letter.colleague else None
        return text(self.language, "letter.for_colleague", name=known.name, body=body) if known else body

    async def _recipient(self, letter: Letter) -> str:
        match letter.recipient_kind:
            case RecipientKind.ORGANISATION | RecipientKind.HEAD:
                row = await standing_on(self.session, letter.recipient, self.today)
                return named(row, self.language) if row else await self.name(letter.recipient)
            case RecipientKind.COUNCIL:
                council = await self.session.get(CouncilRow, letter.recipient)
                return named(council, self.language) if council else letter.recipient
        known = await resolve(self.session, letter, self.today)
        return known.name if known else letter.recipient

    async def account(self, account: Id) -> str:
        """An account by the name of its person; nothing where it is not known."""
        named_by = select(PersonRow.name).join(AccountRow, col(AccountRow.person) == col(PersonRow.id))
        return (await self.session.exec(named_by.where(col(AccountRow.id) == account))).first() or ""

    async def entry(self, workflow_id: str, seq: int) -> Entry:
        """One line of the journal."""
        row = await self.session.get(EntryRow, (workflow_id, seq))
        if row is None:
            raise NotOnRecord("entry")
        return entry_of(row)

    async def correction_before(self, workflow_id: str, seq: int) -> CorrectionBegun | None:
        """The last decision to correct the report that precedes an entry (A12)."""
        rows = (
            select(EntryRow)
            .where(col(EntryRow.workflow_id) == workflow_id, col(EntryRow.seq) < seq)
            .where(col(EntryRow.type) == CorrectionBegun.model_fields["type"].default)
            .order_by(col(EntryRow.seq).desc())
        )
        row = (await self.session.exec(rows.limit(1))).first()
        event = entry_of(row).event if row else None
        return event if isinstance(event, CorrectionBegun) else None

    async def has_replied(self, workflow_id: str, addressee: Id) -> bool:
        """Whether a body ever replied to the report, whichever version it was."""
        replies = (
            select(EntryRow.seq)
            .where(col(EntryRow.workflow_id) == workflow_id)
            .where(col(EntryRow.type) == ReportAnswered.model_fields["type"].default)
            .where(col(EntryRow.event)["addressee"].astext == addressee)
        )
        return (await self.session.exec(replies.limit(1))).first() is not None


async def note_kept(session: AsyncSession, sha256: Sha256) -> str | None:
    """What a note says, as it was kept: under its hash it says the same for ever. None where it lacks."""
    return await remembered(session, ("note", sha256), partial(_note, session, sha256))


async def _note(session: AsyncSession, sha256: Sha256) -> str | None:
    row = await session.get(NoteRow, sha256)
    return row.body if row else None


def written_of(row: EntryRow) -> dict[str, object]:
    """The entry of a row as it was written and hashed, not as today's models would write it."""
    return {
        "seq": row.seq,
        "at": _INSTANT.dump_python(row.at.astimezone(UTC), mode="json"),
        "actor": row.actor,
        "command": row.command_id,
        "event": row.event,
    }


def entry_of(row: EntryRow) -> Entry:
    """The entry a row of the journal holds. Raises ValidationError for one that is none."""
    return Entry(
        seq=row.seq,
        at=row.at,
        actor=Actor.model_validate(row.actor),
        command=row.command_id,
        event=_EVENT.validate_python(row.event),
    )

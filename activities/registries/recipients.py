"""Who a letter's recipient id stands for today: name, address and language, from the registries."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from email_validator import EmailNotValidError, validate_email
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.registries.bodies import organisation_on
from activities.registries.successions import standing_on
from models.letters.letter import Letter
from models.letters.post import UndeliveredReason
from models.report.notes import ColleagueNote
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.tables.content import NoteRow
from models.tables.councils import CouncilRow
from models.tables.people import PersonRow
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Role, Sha256

_NOTES: Final = select(NoteRow)


class Recipient(Model):
    """Whom the letter names, and where it goes; `address` is empty where none is on file."""

    name: str
    address: str
    language: Language


async def resolve(
    session: AsyncSession, letter: Letter, today: date, aside: Collection[Id] = ()
) -> Recipient | None:
    """The recipient as of a local date; None if the registries do not know it.

    A letter that was handed on goes where whoever had it said; one to the head never to a head who has
    stepped `aside`.
    """
    if letter.colleague is not None:
        return await _colleague(session, letter.colleague)
    match letter.recipient_kind:
        case RecipientKind.ORGANISATION:
            return await _organisation(session, letter.recipient, today)
        case RecipientKind.PERSON:
            return await _person(session, letter.recipient)
        case RecipientKind.COUNCIL:
            return await _council(session, letter.recipient)
        case RecipientKind.ACCOUNT:
            return await _account(session, letter.recipient, today)
        case RecipientKind.HEAD:
            return await _head(session, letter.recipient, today, aside)


def usable(address: str) -> str | UndeliveredReason:
    """The address as the mail server wants it (domain in ASCII), or why there is none to write to."""
    if not address.strip():
        return UndeliveredReason.NO_ADDRESS
    try:
        checked = validate_email(address.strip(), check_deliverability=False)
    except EmailNotValidError:
        return UndeliveredReason.BAD_ADDRESS
    return checked.ascii_email or f"{checked.local_part}@{checked.ascii_domain}"


def named(row: OrganisationVersionRow | CouncilRow, language: Language) -> str:
    """A body's name in a language; Kazakh where it has none in it."""
    name = {Language.KK: row.name_kk, Language.RU: row.name_ru, Language.EN: row.name_en}[language]
    return name or row.name_kk or row.name_ru


async def colleagues_on_file(
    session: AsyncSession, notes: Iterable[Sha256 | None]
) -> dict[Sha256, ColleagueNote]:
    """To whom letters were handed on, by the hashes that the letters bear."""
    wanted = {note for note in notes if note is not None}
    rows = await rows_among(session, _NOTES, col(NoteRow.sha256), wanted)
    return {row.sha256: ColleagueNote.model_validate_json(row.body) for row in rows}


async def _colleague(session: AsyncSession, note: Sha256) -> Recipient | None:
    known = (await colleagues_on_file(session, (note,))).get(note)
    if known is None:
        return None
    return Recipient(name=known.name, address=known.email, language=known.language)


async def _organisation(session: AsyncSession, organisation: Id, today: date) -> Recipient | None:
    body = await standing_on(session, organisation, today)
    if body is None:
        return None
    language = Language(body.language)
    return Recipient(name=named(body, language), address=body.email, language=language)


async def _person(session: AsyncSession, person: Id) -> Recipient | None:
    row = await session.get(PersonRow, person)
    if row is None:
        return None
    return Recipient(name=row.name, address=row.email, language=Language(row.language))


async def _account(session: AsyncSession, known: Id, today: date) -> Recipient | None:
    """Whoever has the account; the body's own address where that is closed, or has no address on file.

    An account ends with its body: then it is written to whoever stands for that.
    """
    account = await session.get(AccountRow, known)
    if account is None:
        return None
    there = await organisation_on(session, account.organisation, today) is not None
    person = await _person(session, account.person) if account.active and there else None
    if person is not None and person.address:
        return person
    return await _organisation(session, account.organisation, today)


async def _council(session: AsyncSession, council: Id) -> Recipient | None:
    """A council is written to through its secretary, and addressed by its own name."""
    row = await session.get(CouncilRow, council)
    secretary = await _person(session, row.secretary) if row else None
    if row is None or secretary is None:
        return None
    return secretary.model_copy(update={"name": named(row, secretary.language)})


async def _head(
    session: AsyncSession, organisation: Id, today: date, aside: Collection[Id]
) -> Recipient | None:
    """The head's own account, else the body's address: a letter to the head is never lost for want of one."""
    account = await head_account(session, organisation, today, aside)
    head = await _person(session, account.person) if account else None
    if head is not None and head.address:
        return head
    return await _organisation(session, organisation, today)


async def head_account(
    session: AsyncSession, organisation: Id, today: date, aside: Collection[Id] = ()
) -> AccountRow | None:
    """The account of the head of whoever stands for a body, who did not step `aside`; none where it has no
    such account in use."""
    body = await standing_on(session, organisation, today)
    if body is None:
        return None
    heads = (
        select(AccountRow)
        .where(col(AccountRow.organisation) == body.organisation)
        .where(col(AccountRow.role) == Role.HEAD.value)
        .where(col(AccountRow.active).is_(True), col(AccountRow.id).not_in(aside))
        .order_by(col(AccountRow.id))
    )
    return (await session.exec(heads.limit(1))).first()

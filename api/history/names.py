"""Names for ids, resolved when somebody reads: the journal holds ids only, the registries hold the names."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.registries.bodies import names_of
from activities.registries.names_today import names_today
from activities.registries.recipients import colleagues_on_file, named
from locales.catalogue import text
from locales.terms import term
from models.letters.letter import Letter
from models.tables.accounts import AccountRow
from models.tables.councils import CouncilRow
from models.tables.people import PersonRow
from models.timeline.sayings import Mention
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Role, Sha256

_PEOPLE: Final = select(PersonRow.id, PersonRow.name)
_COUNCILS: Final = select(CouncilRow)
_PEOPLE_OF_ACCOUNTS: Final = select(AccountRow.id, PersonRow.name).join(
    PersonRow, col(PersonRow.id) == col(AccountRow.person)
)


class Names(Model):
    """What is called how, in one language; whatever the registries do not know keeps its id."""

    language: Language
    found: Mapping[Mention, str]
    colleagues: Mapping[Sha256, str] = {}
    """To whom letters were handed on, by the hashes that the letters bear."""

    def of(self, mention: Mention) -> str:
        return self.found.get(mention) or mention.id

    def reader_of(self, letter: Letter) -> str:
        """Its recipient; with the colleague there who got it, where it was handed on."""
        body, colleague = self.of(recipient_of(letter)), self.colleagues.get(letter.colleague or "")
        return text(self.language, "letter.for_colleague", name=colleague, body=body) if colleague else body


async def names_for(
    session: AsyncSession,
    language: Language,
    today: date,
    mentions: Iterable[Mention],
    letters: Iterable[Letter] = (),
) -> Names:
    """The names of all that is mentioned, one query per registry; `today` is the local date.

    Of `letters` the recipients, and the colleagues to whom they were handed on.
    """
    told = tuple(letters)
    mentions = (*mentions, *(recipient_of(letter) for letter in told))
    colleagues = await colleagues_on_file(session, (letter.colleague for letter in told))
    wanted: dict[RecipientKind, set[Id]] = {kind: set() for kind in RecipientKind}
    former: set[Id] = set()
    for mention in mentions:
        (former if mention.by_own_name else wanted[mention.registry]).add(mention.id)
    heads = wanted[RecipientKind.HEAD]
    bodies = await names_today(session, today, wanted[RecipientKind.ORGANISATION] | heads)
    bodies_said = {body: wording.best(language) for body, wording in bodies.items()}
    head = term(language, Role.HEAD)
    said = {
        RecipientKind.ORGANISATION: bodies_said,
        RecipientKind.HEAD: {body: f"{bodies_said.get(body, body)}, {head}" for body in heads},
        RecipientKind.PERSON: await _people(session, wanted[RecipientKind.PERSON]),
        RecipientKind.COUNCIL: await _councils(session, language, wanted[RecipientKind.COUNCIL]),
        RecipientKind.ACCOUNT: await people_named(session, wanted[RecipientKind.ACCOUNT]),
    }
    found = {
        Mention(registry=kind, id=known): name
        for kind, names in said.items()
        for known, name in names.items()
    }
    for body, wording in (await names_of(session, today, former)).items() if former else ():
        known = Mention(registry=RecipientKind.ORGANISATION, id=body, by_own_name=True)
        found[known] = wording.best(language)
    named_so = {sha256: known.name for sha256, known in colleagues.items()}
    return Names(language=language, found=found, colleagues=named_so)


async def people_named(session: AsyncSession, accounts: Iterable[Id]) -> dict[Id, str]:
    """People by the accounts they acted with."""
    return dict(await rows_among(session, _PEOPLE_OF_ACCOUNTS, col(AccountRow.id), accounts))


def recipient_of(letter: Letter) -> Mention:
    """The body or person a letter is for, whoever of them reads it."""
    return Mention(registry=letter.recipient_kind, id=letter.recipient)


async def _people(session: AsyncSession, people: set[Id]) -> dict[Id, str]:
    return dict(await rows_among(session, _PEOPLE, col(PersonRow.id), people))


async def _councils(session: AsyncSession, language: Language, councils: set[Id]) -> dict[Id, str]:
    rows = await rows_among(session, _COUNCILS, col(CouncilRow.id), councils)
    return {row.id: named(row, language) for row in rows}

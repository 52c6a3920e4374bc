"""An account is opened: its holder is told, and of a head's account every other head of the body."""

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import names_of
from activities.registries.holders import holder_of
from activities.registries.local_day import local_day
from activities.registries.names_today import names_today
from activities.service_letters.letter import ServiceLetter, ServiceWords
from activities.service_letters.post import Became
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.settings.environment import Settings
from models.tables.accounts import AccountRow
from models.tables.grants import GrantRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Language, Role
from models.vocabulary.service_letters import ServiceLetterKind, ServiceLetterOutcome


class AccountLetters:
    """Writes both kinds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def letter(
        self, session: AsyncSession, row: ServiceLetterRow, now: datetime
    ) -> ServiceLetter | ServiceLetterOutcome:
        """To the account that the row names, about the line of the log of grants that it names. To nobody
        where either account has ended meanwhile."""
        grant = await session.get(GrantRow, int(row.about))
        reader = await session.get(AccountRow, row.listed[0])
        given = await session.get(AccountRow, grant.account) if grant else None
        if grant is None or given is None or reader is None or not (given.active and reader.active):
            return ServiceLetterOutcome.NOBODY
        person, holder = await holder_of(session, reader.id), await holder_of(session, given.id)
        assert person is not None, "an account has its person"
        assert holder is not None, "an account has its person"
        language = Language(person.language)
        body = (grant.organisation,)
        # A body may have accounts before its first day: then it is called as it will be.
        bodies = await names_of(session, date.max, body) | await names_today(session, local_day(now), body)
        said = {
            "person": holder.name,
            "body": bodies[grant.organisation].best(language),
            "role": term(language, Role(grant.role)),
            "act": grant.act,
            "date": say_day(language, grant.act_dated) if grant.act_dated else "",
        }
        own = row.kind == ServiceLetterKind.ACCOUNT_OPENED.value

        def say(key: str) -> str:
            return text(language, f"account.{'opened' if own else 'head_beside'}.{key}", **said)

        public, address = self._settings.public_url.rstrip("/"), "/sign-in" if own else "/staff"
        words = ServiceWords(
            language=language,
            subject=say("subject"),
            writes=text(language, "account.writes", name=person.name),
            ask=say("ask"),
            lines=(text(language, "account.act", **said),) if grant.act else (),
            button=say("button"),
            link=f"{public}{address}?lang={language.value}",
            anywhere=text(language, "account.opened.anywhere") if own else "",
            if_not=text(language, "account.if_not"),
            automatic=text(language, "account.automatic"),
        )
        return ServiceLetter(address=person.email, words=words)

    async def settled(
        self, session: AsyncSession, row: ServiceLetterRow, became: Became, now: datetime
    ) -> None:
        """Nothing follows: the log of grants says who was given which account."""

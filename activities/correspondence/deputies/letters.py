"""Both are told of a deputy: whoever is stood in for, and whoever stands in."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.deputies import deputyship_by_id
from activities.registries.holders import holder_of
from activities.service_letters.letter import ServiceLetter, ServiceWords
from activities.service_letters.post import Became
from locales.catalogue import text
from locales.dates import say_day, say_instant
from models.settings.environment import Settings
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Language
from models.vocabulary.service_letters import ServiceLetterKind, ServiceLetterOutcome


class DeputyLetters:
    """Writes both kinds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def letter(
        self, session: AsyncSession, row: ServiceLetterRow, now: datetime
    ) -> ServiceLetter | ServiceLetterOutcome:
        """To the one of the two that the row names."""
        of = await deputyship_by_id(session, row.about)
        reader = await holder_of(session, row.listed[0])
        if of is None or reader is None:
            return ServiceLetterOutcome.NOBODY
        whose, deputy = await holder_of(session, of.account), await holder_of(session, of.deputy)
        language = Language(reader.language)
        named = row.kind == ServiceLetterKind.DEPUTY_NAMED.value
        said = {
            "whose": whose.name if whose else of.account,
            "deputy": deputy.name if deputy else of.deputy,
            "first": say_day(language, of.first_day),
            "last": say_day(language, of.last_day),
            "act": of.act,
            "date": say_day(language, of.dated),
            "at": say_instant(language, of.ended_at) if of.ended_at else "",
        }

        def say(key: str) -> str:
            return text(language, f"deputy.{'named' if named else 'ended'}.{key}", **said)

        words = ServiceWords(
            language=language,
            subject=say("subject"),
            writes=text(language, "deputy.writes", name=reader.name),
            ask=say("ask"),
            lines=(say("line"),),
            button=text(language, "deputy.button"),
            link=f"{self._settings.public_url.rstrip('/')}/staff/deputies?lang={language.value}",
            if_not=say("if_not") if named else "",
            automatic=text(language, "deputy.automatic"),
        )
        return ServiceLetter(address=reader.email, words=words)

    async def settled(
        self, session: AsyncSession, row: ServiceLetterRow, became: Became, now: datetime
    ) -> None:
        """Nothing follows: the page says who stands in for whom."""

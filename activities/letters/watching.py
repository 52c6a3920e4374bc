"""What whoever coordinates is told: what others did, and since when nobody did anything."""

from activities.letters.lines import in_lines
from activities.registries.lookup import Lookup
from locales.catalogue import text
from locales.dates import say_date, say_day
from models.events import Entry, MonitoringRested, News, NewsGathered
from models.letters.letter import ordered
from models.vocabulary.letters import LetterKind


async def news_said(lookup: Lookup, cause: Entry) -> str | None:
    """Each thing on a line, in the order in which it happened."""
    if not isinstance(cause.event, NewsGathered):
        return None
    return in_lines([await _said(lookup, news) for news in cause.event.news])


def rests_since_said(lookup: Lookup, cause: Entry) -> str | None:
    event = cause.event
    return say_date(lookup.language, event.since) if isinstance(event, MonitoringRested) else None


async def _said(lookup: Lookup, news: News) -> str:
    """Whoever did it is named as in a letter that would go there."""
    who = ""
    if news.who is not None:
        known = ordered(LetterKind.NEWS_GATHERED, news.who, news.who_kind, news.who)
        who = await lookup.recipient(known)
    until = say_day(lookup.language, news.until) if news.until else ""
    key = f"letter.news.{news.type}"
    return text(lookup.language, key, who=who, version=news.version, until=until)

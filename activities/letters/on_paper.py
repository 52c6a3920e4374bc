"""What came on paper, and under which number the addressee registered what it was sent."""

from activities.registries.lookup import Lookup
from locales.catalogue import text
from locales.dates import say_date
from models.events import Entry
from models.monitoring.state import Addressee
from models.timeline.ways import AnswerWay, way_of
from models.vocabulary.procedure import Id, Language
from models.vocabulary.succession import Successions


def incoming_said(language: Language, addressee: Addressee) -> str | None:
    """None while it is not known to have been received."""
    if addressee.acknowledged_on is None:
        return None
    date = say_date(language, addressee.acknowledged_on)
    if addressee.incoming_number is None:
        return date
    return text(language, "letter.incoming", incoming_number=addressee.incoming_number, date=date)


async def recorded_said(
    lookup: Lookup, cause: Entry, responsible: Id, successions: Successions
) -> str | None:
    """Who wrote down what came on paper, and which paper it was; nothing where the body answered itself."""
    if way_of(cause, successions) is not AnswerWay.ON_PAPER:
        return None
    actor = cause.actor
    who = await lookup.account(actor.account) if actor.account else ""
    body = await lookup.name(actor.organisation or responsible)
    recorded = ", ".join(each for each in (who, body) if each)
    if actor.on_behalf is None:
        return text(lookup.language, "letter.recorded", recorded_by=recorded)
    date = say_date(lookup.language, actor.on_behalf.dated)
    return text(
        lookup.language, "letter.recorded_from", recorded_by=recorded, act=actor.on_behalf.act, date=date
    )

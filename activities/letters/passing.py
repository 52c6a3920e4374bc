"""In whose place a letter comes to its reader, and what passed on to it (decision 0017)."""

from activities.letters.about import About
from activities.letters.follow_up import item_named
from activities.letters.lines import in_lines
from activities.registries.bodies import names_of
from activities.registries.lookup import Lookup, note_kept
from activities.registries.successions import known_successions
from locales.catalogue import text
from locales.dates import say_date, say_day
from models.events import BodySucceeded
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.monitoring.items import day_of, items_for
from models.monitoring.matters import Matter, MatterKind
from models.monitoring.passed_on import passed_on
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Id, Language
from models.vocabulary.succession import stands_for


async def recipient_said(about: About, lookup: Lookup, name: str) -> str:
    """The reader's name; with the body in whose place it reads, where that is no more."""
    if about.letter.colleague is not None:
        body = await lookup.name(about.letter.recipient)
        name = text(lookup.language, "letter.for_colleague", name=name, body=body)
    before = await _in_place_of(lookup, about.state, about.letter)
    if before is None:
        return name
    known = await names_of(lookup.session, lookup.today, (before,))
    was = known[before].best(lookup.language) if before in known else before
    return text(lookup.language, "letter.in_place_of", name=name, body=was)


async def _in_place_of(lookup: Lookup, state: MonitoringState, letter: Letter) -> Id | None:
    """The body that the matter began with; by the registry, where nobody was told when it was ordered."""
    body = _began_with(state, letter)
    if body is None or body != letter.recipient:
        return body
    return None if stands_for(await known_successions(lookup.session, lookup.today), body) == body else body


def _began_with(state: MonitoringState, letter: Letter) -> Id | None:
    """The body that was first asked what the letter is about; None where it is about nobody's matter."""
    of_body = letter.recipient_kind in {RecipientKind.ORGANISATION, RecipientKind.HEAD}
    if not of_body or LETTERS[letter.kind].to_staff:
        return None
    if letter.kind is LetterKind.SUCCESSION_TOLD and letter.purpose is None:
        return letter.subject
    request = state.requests.get(letter.subject)
    if request is not None:
        return request.holder
    parties = (*state.addressees, *state.co_conductors)
    return letter.subject if letter.subject in parties else None


async def passed_on_said(about: About, lookup: Lookup) -> str | None:
    """Each matter on a line, as it stands now."""
    if not isinstance(about.cause.event, BodySucceeded):
        return None
    matters = passed_on(about.state, about.cause.event)
    return in_lines([_said(lookup.language, about.state, matter) for matter in matters]) if matters else None


async def act_said(about: About, lookup: Lookup) -> str | None:
    """The act in the words in which it was put on record; None where there is none."""
    event = about.cause.event
    if not isinstance(event, BodySucceeded) or event.reason is None:
        return None
    known = await note_kept(lookup.session, event.reason)
    return await lookup.note(event.reason) if known else None


async def since_said(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    return say_date(lookup.language, event.since) if isinstance(event, BodySucceeded) else None


def _said(language: Language, state: MonitoringState, matter: Matter) -> str:
    key = f"letter.passed_on.{matter.kind.value}"
    due = say_day(language, matter.due_on) if matter.due_on else ""
    if matter.kind is not MatterKind.ADDRESSED:
        return text(language, key, due=due)
    addressee = state.addressees[matter.subject or ""]
    said = text(language, key, version=addressee.version, date=say_day(language, addressee.dispatched_on))
    parts = [said, *(_item(language, state, item) for item in items_for(state, matter.subject or ""))]
    if addressee.answered_on is not None:
        parts.append(text(language, f"{key}.answered", date=say_day(language, addressee.answered_on)))
    elif due:
        parts.append(text(language, f"{key}.due", due=due))
    return "; ".join(parts)


def _item(language: Language, state: MonitoringState, item: Id) -> str:
    """An item of the decision as the report numbers it, with its day where one is set."""
    name, day = item_named(language, state, item), day_of(state, state.items[item])
    return text(language, "letter.item.by", item=name, date=say_day(language, day)) if day else name

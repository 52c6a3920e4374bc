"""The particulars of a letter, each a label and a value in the reader's language."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from typing import Final

from activities.letters.about import About
from activities.letters.conductor import leading_contact
from activities.letters.follow_up import claims_counted, item_named, items_awaited
from activities.letters.handing import OF_HANDING, handed_on_said
from activities.letters.on_paper import incoming_said, recorded_said
from activities.letters.passing import act_said, passed_on_said, recipient_said, since_said
from activities.letters.reasons import reason_said
from activities.letters.undelivered import undelivered_facts
from activities.letters.watching import news_said, rests_since_said
from activities.registries.lookup import Lookup, NotOnRecord
from locales.catalogue import plural, text
from locales.dates import say_date, say_instant, say_period
from locales.terms import term
from models.events import (
    ConductConfirmed,
    ConductDeclined,
    ConsiderationRecorded,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    ImplementationJudged,
    ImplementationReported,
    InformationRequestAnswered,
    InvitationAnswered,
    ReplyAmended,
    ReplyTermExtended,
    ReportAnswered,
)
from models.letters.kinds import LETTERS
from models.letters.row import FactName
from models.monitoring.asked import asked_by
from models.monitoring.letters import seq_of
from models.monitoring.state import Member
from models.vocabulary.base import Model
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import (
    Conducting,
    Consent,
    Ground,
    ItemKind,
    Language,
    Response,
    monitoring_workflow_id,
)


class Fact(Model):
    label: str
    value: str


Builder = Callable[[About, Lookup], Awaitable[str | None]]


async def facts_of_letter(about: About, recipient: str, lookup: Lookup) -> tuple[Fact, ...]:
    """What everybody is told, then what belongs to this kind of letter; what is not known is left out."""
    language, state = lookup.language, about.state
    values: list[tuple[FactName, str | None]] = [
        (FactName.RECIPIENT, await recipient_said(about, lookup, recipient)),
        (FactName.HANDED_ON, await handed_on_said(about, lookup)),
        (FactName.KIND, term(language, state.kind)),
        (FactName.STUDIED, say_period(language, state.studied_from, state.studied_until)),
    ]
    for name in LETTERS[about.letter.kind].facts:
        values.append((name, await _BUILDERS[name](about, lookup)))
    return tuple(fact(language, name, value) for name, value in values if value)


def fact(language: Language, name: FactName, value: str) -> Fact:
    """A particular under its label."""
    return Fact(label=text(language, f"letter.fact.{name.value}"), value=value)


# ——— joint conduct (rule 2) ———
async def _lead(about: About, lookup: Lookup) -> str:
    return (await leading_contact(lookup, about.state)).name


async def _agreement(about: About, lookup: Lookup) -> str | None:
    """The act by which, the lead says, the body agreed."""
    said = about.state.co_conductors[about.letter.subject].agreement
    if said is None:
        return None
    return text(lookup.language, "letter.agreement", act=said.act, date=say_date(lookup.language, said.dated))


# ——— the working group (rule 12) ———
def _member(about: About) -> Member:
    group = about.state.working_group
    if group is None:
        raise NotOnRecord("working group")
    return group.members[about.letter.subject]


async def _community(about: About, lookup: Lookup) -> str:
    return term(lookup.language, _member(about).community)


async def _decision(about: About, lookup: Lookup) -> str | None:
    group = about.state.working_group
    if group is None:
        return None
    decision = group.decision
    day = say_date(lookup.language, decision.decided_on)
    return text(lookup.language, "letter.decision", decision_number=decision.decision_number, date=day)


# ——— what is asked, and on what ground ———
async def _question(about: About, lookup: Lookup) -> str | None:
    asked = about.state.requests.get(about.letter.subject)
    return await lookup.note(asked.question) if asked else None


async def _ground(about: About, lookup: Lookup) -> str:
    """Why it is written to; a correction may have taken away the proposal that touched a body's power."""
    addressee = about.state.addressees[about.letter.subject]
    if addressee.ground is Ground.HOLDER_OF_POWER and asked_by(about.state, about.letter).nothing_more:
        return text(lookup.language, "letter.ground.sent_before")
    ground = term(lookup.language, addressee.ground)
    return f"{ground}. {await lookup.note(addressee.reason)}" if addressee.reason else ground


async def _version(about: About, lookup: Lookup) -> str | None:
    if about.letter.version is None:
        return None
    return text(lookup.language, "letter.version", version=about.letter.version)


async def _disclosures(about: About, lookup: Lookup) -> str | None:
    """At how many places of the version a person's data was found: to be seen before it is public."""
    found = next((v.disclosures for v in about.state.versions if v.number == about.letter.version), 0)
    return plural(lookup.language, "letter.disclosures", found) if found else None


async def _items(about: About, lookup: Lookup) -> str | None:
    """How many proposals and recommendations of the report wait for this body's word (rule 16)."""
    mine = Counter(item.kind for item in about.state.items.values() if item.addressee == about.letter.subject)
    counted = [
        plural(lookup.language, f"letter.items.{kind.value}", mine[kind]) for kind in ItemKind if mine[kind]
    ]
    return ", ".join(counted) or None


async def _meeting(about: About, lookup: Lookup) -> str | None:
    meeting_at = about.state.council_items[about.letter.subject].meeting_at
    return say_instant(lookup.language, meeting_at) if meeting_at else None


# ——— what went before ———
async def _first_letter(about: About, lookup: Lookup) -> str | None:
    """When the letter was ordered that this one reminds of: the first one about the same deadline."""
    same = [letter.id for letter in about.state.letters.values() if letter.deadline == about.letter.deadline]
    first = min(map(seq_of, same), default=about.cause.seq)
    if about.letter.deadline is None or first >= about.cause.seq:
        return None
    entry = await lookup.entry(monitoring_workflow_id(about.state.number), first)
    return say_instant(lookup.language, entry.at)


async def _previous_due(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    if isinstance(event, DeadlineExtended | DeadlineMoved | ReplyTermExtended):
        return say_date(lookup.language, event.previous)
    return None


async def _changed_days(about: About, lookup: Lookup) -> str | None:
    """The days that became working or closed and moved the date."""
    event = about.cause.event
    if not isinstance(event, DeadlineMoved):
        return None
    return ", ".join(say_date(lookup.language, day) for day in event.days)


async def _days_left(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    return str(event.left) if isinstance(event, DeadlinePaused) else None


# ——— its receipt, and the term the addressee gives itself ———
async def _incoming(about: About, lookup: Lookup) -> str | None:
    """Under which number and on which day the addressee registered the report."""
    addressee = about.state.addressees[about.letter.subject]
    return incoming_said(lookup.language, addressee)


async def _considering(about: About, lookup: Lookup) -> str:
    return await lookup.name(about.letter.subject)


async def _decided_on(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    return say_date(lookup.language, event.decided_on) if isinstance(event, ReplyTermExtended) else None


# ——— what was answered ———
async def _answered_at(about: About, lookup: Lookup) -> str:
    return say_instant(lookup.language, about.cause.at)


async def _recorded_by(about: About, lookup: Lookup) -> str | None:
    return await recorded_said(lookup, about.cause, about.state.responsible, about.state.successions)


async def _answer(about: About, lookup: Lookup) -> str | None:
    language = lookup.language
    match about.cause.event:
        case ReportAnswered(answers=answers) | ReplyAmended(answers=answers):
            given = Counter(answer.response for answer in answers)
            words = [
                f"{term(language, response)} – {given[response]}" for response in Response if given[response]
            ]
            return ", ".join(words) or None
        case ImplementationReported(items=items):
            return claims_counted(language, items)
    word = _word_given(about.cause.event)
    return term(language, word) if word else None


def _word_given(event: Model) -> Enum | None:
    """What was answered, where one word says it."""
    match event:
        case ConductConfirmed() | ConductDeclined():
            return Conducting.CONFIRMED if isinstance(event, ConductConfirmed) else Conducting.DECLINED
        case InvitationAnswered(consents=consents):
            return Consent.CONSENTED if consents else Consent.REFUSED
        case InformationRequestAnswered(outcome=provided):
            return provided
        case ConsiderationRecorded(outcome=concluded):
            return concluded
    return None


# ——— what was accepted (beyond the Rules) ———
async def _accepted(about: About, lookup: Lookup) -> str | None:
    if about.letter.purpose is not Purpose.REPORT_IMPLEMENTATION:
        return None
    return items_awaited(lookup.language, about.state, about.letter.subject)


async def _item(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    if not isinstance(event, ImplementationJudged):
        return None
    return item_named(lookup.language, about.state, event.item)


async def _verdict(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    return term(lookup.language, event.verdict) if isinstance(event, ImplementationJudged) else None


# ——— a letter that could not be delivered ———
def _undelivered(name: FactName) -> Builder:
    async def build(about: About, lookup: Lookup) -> str:
        return (await undelivered_facts(lookup, about.state, about.letter))[name]

    return build


# ——— whoever coordinates ———
async def _stage(about: About, lookup: Lookup) -> str:
    return term(lookup.language, about.state.stage)


async def _news(about: About, lookup: Lookup) -> str | None:
    return await news_said(lookup, about.cause)


async def _rests_since(about: About, lookup: Lookup) -> str | None:
    return rests_since_said(lookup, about.cause)


_BUILDERS: Final[Mapping[FactName, Builder]] = {
    FactName.LEAD: _lead,
    FactName.AGREEMENT: _agreement,
    FactName.COMMUNITY: _community,
    FactName.DECISION: _decision,
    FactName.QUESTION: _question,
    FactName.GROUND: _ground,
    FactName.VERSION: _version,
    FactName.DISCLOSURES: _disclosures,
    FactName.ITEMS: _items,
    FactName.FIRST_LETTER: _first_letter,
    FactName.INCOMING: _incoming,
    FactName.CONSIDERING: _considering,
    FactName.DECIDED_ON: _decided_on,
    FactName.PREVIOUS_DUE: _previous_due,
    FactName.CHANGED_DAYS: _changed_days,
    FactName.DAYS_LEFT: _days_left,
    FactName.REASON: reason_said,
    FactName.ANSWER: _answer,
    FactName.ANSWERED_AT: _answered_at,
    FactName.RECORDED_BY: _recorded_by,
    FactName.MEETING: _meeting,
    FactName.ACCEPTED: _accepted,
    FactName.ITEM: _item,
    FactName.VERDICT: _verdict,
    FactName.UNDELIVERED_LETTER: _undelivered(FactName.UNDELIVERED_LETTER),
    FactName.UNDELIVERED_TO: _undelivered(FactName.UNDELIVERED_TO),
    FactName.UNDELIVERED_WHY: _undelivered(FactName.UNDELIVERED_WHY),
    FactName.STAGE: _stage,
    FactName.NEWS: _news,
    FactName.RESTS_SINCE: _rests_since,
    **OF_HANDING,
    FactName.PASSED_ON: passed_on_said,
    FactName.SUCCESSION_ACT: act_said,
    FactName.SUCCESSION_SINCE: since_said,
}

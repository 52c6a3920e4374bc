"""What a letter about a duty says (rule 13): the authorized body writes to the head of the body that owes."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letter_data import Contact, LetterData
from activities.letter_facts import Fact
from activities.lookup import Lookup, NotOnRecord
from activities.recipients import Recipient, named
from locales.catalogue import text
from locales.dates import say_period
from models.chain import Head
from models.duty_state import DutyState
from models.events import DutyPeriod
from models.post import LetterOrder
from models.procedure import Language
from models.settings import Settings
from models.tables import DutyRow


async def read_duty_letter(
    session: AsyncSession, order: LetterOrder, recipient: Recipient, settings: Settings, now: datetime
) -> LetterData:
    """The data of one letter as the projection stands. Raises `NotOnRecord` for a reference to nothing."""
    row = await session.get(DutyRow, order.workflow_id)
    if row is None:
        raise NotOnRecord("duty")
    state = DutyState.model_validate(row.state)
    language, letter = recipient.language, order.letter
    lookup = Lookup(session, language, state.calendar.local_date(now))
    page = f"{settings.public_url.rstrip('/')}/check/{order.number}"
    return LetterData(
        order=order,
        language=language,
        recipient=recipient,
        conductor=await contact_of_duty(lookup, state),
        title=text(language, f"letter.duty.title.{state.kind.value}"),
        facts=await _facts(lookup, state, letter.subject),
        deadline=state.deadlines.get(letter.deadline or ""),
        replaced=None,
        link=page,
        link_until=None,
        check_url=page,
        head=Head(seq=row.seq, hash=row.head_hash),
        documents=(),
        items=0,
        meeting=None,
        today=lookup.today,
    )


async def contact_of_duty(lookup: Lookup, state: DutyState) -> Contact:
    """The authorized body: it keeps watch over the duty (rules 13, 18)."""
    body = await lookup.body(state.briefing.authorized_body)
    return Contact(
        name=named(body, lookup.language), email=body.email, phone=body.phone, address=body.address
    )


async def _facts(lookup: Lookup, state: DutyState, period: str) -> tuple[Fact, ...]:
    body = named(await lookup.body(state.organisation), lookup.language)
    return (
        Fact(label=text(lookup.language, "letter.fact.body"), value=body),
        Fact(label=text(lookup.language, "letter.fact.period"), value=_said(lookup.language, state, period)),
    )


def _said(language: Language, state: DutyState, period: str) -> str:
    known: list[DutyPeriod] = [past.period for past in state.past]
    if state.period is not None:
        known.append(state.period)
    for each in known:
        if each.id == period:
            return say_period(language, each.begins_on, each.ends_on)
    raise NotOnRecord("period")

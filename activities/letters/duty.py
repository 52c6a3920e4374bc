"""What a letter about a duty says (rule 13): the authorized body writes to the head of the body that owes."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.data import LetterData
from activities.letters.notices import Notice, notice_letter, reader_of
from activities.letters.particulars import Fact, fact
from activities.letters.undelivered import undelivered_facts
from activities.registries.lookup import Lookup, NotOnRecord
from activities.registries.recipients import Recipient
from locales.catalogue import text
from locales.dates import say_period
from models.duty.state import DutyState
from models.events import DutyPeriod
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.post import LetterOrder
from models.letters.row import FactName
from models.proceeding.undelivered import is_told
from models.proof.chain import Head
from models.settings.environment import Settings
from models.tables.duties import DutyRow
from models.vocabulary.procedure import Language


async def read_duty_letter(
    session: AsyncSession, order: LetterOrder, recipient: Recipient, settings: Settings, now: datetime
) -> LetterData:
    """The data of one letter as the projection stands. Raises `NotOnRecord` for a reference to nothing."""
    row = await session.get(DutyRow, order.workflow_id)
    if row is None:
        raise NotOnRecord("duty")
    state = DutyState.model_validate(row.state)
    lookup = reader_of(session, recipient, state, now)
    notice = Notice(
        writer=state.briefing.authorized_body,  # it keeps watch over the duty (rules 13, 18)
        title=text(recipient.language, f"letter.duty.title.{state.kind.value}"),
        facts=await _facts(lookup, state, order.letter),
        workplace=f"duties/{state.mark}/history",
    )
    head = Head(seq=row.seq, hash=row.head_hash)
    return await notice_letter(lookup, order, recipient, settings, state, head, notice)


async def _facts(lookup: Lookup, state: DutyState, letter: Letter) -> tuple[Fact, ...]:
    if not is_told(letter):
        told = await undelivered_facts(lookup, state, letter)
        return tuple(fact(lookup.language, name, value) for name, value in told.items())
    said = {
        FactName.BODY: await lookup.name(state.organisation),
        FactName.PERIOD: _said(lookup.language, state, letter.subject),
    }
    return tuple(fact(lookup.language, name, said[name]) for name in LETTERS[letter.kind].facts)


def _said(language: Language, state: DutyState, period: str) -> str:
    known: list[DutyPeriod] = [past.period for past in state.past]
    if state.period is not None:
        known.append(state.period)
    for each in known:
        if each.id == period:
            return say_period(language, each.begins_on, each.ends_on)
    raise NotOnRecord("period")

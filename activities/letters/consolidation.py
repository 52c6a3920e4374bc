"""What a letter about a review round says (rule 18): a reminder to the authorized body's own head."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.data import LetterData
from activities.letters.notices import Notice, notice_letter, reader_of
from activities.letters.particulars import Fact, fact
from activities.letters.undelivered import undelivered_facts
from activities.registries.lookup import Lookup, NotOnRecord
from activities.registries.received_reports import tally_of_inbox
from activities.registries.recipients import Recipient
from locales.catalogue import text
from locales.dates import say_period
from models.consolidation.state import ConsolidationState
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.post import LetterOrder
from models.letters.row import FactName
from models.proceeding.undelivered import is_told
from models.proof.chain import Head
from models.settings.environment import Settings
from models.tables.consolidations import ConsolidationRow


async def read_consolidation_letter(
    session: AsyncSession, order: LetterOrder, recipient: Recipient, settings: Settings, now: datetime
) -> LetterData:
    """The data of one letter as the projection stands. Raises `NotOnRecord` for a reference to nothing."""
    row = await session.get(ConsolidationRow, order.workflow_id)
    if row is None:
        raise NotOnRecord("consolidation")
    state = ConsolidationState.model_validate(row.state)
    lookup = reader_of(session, recipient, state, now)
    notice = Notice(
        writer=state.organisation,  # the review is its own (rule 18)
        title=text(recipient.language, "letter.review.title"),
        facts=await _facts(session, lookup, state, order.letter),
        workplace="staff/consolidation/history",
    )
    head = Head(seq=row.seq, hash=row.head_hash)
    return await notice_letter(lookup, order, recipient, settings, state, head, notice)


async def _facts(
    session: AsyncSession, lookup: Lookup, state: ConsolidationState, letter: Letter
) -> tuple[Fact, ...]:
    language = lookup.language
    if not is_told(letter):
        told = await undelivered_facts(lookup, state, letter)
        return tuple(fact(language, name, value) for name, value in told.items())
    review = state.round_of(int(letter.subject))
    if review is None:
        raise NotOnRecord("round")
    tally = await tally_of_inbox(session, state.workflow_id)
    said = {
        FactName.PERIOD: say_period(language, review.begins_on, review.ends_on),
        FactName.RECEIVED: str(tally.received),
        FactName.UNCONSIDERED: str(tally.waiting),
    }
    return tuple(fact(language, name, said[name]) for name in LETTERS[letter.kind].facts)

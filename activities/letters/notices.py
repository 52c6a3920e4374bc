"""A letter that only tells: about a duty, a review round. It asks for nothing and encloses nothing."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.conductor import body_contact
from activities.letters.data import LetterData, word_of
from activities.letters.particulars import Fact
from activities.registries.lookup import Lookup
from activities.registries.recipients import Recipient
from models.letters.kinds import LETTERS
from models.letters.post import LetterOrder
from models.proceeding.state import Proceeding
from models.proof.chain import Head
from models.settings.environment import Settings
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class Notice(Model):
    """What is told: who writes, under which title, with which particulars; where its own staff read more."""

    writer: Id
    title: str
    facts: tuple[Fact, ...]
    workplace: str


def reader_of(session: AsyncSession, recipient: Recipient, state: Proceeding, now: datetime) -> Lookup:
    """Looks things up in the recipient's language, on the local day of the letter."""
    return Lookup(session, recipient.language, state.calendar.local_date(now))


async def notice_letter(
    lookup: Lookup,
    order: LetterOrder,
    recipient: Recipient,
    settings: Settings,
    state: Proceeding,
    head: Head,
    notice: Notice,
) -> LetterData:
    """The letter's data; its only link is the page that says whether it is genuine."""
    staff = LETTERS[order.letter.kind].to_staff
    word = word_of(order, settings)
    where = notice.workplace if staff else f"check/{order.number}?word={word}"
    page = f"{settings.public_url.rstrip('/')}/{where}"
    return LetterData(
        order=order,
        language=lookup.language,
        recipient=recipient,
        conductor=await body_contact(lookup, notice.writer),
        title=notice.title,
        facts=notice.facts,
        deadline=state.deadlines.get(order.letter.deadline or ""),
        link=page,
        link_until=None,
        check_url=page,
        check_word=word,
        head=head,
        documents=(),
        meeting=None,
        today=lookup.today,
    )

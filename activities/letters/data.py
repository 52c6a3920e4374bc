"""Everything a letter says, looked up: names, texts, dates, link, documents. Rendering adds no knowledge."""

from datetime import date, datetime, timedelta

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.about import About
from activities.letters.conductor import Sender, leading_contact
from activities.letters.council_meeting import Meeting
from activities.letters.listed import ListedItems, listed_items
from activities.letters.matters import Matters
from activities.letters.particulars import Fact, facts_of_letter
from activities.registries.lookup import Lookup, NotOnRecord
from activities.registries.recipients import Recipient
from locales.catalogue import text
from models.agenda.deadline import Deadline, DeadlineStatus
from models.agenda.grounds import DayGround
from models.events import Document
from models.letters.check_words import check_word
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.post import LetterOrder
from models.letters.purposes import LINKS, LinkSubject
from models.letters.row import MeetingFile
from models.monitoring.asked import Asked, asked_by
from models.monitoring.follow_up import awaited_of
from models.monitoring.grounds import day_ground
from models.monitoring.items import day_of
from models.monitoring.receipt import code_binds, deadline_told, term_awaiting_receipt
from models.monitoring.state import CouncilItem, MonitoringState
from models.proof.chain import Head
from models.settings.environment import Settings
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import Language, Number, Sha256, monitoring_workflow_id


class Enclosure(Model):
    """A document that the letter encloses, by its hash; `size` in bytes."""

    filename: str
    sha256: Sha256
    size: int


class TermAwaitingReceipt(Model):
    """So many working days from the receipt of the report; `by_law` where the Code binds in the matter."""

    working_days: int
    by_law: bool


class LetterData(Model):
    """A letter's content, in the recipient's language; `today` is local."""

    order: LetterOrder
    language: Language
    recipient: Recipient
    conductor: Sender
    title: str
    facts: tuple[Fact, ...]
    deadline: Deadline | None
    ground: DayGround | None = None  # who named its day, where its basis does not say so
    asked_until: date | None = None  # the last of the days by which something is asked for
    awaiting_receipt: TermAwaitingReceipt | None = None
    asked: Asked = Asked()
    replied: bool = False  # to a version before, where nothing is asked of the recipient any more
    listed: ListedItems = ListedItems()
    link: str = Field(repr=False)  # of one's own only while it is being sent (`activities.letters.minting`)
    link_until: date | None
    check_url: str
    check_word: str  # beside the number, where the letter can be checked by whoever holds it
    head: Head
    documents: tuple[Enclosure, ...]
    meeting: Meeting | None
    today: date

    @property
    def number(self) -> Number:
        return self.order.number


async def read_letter(
    matters: Matters,
    session: AsyncSession,
    order: LetterOrder,
    recipient: Recipient,
    settings: Settings,
    now: datetime,
) -> LetterData:
    """The data of one letter as the projection stands. Raises `NotOnRecord` for a reference to nothing."""
    matter = await matters.of(session, order)
    state, letter = matter.state, order.letter
    lookup = Lookup(session, recipient.language, state.calendar.local_date(now))
    journal = monitoring_workflow_id(order.number)
    title, asked = await lookup.note(state.title), asked_by(state, letter)
    deadline = _running(state, letter)
    about = About(state=state, letter=letter, cause=matter.cause)
    return LetterData(
        order=order,
        language=recipient.language,
        recipient=recipient,
        conductor=await leading_contact(lookup, state),
        title=title,
        facts=await facts_of_letter(about, recipient.name, lookup),
        deadline=deadline,
        ground=day_ground(state, deadline) if deadline else None,
        asked_until=_asked_until(state, letter, deadline),
        awaiting_receipt=awaiting_receipt(state, letter),
        asked=asked,
        replied=asked.nothing_more and await lookup.has_replied(journal, letter.subject),
        listed=await listed_items(session, state, letter, asked, recipient.language),
        link=_own_page(order, settings),
        link_until=lookup.today + timedelta(days=settings.link_days) if letter.purpose else None,
        check_url=_own_page(order, settings),
        check_word=word_of(order, settings),
        head=matter.head,
        documents=_documents(order, state, recipient.language),
        meeting=_meeting(order, state, recipient.language, title, settings),
        today=lookup.today,
    )


def _running(state: MonitoringState, letter: Letter) -> Deadline | None:
    """The deadline to tell of: none while its clock stands still."""
    deadline = deadline_told(state, letter)
    paused = deadline is not None and deadline.status is DeadlineStatus.PAUSED
    return None if paused else deadline


def _asked_until(state: MonitoringState, letter: Letter, deadline: Deadline | None) -> date | None:
    """Days of items may lie further ahead than any link of a letter works."""
    days = [deadline.due_on] if deadline else []
    if letter.purpose is Purpose.REPORT_IMPLEMENTATION:
        days += [day for item in awaited_of(state, letter.subject) if (day := day_of(state, item))]
    return max(days, default=None)


def awaiting_receipt(state: MonitoringState, letter: Letter) -> TermAwaitingReceipt | None:
    """The term that the report's addressee is told of before it runs."""
    addressee = state.addressees.get(letter.subject)
    of_report = letter.purpose is not None and LINKS[letter.purpose].subject is LinkSubject.ADDRESSEE
    term = term_awaiting_receipt(state, addressee) if addressee and of_report else None
    if term is None:
        return None
    return TermAwaitingReceipt(working_days=term.working_days, by_law=code_binds(state))


def _page(settings: Settings, *parts: str) -> str:
    return "/".join((settings.public_url.rstrip("/"), *parts))


def _own_page(order: LetterOrder, settings: Settings) -> str:
    """The page of the number: for the body's own staff the workplace, where they see the letters' list."""
    word = word_of(order, settings)
    if not word:
        return _page(settings, "monitorings", order.number)
    return _page(settings, "check", f"{order.number}?word={word}")


def word_of(order: LetterOrder, settings: Settings) -> str:
    """None for the body's own staff, who see their letters where they sign in."""
    if LETTERS[order.letter.kind].to_staff:
        return ""
    return check_word(settings.link_secrets()[0], order.number, order.letter.id)


def _documents(order: LetterOrder, state: MonitoringState, language: Language) -> tuple[Enclosure, ...]:
    letter = order.letter
    rendition = LETTERS[letter.kind].report
    version = next((v for v in state.versions if v.number == letter.version), state.current)
    if version is None or rendition is None:
        return ()
    document = _in_language([d for d in version.documents if d.rendition == rendition.value], language)
    name = f"{order.number}-v{version.number}-{document.language.value}.pdf"
    return (Enclosure(filename=name, sha256=document.sha256, size=document.size),)


def _in_language(documents: list[Document], language: Language) -> Document:
    """The reader's language, else Kazakh, else whichever there is."""
    for wanted in (language, Language.KK, *Language):
        for document in documents:
            if document.language is wanted:
                return document
    raise NotOnRecord("document")


def _meeting(
    order: LetterOrder, state: MonitoringState, language: Language, title: str, settings: Settings
) -> Meeting | None:
    method = LETTERS[order.letter.kind].meeting
    item = state.council_items[order.letter.subject] if method else None
    if method is None or item is None or item.meeting_at is None:
        return None
    return Meeting(
        uid=f"{order.number}.{item.id}@{settings.mail_from.rpartition('@')[2]}",
        sequence=_sequence(order.letter, state, item),
        method=method,
        starts_at=item.meeting_at,
        summary=text(language, f"letter.{LetterKind.COUNCIL_ITEM.value}.subject", number=order.number),
        description=title,
        organizer=settings.mail_from,
    )


def _sequence(letter: Letter, state: MonitoringState, item: CouncilItem) -> int:
    """Grows with every sending, and a withdrawal comes after all of them (RFC 5545, 3.8.7.4)."""
    if LETTERS[letter.kind].meeting is MeetingFile.PUBLISH:
        return letter.attempt - 1
    return state.letters[item.letter].attempt + letter.attempt - 1

"""A letter lists its proposals and recommendations (rule 16), and says who recorded what came on paper."""

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.about import About
from activities.letters.listed import ListedItems, listed_items
from activities.letters.particulars import facts_of_letter
from activities.registries.lookup import Lookup
from locales.catalogue import text
from models.events import Entry
from models.monitoring.asked import asked_by
from models.monitoring.state import ItemState, MonitoringState
from models.report.content import Decision, Item, ReportContent, ReportDraft, Wording, canonical
from models.tables.content import SnapshotRow
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import ItemKind, Kind, Language, Role
from tests.letters.causes import CAUSES, letter, order
from tests.letters.conftest import Bench
from tests.letters.ground import CAUSED_AT, NOW, NUMBER, PIN
from tests.letters.world import state

PAPER = Authority(organisation="akimat", act="хат 03-12/418", dated=NOW.date())


def with_items(many: int) -> tuple[MonitoringState, SnapshotRow]:
    """A report whose every item is the akimat's, and its content on file."""
    items = tuple(
        Item(
            id=f"i-{n}",
            kind=ItemKind.PROPOSAL,
            addressee="akimat",
            text=Wording(kk=f"Тізімді {n} рет жариялау.", ru=f"Публиковать список {n} раз."),
        )
        for n in range(1, many + 1)
    )
    draft = ReportDraft(decision=Decision(items=items))
    content = ReportContent(number=NUMBER, kind=Kind.THEMATIC, draft=draft)
    known = {item.id: ItemState(id=item.id, kind=item.kind, addressee="akimat") for item in items}
    row = SnapshotRow(sha256=PIN.sha256, number=NUMBER, body=canonical(content).decode(), at=NOW)
    return state().model_copy(update={"items": known}), row


async def listed_in(
    session: AsyncSession, known: MonitoringState, kind: LetterKind, language: Language
) -> ListedItems:
    return await listed_items(session, known, letter(kind), asked_by(known, letter(kind)), language)


@pytest.mark.parametrize(
    ("language", "first", "further"),
    [
        (Language.KK, "1-ұсыныс: Тізімді 1 рет жариялау.", "2"),
        (Language.RU, "Публиковать список 1 раз.", "2"),
        (Language.EN, "Тізімді 1 рет жариялау.", "2"),
    ],
)
async def test_the_first_ten_are_listed_then_how_many_more(
    bench: Bench, language: Language, first: str, further: str
) -> None:
    known, row = with_items(12)
    async with bench.sessions() as session:
        session.add(row)
        listed = await listed_in(session, known, LetterKind.REPORT_FOR_CONSIDERATION, language)
    assert len(listed.lines) == 10
    assert first in listed.lines[0]
    assert further in listed.further


async def test_ten_are_all_and_a_long_one_is_shortened(bench: Bench) -> None:
    known, row = with_items(10)
    row.body = row.body.replace("Тізімді 1 рет жариялау.", "сөз " * 400)
    async with bench.sessions() as session:
        session.add(row)
        listed = await listed_in(session, known, LetterKind.REPLY_REMINDER, Language.KK)
    assert (len(listed.lines), listed.further) == (10, "")
    assert listed.lines[0].endswith("…")
    assert len(listed.lines[0]) < 450


async def test_a_letter_that_asks_for_no_reply_lists_nothing(bench: Bench) -> None:
    known, row = with_items(3)
    async with bench.sessions() as session:
        session.add(row)
        listed = await listed_in(session, known, LetterKind.MONITORING_CANCELLED, Language.KK)
    assert listed.lines == ()


async def test_the_letter_itself_has_them_in_both_its_forms(bench: Bench) -> None:
    _, row = with_items(2)
    async with bench.sessions.begin() as session:
        session.add(row)
    await bench.send(order(LetterKind.REPORT_FOR_CONSIDERATION))
    message = bench.post_office.received[-1]
    for form in ("text/plain", "text/html"):
        body = next(part.get_content() for part in message.walk() if part.get_content_type() == form)
        assert text(Language.KK, "letter.items") in body
        assert "Тізімді 1 рет жариялау." in body
        assert "Тізімді 2 рет жариялау." in body


@pytest.mark.parametrize("kind", [LetterKind.ANSWER_CONFIRMATION, LetterKind.IMPLEMENTATION_AWAITED])
@pytest.mark.parametrize(
    ("actor", "said"),
    [
        (Actor(role=Role.ADDRESSEE, letter="L9-0", organisation="akimat"), None),
        (Actor(role=Role.HEAD, account="head-account", organisation="akimat"), None),
        (
            Actor(role=Role.ANALYST, account="head-account", organisation="ao", on_behalf=PAPER),
            "хат 03-12/418",
        ),
    ],
)
async def test_a_confirmation_says_who_recorded_it_and_from_which_paper(
    bench: Bench, kind: LetterKind, actor: Actor, said: str | None
) -> None:
    cause = Entry(seq=9, at=CAUSED_AT, actor=actor, event=CAUSES[kind])
    async with bench.sessions() as session:
        lookup = Lookup(session, Language.KK, NOW.date())
        facts = await facts_of_letter(
            About(state=state(), letter=letter(kind), cause=cause), "Әкімдік", lookup
        )
    label = text(Language.KK, "letter.fact.recorded_by")
    recorded = [fact.value for fact in facts if fact.label == label]
    assert bool(recorded) is (said is not None)
    assert all(said in each for each in recorded if said)

"""What a letter says of a corrected report, to each body by what the correction did to it (A12)."""

import re

import pytest

from activities.letters.data import read_letter
from activities.letters.listed import listed_items
from activities.letters.text import letter_text
from activities.registries.recipients import Recipient
from locales.catalogue import plural, text
from models.agenda.deadline import ReplyPreset
from models.letters.post import LetterOrder
from models.monitoring.asked import asked_by
from models.monitoring.receipt import term_awaiting_receipt
from models.monitoring.state import ItemState, MonitoringState, Version
from models.report.facts import ItemFact, ReportFacts
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Ground, ItemKind, Language
from tests.letters.causes import letter
from tests.letters.conftest import AS_ON_RECORD, SETTINGS, Bench
from tests.letters.ground import NOW, NUMBER
from tests.letters.test_listed import with_items

CORRECTED = LetterKind.REPORT_CORRECTED
OWES_NO_REPLY = (
    LetterKind.REPORT_FOR_CONSIDERATION,
    LetterKind.REPORT_CORRECTED,
    LetterKind.REPLY_REMINDER,
    LetterKind.REPLY_OVERDUE,
    LetterKind.RECEIPT_RECORDED,
    LetterKind.DEADLINE_EXTENDED,
    LetterKind.DEADLINE_MOVED,
    LetterKind.DEADLINE_PAUSED,
)
SILENCE = {Language.KK: "жауап жоқ", Language.RU: "ответа нет", Language.EN: "no answer"}


def asks(item: str, of: str = "akimat", words: str = "a") -> ItemFact:
    return ItemFact(id=item, kind=ItemKind.PROPOSAL, addressee=of, text=words * 64)


def corrected(
    state: MonitoringState,
    before: tuple[ItemFact, ...],
    now: tuple[ItemFact, ...],
    *,
    stand: tuple[str, ...] = (),
    ground: Ground = Ground.HOLDER_OF_POWER,
    body: str = "akimat",
) -> MonitoringState:
    """The state after version 2 took the place of version 1 and left to a body."""

    def with_facts(version: Version, items: tuple[ItemFact, ...]) -> Version:
        content = version.content.model_copy(update={"facts": ReportFacts(items=items)})
        return version.model_copy(update={"content": content})

    first, second = state.versions
    items = {
        fact.id: ItemState(
            id=fact.id,
            kind=fact.kind,
            addressee=fact.addressee,
            answered_for=1 if fact.id in stand else None,
        )
        for fact in now
    }
    addressee = state.addressees["akimat"].model_copy(update={"ground": ground, "version": 2})
    letters = {each.id: each.model_copy(update={"subject": body}) for each in state.letters.values()}
    return state.model_copy(
        update={
            "versions": (with_facts(first, before), with_facts(second, now)),
            "items": items,
            "addressees": {body: addressee},
            "letters": letters,
        }
    )


async def said_to(
    bench: Bench, language: Language, kind: LetterKind, state: MonitoringState, body: str = "akimat"
) -> str:
    """The letter of this kind to a body, by this state."""
    recipient = Recipient(name="Әкімдік", address="akimat@example.kz", language=language)
    async with bench.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, NUMBER)
        row.state = state.model_dump(mode="json")
    ordered = LetterOrder(number=NUMBER, letter=letter(kind).model_copy(update={"subject": body}))
    async with bench.sessions() as session:
        return letter_text(await read_letter(AS_ON_RECORD, session, ordered, recipient, SETTINGS, NOW)).plain


async def state_on_file(bench: Bench) -> MonitoringState:
    async with bench.sessions() as session:
        return MonitoringState.model_validate((await session.get_one(MonitoringRow, NUMBER)).state)


@pytest.mark.parametrize("language", Language)
async def test_a_body_without_an_item_may_answer_within_the_term_that_others_are_given(
    bench: Bench, language: Language
) -> None:
    """No letter says both that an answer is awaited and that none need be given."""
    kind, state = LetterKind.REPORT_FOR_CONSIDERATION, await state_on_file(bench)
    awaiting = {"preset": ReplyPreset.APPC_76, "reply_by": None, "deadline": None, "answered_on": None}
    akimat = state.addressees["akimat"].model_copy(update={"ground": Ground.OTHER, **awaiting})
    asked = state.model_copy(update={"addressees": {"akimat": akimat}})
    term = term_awaiting_receipt(asked, akimat)
    assert term is not None
    awaited = plural(language, "letter.when.from_receipt", term.working_days)
    freely = plural(language, "letter.when.freely_from_receipt", term.working_days)
    said = await said_to(bench, language, kind, asked)
    assert awaited in said
    assert freely not in said
    said = await said_to(bench, language, kind, asked.model_copy(update={"items": {}}))
    assert freely in said
    assert awaited not in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", OWES_NO_REPLY)
async def test_a_body_without_an_item_owes_no_reply_in_any_letter(
    bench: Bench, language: Language, kind: LetterKind
) -> None:
    state = (await state_on_file(bench)).model_copy(update={"items": {}})
    said = await said_to(bench, language, kind, state)
    assert text(language, "letter.no_items.if_silent") in said
    assert f"{text(language, 'letter.no_items.button')}:\n" in said
    assert SILENCE[language] not in said, "nothing will be missing of it"
    assert text(language, "letter.when.none") not in said


@pytest.mark.parametrize("language", Language)
async def test_rule_17_a_correction_for_consolidation_asks_for_no_answer(
    bench: Bench, language: Language
) -> None:
    known = await state_on_file(bench)
    other = asks("i-9", of="other")
    said = await said_to(
        bench,
        language,
        CORRECTED,
        corrected(known, (other,), (other,), ground=Ground.CONSOLIDATION),
    )
    assert text(language, f"letter.{CORRECTED.value}.ask_for_consolidation", version=2) in said
    assert text(language, "letter.report_for_consolidation.if_silent") in said
    assert text(language, "letter.report_for_consolidation.button") in said
    assert SILENCE[language] not in said


@pytest.mark.parametrize("language", Language)
async def test_a_report_for_consolidation_asks_about_its_items_where_it_has_any(
    bench: Bench, language: Language
) -> None:
    known = await state_on_file(bench)
    addressee = known.addressees["akimat"].model_copy(update={"ground": Ground.CONSOLIDATION})
    known = known.model_copy(update={"addressees": {"akimat": addressee}})
    kind = LetterKind.REPORT_FOR_CONSOLIDATION
    said = await said_to(bench, language, kind, known)
    assert text(language, f"letter.{kind.value}.ask_with_items") in said
    assert text(language, f"letter.{kind.value}.if_silent") not in said.splitlines()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("body", "ask"), [("akimat", "ask_nothing_more_replied"), ("ao", "ask_nothing_more")]
)
async def test_a_body_whose_item_moved_away_is_told_so_and_what_becomes_of_its_answer(
    bench: Bench, language: Language, body: str, ask: str
) -> None:
    known = corrected(
        await state_on_file(bench), (asks("p-1", of=body),), (asks("p-1", of="other"),), body=body
    )
    said = await said_to(bench, language, CORRECTED, known, body)
    assert text(language, f"letter.{CORRECTED.value}.{ask}", version=2, replaced=1) in said.splitlines()
    assert text(language, "letter.ground.sent_before") in said
    assert text(language, "term.ground.holder_of_power") not in said


@pytest.mark.parametrize("language", Language)
async def test_what_is_new_or_changed_is_listed_first_and_marked(bench: Bench, language: Language) -> None:
    known, row = with_items(36)
    before = tuple(asks(f"i-{n}") for n in range(1, 36))
    now = tuple(asks(f"i-{n}", words="b" if n == 30 else "a") for n in range(1, 37))
    stand = tuple(fact.id for fact in now if fact.id not in {"i-5", "i-30", "i-36"})
    known = corrected(known, before, now, stand=stand)
    asked = asked_by(known, letter(CORRECTED))
    async with bench.sessions() as session:
        session.add(row)
        listed = await listed_items(session, known, letter(CORRECTED), asked, language)
    marks = [re.match(r"[^(:]*(\([^)]*\))?", line) for line in listed.lines]
    said = [found[1] if found else None for found in marks]
    new, changed, stands = (
        text(language, f"letter.item.{mark}", item="") for mark in ("new", "changed", "stands")
    )
    assert said == [new.strip(), changed.strip(), None, *[stands.strip()] * 7]
    assert "36" in listed.lines[0]
    assert "30" in listed.lines[1]


def test_a_version_that_never_came_is_not_said_to_have_been_sent() -> None:
    known, _ = with_items(1)
    assert asked_by(known, letter(CORRECTED)).replaced == 1
    undelivered = {
        each.id: each.model_copy(update={"status": "undeliverable"}) for each in known.letters.values()
    }
    assert asked_by(known.model_copy(update={"letters": undelivered}), letter(CORRECTED)).replaced is None

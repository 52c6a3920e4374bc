"""Letters about what was accepted: by when, beyond the Rules, and what happens if nobody answers."""

from datetime import timedelta

import pytest

from activities.letters.data import LetterData, read_letter
from activities.letters.text import letter_text
from activities.registries.recipients import Recipient
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.letters.letter import Letter
from models.letters.post import LetterOrder
from models.monitoring.letters import seq_of
from models.monitoring.state import ItemState, MonitoringState
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import ItemKind, Language, Verdict
from tests.letters.causes import PARTLY, letter
from tests.letters.conftest import AS_ON_RECORD, SETTINGS, Bench, Sent
from tests.letters.ground import CARRY_OUT, DUE, NOW, NUMBER, REASON
from tests.letters.post_office import part

BEYOND = {Language.KK: "Қағидаларда көзделмеген", Language.RU: "рамк", Language.EN: "beyond"}
ABOUT = (
    LetterKind.IMPLEMENTATION_AWAITED,
    LetterKind.IMPLEMENTATION_REMINDER,
    LetterKind.IMPLEMENTATION_OVERDUE,
    LetterKind.IMPLEMENTATION_JUDGED,
)
SHARED = (
    LetterKind.ANSWER_CONFIRMATION,
    LetterKind.DEADLINE_EXTENDED,
    LetterKind.DEADLINE_MOVED,
    LetterKind.DEADLINE_PAUSED,
    LetterKind.DEADLINE_RESUMED,
)
"""Kinds that also go to those who answer something else."""


SATURDAY = 5


async def written(bench: Bench, language: Language, about: Letter) -> str:
    """The plain text of one letter."""
    recipient = Recipient(name="Қала әкімдігі", address="akimat@example.kz", language=language)
    async with bench.sessions() as session:
        order = LetterOrder(number=NUMBER, letter=about)
        data: LetterData = await read_letter(AS_ON_RECORD, session, order, recipient, SETTINGS, NOW)
    return letter_text(data).plain


def test_each_says_it_is_beyond_the_rules_and_that_silence_decides_nothing(sent: Sent) -> None:
    language, messages = sent
    for kind in ABOUT:
        plain = part(messages[kind], "text/plain")
        assert BEYOND[language] in plain, kind
        accepted = text(language, "letter.fact.accepted")
        item = text(language, "letter.item.proposal", position=1)
        by = text(language, "letter.item.by", item=item, date=say_day(language, DUE))
        assert f"{accepted}: {by}" in plain, kind
        assert text(language, "letter.when.none") not in plain, kind
    for kind in ABOUT[1:]:
        assert text(language, "letter.basis.in_report") in part(messages[kind], "text/plain"), kind


@pytest.mark.parametrize("language", Language)
async def test_a_day_further_ahead_than_the_link_works_says_what_comes_then(
    bench: Bench, language: Language
) -> None:
    later = text(language, "letter.link_until.later")
    about = letter(LetterKind.IMPLEMENTATION_AWAITED)
    assert later not in await written(bench, language, about)
    ahead = NOW.date() + timedelta(days=SETTINGS.link_days + 30)
    while ahead.weekday() != SATURDAY:
        ahead += timedelta(days=1)
    moved = CARRY_OUT.model_copy(update={"fixed_on": ahead, "due_on": ahead + timedelta(days=2)})
    async with bench.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, NUMBER)
        state = MonitoringState.model_validate(row.state)
        deadlines = {**state.deadlines, moved.id: moved}
        row.state = state.model_copy(update={"deadlines": deadlines}).model_dump(mode="json")
    plain = await written(bench, language, about)
    assert later in plain
    told = {"typed": say_day(language, ahead), "due": say_day(language, moved.due_on)}
    assert text(language, "letter.item.moved", **told) in plain, "a Saturday of the report is explained"


def test_a_judgement_says_of_what_how_and_why(sent: Sent) -> None:
    language, messages = sent
    plain = part(messages[LetterKind.IMPLEMENTATION_JUDGED], "text/plain")
    for fact, value in (
        ("item", text(language, "letter.item.proposal", position=1)),
        ("verdict", term(language, Verdict.PARTLY_IMPLEMENTED)),
        ("reason", REASON),
    ):
        assert f"{text(language, f'letter.fact.{fact}')}: {value}" in plain


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", SHARED)
async def test_kinds_that_serve_others_too_speak_of_reporting_where_the_link_is_for_that(
    bench: Bench, language: Language, kind: LetterKind
) -> None:
    own = {"purpose": Purpose.REPORT_IMPLEMENTATION, "deadline": CARRY_OUT.id, "version": 1}
    plain = await written(bench, language, letter(kind).model_copy(update=own))
    registered = f"{NUMBER}/{seq_of(letter(kind).id)}"
    for sentence in ("ask", "button", "if_silent"):
        key = f"letter.{kind.value}.{sentence}_implementation"
        assert text(language, key, number=NUMBER, registered=registered) in plain
    assert text(language, "letter.fact.accepted") in plain
    other = await written(bench, language, letter(kind))
    assert text(language, "letter.fact.accepted") not in other
    assert text(language, f"letter.{kind.value}.if_silent") in other


@pytest.mark.parametrize("language", Language)
async def test_a_last_judgement_after_which_nothing_is_left_asks_for_nothing(
    bench: Bench, language: Language
) -> None:
    last = letter(LetterKind.IMPLEMENTATION_JUDGED)
    plain = await written(bench, language, last.model_copy(update={"purpose": None, "deadline": None}))
    assert text(language, "letter.implementation_judged.if_silent") in plain
    assert "/r/" not in plain
    assert text(language, "letter.fact.accepted") not in plain


@pytest.mark.parametrize("language", Language)
async def test_several_accepted_items_are_a_list(bench: Bench, language: Language) -> None:
    async with bench.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, NUMBER)
        state = MonitoringState.model_validate(row.state)
        items = {
            f"i-{n}": ItemState(
                id=f"i-{n}",
                kind=ItemKind.PROPOSAL,
                addressee="akimat",
                answer=PARTLY.model_copy(update={"item": f"i-{n}"}),
            )
            for n in range(1, 4)
        }
        row.state = state.model_copy(update={"items": items}).model_dump(mode="json")
    lines = (await written(bench, language, letter(LetterKind.IMPLEMENTATION_AWAITED))).splitlines()
    label = lines.index(text(language, "letter.fact.accepted") + ":")
    for n in range(1, 4):
        item = text(language, "letter.item.proposal", position=n)
        assert lines[label + n].startswith(f"– {item} – ")

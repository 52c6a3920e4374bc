"""Who named the day by which something is awaited: told as it was, never as the sender's wish."""

from datetime import date

import pytest

from locales.due import basis_said, counted_said
from models.agenda.deadline import Basis, BasisKind, Deadline, DeadlineSubject, LegalEffect
from models.agenda.grounds import DayGround
from models.agenda.terms import APPC_76
from models.commands import ItemAnswer
from models.letters.letter import Letter, ordered
from models.monitoring.grounds import day_ground
from models.monitoring.state import ItemState, JudgedImplementation, MonitoringState
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import ItemKind, Language, Response, Verdict
from tests.models.monitoring.monitorings import Story

DAY = date(2027, 5, 17)
SATURDAY = date(2027, 5, 15)
REASON = "e" * 64


def deadline(subject_kind: DeadlineSubject, **more: object) -> Deadline:
    known = {
        "id": f"{subject_kind.value}:x",
        "subject": "x",
        "subject_kind": subject_kind,
        "basis": Basis(kind=BasisKind.REQUESTED, reference=APPC_76.reference),
        "effect": LegalEffect.NONE,
        "anchor": date(2027, 4, 1),
        "fixed_on": SATURDAY,
        "running_since": date(2027, 4, 1),
        "calendar": "2027",
        "due_on": DAY,
    }
    return Deadline.model_validate({**known, **more})


REPLY = deadline(DeadlineSubject.REPLY, extensions=1)
OF_ITEM = deadline(DeadlineSubject.IMPLEMENTATION, basis=Basis(kind=BasisKind.AGREED))


def told(known: str, kind: LetterKind) -> Letter:
    about = ordered(kind, "x", RecipientKind.ORGANISATION, "x", REPLY.id)
    return about.model_copy(update={"id": known})


def state(*letters: Letter, item: ItemState | None = None) -> MonitoringState:
    items = {item.id: item} if item else {}
    known = Story().starts().state
    return known.model_copy(update={"letters": {each.id: each for each in letters}, "items": items})


ITSELF = (told("L9-0", LetterKind.REPLY_TERM_EXTENDED), told("L9-1", LetterKind.DEADLINE_EXTENDED))


def test_an_extension_of_the_addressee_s_own_is_not_called_the_sender_s_wish() -> None:
    assert day_ground(state(*ITSELF), REPLY) is DayGround.EXTENDED_BY_ADDRESSEE
    by_sender = told("L110-0", LetterKind.DEADLINE_EXTENDED)
    assert day_ground(state(by_sender), REPLY) is DayGround.EXTENDED_BY_SENDER
    assert day_ground(state(*ITSELF, by_sender), REPLY) is DayGround.EXTENDED_BY_SENDER, "the newest is said"
    assert day_ground(state(), deadline(DeadlineSubject.REPLY)) is None


@pytest.mark.parametrize("language", Language)
def test_it_is_said_who_extended_it(language: Language) -> None:
    wish = basis_said(language, REPLY, None)
    itself = basis_said(language, REPLY, DayGround.EXTENDED_BY_ADDRESSEE)
    sender = basis_said(language, REPLY, DayGround.EXTENDED_BY_SENDER)
    assert len({wish, itself, sender}) == 3
    word = {Language.KK: "адресаттың өзі", Language.RU: "сам адресат", Language.EN: "addressee"}[language]
    assert word in itself
    binding = REPLY.model_copy(update={"basis": APPC_76, "effect": LegalEffect.STATUTORY})
    assert word in basis_said(language, binding, DayGround.EXTENDED_BY_ADDRESSEE)


def item(answer: ItemAnswer | None = None, judged: JudgedImplementation | None = None) -> ItemState:
    return ItemState(
        id="x", kind=ItemKind.PROPOSAL, addressee="clinic", due_on=SATURDAY, answer=answer, judged=judged
    )


def test_the_day_of_an_item_is_the_report_s_the_addressee_s_or_the_judgement_s() -> None:
    accepted = ItemAnswer(item="x", response=Response.ACCEPTED)
    planned = accepted.model_copy(update={"planned_on": SATURDAY})
    judged = JudgedImplementation(on=DAY, verdict=Verdict.PARTLY_IMPLEMENTED, reason=REASON, final=False)
    for known, ground in (
        (item(accepted), DayGround.IN_REPORT),
        (item(planned), DayGround.BY_ADDRESSEE),
        (item(planned, judged), DayGround.BY_JUDGEMENT),
    ):
        assert day_ground(state(item=known), OF_ITEM) is ground
    later = OF_ITEM.model_copy(update={"extensions": 1})
    assert day_ground(state(item=item(planned)), later) is DayGround.EXTENDED_BY_SENDER


@pytest.mark.parametrize("language", Language)
def test_the_code_s_term_says_from_which_day_it_is_counted_until_it_is_moved(language: Language) -> None:
    counted = deadline(DeadlineSubject.REPLY, budget=15, fixed_on=None)
    said = counted_said(language, counted)
    assert said is not None
    assert "15" in said
    assert "2027" in said
    assert counted_said(language, counted.model_copy(update={"extensions": 1})) is None
    assert counted_said(language, deadline(DeadlineSubject.REPLY)) is None, "a day that was asked for"

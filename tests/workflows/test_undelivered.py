"""A letter that cannot be delivered is open at every stage, and whoever conducts the matter is told of it."""

from datetime import timedelta

from local.samples import ScenarioName
from models.commands import BeginCollection, CancelMonitoring, ResendLetter
from models.monitoring.open_work import OpenKind, open_items
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Stage
from tests.replay.endings import Ending
from tests.workflows import group
from tests.workflows.conduct import asks_for_information
from tests.workflows.consolidating import Consolidating, every_months
from tests.workflows.owing import Owing
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre

NO_SUCH = "550 5.1.1 no such mailbox"
OFFICE = "kense@example.kz"
HOLDER, HEAD_OF_DIVISION, HEAD_OF_AUTHORIZED_BODY = (
    "land-sary@example.kz",
    "p08@example.kz",
    "p01@example.kz",
)


async def open_letters(m: Running) -> list[tuple[str | None, str]]:
    items = open_items(await m.state())
    return [(item.subject, item.reason) for item in items if item.kind is OpenKind.LETTER_UNDELIVERABLE]


async def test_the_coordinator_is_told_long_before_there_is_a_report(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    theatre.mailbox.faults.refuse(HOLDER, NO_SUCH)
    await a.does(BeginCollection, began_on=a.day)
    await asks_for_information(a, a.scenario.information_requests[0])
    told = "letter_not_delivered to a-uo-analyst"
    assert await a.post() == [told]
    request = await a.letter(LetterKind.INFORMATION_REQUEST, "land-sary")
    assert await open_letters(a) == [(request.id, "550")]
    assert (await a.letter(LetterKind.LETTER_NOT_DELIVERED, "a-uo-analyst")).subject == request.id
    await a.does(ResendLetter, letter=request.id)
    assert await a.post() == [told, told], "an address mended in the wrong way is told of again"
    theatre.mailbox.faults.clear()
    await a.does(ResendLetter, letter=request.id)
    assert await a.post() == ["information_request to land-sary", told, told]
    assert await open_letters(a) == []
    await a.does(CancelMonitoring, reason=await a.says("another body studies the same"))
    await a.ends(Ending.TELLS_UNDELIVERED)


async def test_that_nobody_can_be_told_goes_round_in_no_circle(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    theatre.mailbox.faults.refuse_all = NO_SUCH
    await group.is_created(a)
    assert await a.post() == []
    kinds = [letter.kind for letter in await a.letters()]
    failed = [letter.id for letter in await a.letters()]
    assert kinds.count(LetterKind.LETTER_NOT_DELIVERED) == len(kinds) / 2
    assert sorted(str(subject) for subject, _ in await open_letters(a)) == sorted(failed)
    theatre.mailbox.faults.clear()
    for letter in await a.letters():
        if letter.kind is not LetterKind.LETTER_NOT_DELIVERED:
            await a.does(ResendLetter, letter=letter.id)
    await a.letters_settled()
    statuses = {x.status for x in await a.letters() if x.kind is LetterKind.LETTER_NOT_DELIVERED}
    assert statuses == {LetterStatus.WITHDRAWN}, "what has arrived after all is no news"
    await a.has_one_truth()


async def test_who_is_not_told_of_a_cancellation_stays_open_when_it_is_over(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    await a.does(BeginCollection, began_on=a.day)
    await asks_for_information(a, a.scenario.information_requests[0])
    await a.letters_settled()
    theatre.mailbox.faults.refuse(HOLDER, NO_SUCH)
    await a.does(CancelMonitoring, reason=await a.says("another body studies the same"))
    assert (await a.ends()).stage is Stage.CANCELLED
    cancelled = await a.letter(LetterKind.MONITORING_CANCELLED, "land-sary")
    assert await open_letters(a) == [(cancelled.id, "550")]
    assert (await a.post())[-1] == "letter_not_delivered to a-uo-analyst"


async def test_a_head_who_cannot_be_warned_of_a_duty_is_told_to_the_office_of_the_authorized_body(
    theatre: Theatre,
) -> None:
    duty = Owing(theatre, "td-sary")
    await duty.starts()
    theatre.mailbox.faults.refuse(HEAD_OF_DIVISION, NO_SUCH)
    period = (await duty.state()).period
    assert period is not None
    await duty.passes(period.ends_on - timedelta(days=5))
    kinds = [letter.kind for letter in (await duty.state()).letters_undelivered]
    assert kinds
    assert LetterKind.LETTER_NOT_DELIVERED not in kinds
    assert await duty.post() == ["letter_not_delivered to uo"] * len(kinds)
    office = theatre.mailbox.store.letters(OFFICE)
    assert len(office) == len(kinds)
    assert f"/duties/{(await duty.state()).mark}/history" in office[0].text
    await duty.has_one_truth()
    await duty.histories()


async def test_a_head_who_cannot_be_reminded_of_a_review_is_told_to_the_office(theatre: Theatre) -> None:
    uo = Consolidating(theatre, every_months(3))
    await uo.starts()
    theatre.mailbox.faults.refuse(HEAD_OF_AUTHORIZED_BODY, NO_SUCH)
    course = (await uo.state()).round
    assert course is not None
    await uo.passes(course.ends_on - timedelta(days=1))
    failed = (await uo.state()).letters_undelivered
    assert failed
    assert await uo.post() == [f"letter_not_delivered {letter.id} to uo" for letter in failed]
    assert "/staff/consolidation/history" in theatre.mailbox.store.letters(OFFICE)[0].text
    await uo.has_one_truth()

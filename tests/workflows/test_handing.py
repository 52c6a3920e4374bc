"""A monitoring is handed over while it runs: letters and reminders go to whoever coordinates it now."""

from local.samples import ScenarioName
from models.commands import (
    BeginCollection,
    CancelMonitoring,
    DeclareConflict,
    HandOnLetter,
    LiftConflict,
    ReassignMonitoring,
)
from models.report.notes import ColleagueNote
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language, Role, Stage
from tests.replay.endings import Ending
from tests.workflows.conduct import asks_for_information, is_given_information
from tests.workflows.running import starts
from tests.workflows.theatre import Theatre

FORMER, NEXT, LEAD = "a-sary-analyst", "a-sary-head", "td-sary"
COLLEAGUE = ColleagueNote(
    text="",
    name="Үлгі Қырқыншы",
    email="colleague@example.kz",
    language=Language.KK,
    respondent="Үлгі Кеңсе",
    post="Кеңсе меңгерушісі",
)


async def test_a_monitoring_is_handed_over_and_its_history_replays(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B, edition=FOUNDED_WITH)
    await b.does(BeginCollection, began_on=b.day)
    why = await b.says("another region")
    to: dict[str, object] = {"to": NEXT, "organisation": LEAD, "role": Role.HEAD, "reason": why}
    abroad = to | {"organisation": "uo"}
    assert await b.is_refused(ReassignMonitoring, b.analyst, **abroad) == "cannot_coordinate"
    await b.does(ReassignMonitoring, b.analyst, **to)
    assert await b.is_refused(ReassignMonitoring, b.analyst, **to) == "not_the_coordinator"
    await b.letters_settled()
    told = [x.recipient for x in await b.letters() if x.kind is LetterKind.MONITORING_REASSIGNED]
    assert told == [NEXT, FORMER]
    await b.does(DeclareConflict, reason=await b.says("a relative leads the polyclinic"))
    assert await b.is_refused(CancelMonitoring, reason=why) == "stepped_aside"
    await b.does(LiftConflict, b.head, account=FORMER, reason=await b.says("it was another one"))
    request = b.scenario.information_requests[0]
    await asks_for_information(b, request)
    asked = await b.letter(LetterKind.INFORMATION_REQUEST, request.holder)
    clerk = await b.holder_of(asked.subject, Role.HOLDER)
    colleague = await b.keeps(COLLEAGUE)
    await b.does(HandOnLetter, clerk, letter=asked.id, colleague=colleague)
    await b.letters_settled()
    (message,) = theatre.mailbox.store.letters(COLLEAGUE.email)
    assert b.number in str(message.subject)
    again = {"letter": asked.id, "colleague": colleague}
    assert await b.is_refused(HandOnLetter, clerk, **again) == "letter_handed_on_already"
    await is_given_information(b, request)
    term = FOUNDED_WITH.times.stages.of(Stage.COLLECTING) or 0
    await b.passes(b.in_working_days(term))
    assert f"monitoring_rested to {NEXT}" in await b.post()
    assert f"monitoring_rested to {FORMER}" not in await b.post()
    await b.does(CancelMonitoring, b.head, reason=await b.says("another body studies the same"))
    await b.ends(Ending.HANDED_OVER)


async def test_a_colleague_who_answers_by_a_letter_handed_on_gets_the_confirmation_too(
    theatre: Theatre,
) -> None:
    b = await starts(theatre, ScenarioName.B)
    await b.does(BeginCollection, began_on=b.day)
    request = b.scenario.information_requests[0]
    await asks_for_information(b, request)
    asked = await b.letter(LetterKind.INFORMATION_REQUEST, request.holder)
    clerk = await b.holder_of(asked.subject, Role.HOLDER)
    note = await b.keeps(COLLEAGUE)
    await b.does(HandOnLetter, clerk, letter=asked.id, colleague=note, confirms=True)
    await is_given_information(b, request)
    await b.letters_settled()
    confirmed = [each for each in await b.letters() if each.kind is LetterKind.ANSWER_CONFIRMATION]
    assert [each.colleague for each in confirmed] == [None, note]
    received = [str(each.subject) for each in theatre.mailbox.store.letters(COLLEAGUE.email)]
    assert len([each for each in received if b.number in each]) == 2, "the letter, and that it was answered"
    await b.does(CancelMonitoring, b.head, reason=await b.says("another body studies the same"))
    await b.ends(Ending.CONFIRMS_TO_COLLEAGUES)

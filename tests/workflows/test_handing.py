"""A monitoring is handed over while it runs: letters and reminders go to whoever coordinates it now."""

from local.samples import ScenarioName
from models.commands import BeginCollection, CancelMonitoring, ReassignMonitoring
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Role, Stage
from tests.replay.endings import Ending
from tests.workflows.running import starts
from tests.workflows.theatre import Theatre

FORMER, NEXT, LEAD = "a-sary-analyst", "a-sary-head", "td-sary"


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
    term = FOUNDED_WITH.times.stages.of(Stage.COLLECTING) or 0
    await b.passes(b.in_working_days(term))
    assert (await b.post())[-1] == f"monitoring_rested to {NEXT}"
    await b.does(CancelMonitoring, b.head, reason=await b.says("another body studies the same"))
    await b.ends(Ending.HANDED_OVER)

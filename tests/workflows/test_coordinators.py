"""Whoever coordinates is told what others do, and is reminded of a monitoring that nobody touches."""

from local.samples import ScenarioName
from models.commands import BeginCollection, CancelMonitoring
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.procedure import Stage
from tests.replay.endings import Ending
from tests.workflows.conduct import asks_for_information, is_given_information
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import Theatre

COORDINATOR, AUTHORIZED_BODY = "a-sary-analyst", "uo"


async def told(m: Running) -> list[str]:
    """Letters to whoever coordinates or watches, in the order of their causes."""
    mine = ("news_gathered", "monitoring_rested")
    return [said for said in await m.post() if said.startswith(mine)]


async def test_coordinators_are_told_of_answers_and_reminded_of_rests(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B, edition=FOUNDED_WITH)
    planned = FOUNDED_WITH.times.stages.of(Stage.PLANNED) or 0
    await b.passes(b.in_working_days(planned))
    assert await told(b) == [f"monitoring_rested to {COORDINATOR}"]
    await b.passes(b.in_working_days(2 * planned))
    assert await told(b) == [
        f"monitoring_rested to {COORDINATOR}",
        f"monitoring_rested to {COORDINATOR}",
        f"monitoring_rested to {AUTHORIZED_BODY}",
    ]
    await b.does(BeginCollection, began_on=b.day)
    request = b.scenario.information_requests[0]
    await asks_for_information(b, request)
    await is_given_information(b, request)
    assert (await told(b))[3:] == [], "news of a day is gathered until the next working day begins"
    (news,) = (await b.state()).news
    await b.passes(CALENDAR.next_working_day(CALENDAR.local_date(news.at)))
    assert (await told(b))[3:] == [f"news_gathered to {COORDINATOR}"]
    assert (await b.state()).news == ()
    await b.does(CancelMonitoring, reason=await b.says("another body studies the same"))
    await b.ends(Ending.TELLS_COORDINATORS)

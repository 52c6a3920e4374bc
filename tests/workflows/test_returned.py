"""Rule 15: whoever coordinates hears at once that the head gave a version back to be worked on."""

from local.samples import ScenarioName
from models.commands import ReturnReport
from models.vocabulary.procedure import Stage
from tests.replay.endings import Ending
from tests.workflows.conduct import conducts, submits
from tests.workflows.running import starts
from tests.workflows.theatre import Theatre


async def test_whoever_coordinates_is_written_to_when_the_report_is_returned(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B)
    await conducts(b)
    version = await submits(b)
    reason = await b.says("say more on the causes")
    await b.does(ReturnReport, b.head, version=version, reason=reason, tells_coordinator=True)
    await b.letters_settled()
    assert (await b.state()).stage is Stage.DRAFTING
    told = [letter for letter in await b.post() if letter.startswith("report_returned")]
    assert told == ["report_returned to a-sary-analyst"]
    await b.has_one_truth()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.TELLS_RETURNED, await b.handle.fetch_history())

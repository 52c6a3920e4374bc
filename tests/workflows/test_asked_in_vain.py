"""Whoever was asked and has not answered is told when nothing is asked of them any more (rules 7, 8, 12)."""

from local.samples import ScenarioName
from models.commands import ApproveReport, WithdrawInformationRequest
from models.vocabulary.procedure import Stage
from tests.replay.endings import Ending
from tests.workflows.conduct import asks_for_information, conducts, submits
from tests.workflows.running import starts
from tests.workflows.theatre import Theatre


async def test_a_holder_is_told_when_a_request_is_taken_back_and_when_the_report_is_approved(
    theatre: Theatre,
) -> None:
    b = await starts(theatre, ScenarioName.B)
    await conducts(b)
    asked = b.scenario.information_requests[0]
    for request in ("back", "vain"):
        await asks_for_information(b, asked.model_copy(update={"request": request}))
    await b.letters_settled()
    reason = await b.says("it was found in an open source")
    await b.does(WithdrawInformationRequest, request="back", reason=reason, tells_holder=True)
    version = await submits(b)
    await b.does(ApproveReport, b.head, version=version, tells_asked=True)
    await b.letters_settled()
    assert (await b.state()).stage is Stage.APPROVED
    told = [letter for letter in await b.post() if letter.startswith("information_not_needed")]
    assert told == [f"information_not_needed to {asked.holder}"] * 2
    await b.has_one_truth()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.TELLS_ASKED, await b.handle.fetch_history())

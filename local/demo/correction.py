"""An approved report is corrected (A12): answers to what stays as it was stand, the rest is asked anew."""

from local.demo.caller import DemoFailed
from local.demo.conduct import Conduct
from local.sample_scenario import SampleCorrection
from models.report.content import ReportDraft
from models.vocabulary.procedure import Id


async def is_corrected(conduct: Conduct) -> None:
    """The scenario's correction, from its beginning to the answer; nothing where there is none."""
    correction = conduct.scenario.correction
    if correction is None:
        return
    await conduct.post("/report/correction", {"reason": correction.reason.kk})
    conduct.says("a mistake was found: a correction of the approved report begins", "A12")
    await _rewritten(conduct, correction)
    version = len(await conduct.results.versions()) + 1
    await conduct.submits(version)
    await conduct.approves(version)
    await conduct.until(conduct.has_left, "the corrected report did not leave")
    await _asks_only_what_changed(conduct, correction)
    address = conduct.address(correction.addressee)
    await conduct.visits.answer_report(address, conduct.number, correction.reply)
    body = conduct.named(correction.addressee)
    conduct.says(f"{body} answers what was asked anew: {correction.reply.said}", "17")


async def _rewritten(conduct: Conduct, correction: SampleCorrection) -> None:
    """The items that change, in the draft as it stands."""
    read = await conduct.analyst.ask(f"{conduct.path}/draft")
    draft, changed = ReportDraft.model_validate(read.json()), {item.id: item for item in correction.items}
    items = tuple(changed.get(item.id, item) for item in draft.decision.items)
    decision = draft.decision.model_copy(update={"items": items})
    await conduct.write_draft(draft.model_copy(update={"decision": decision}), read.headers["ETag"])


async def _asks_only_what_changed(conduct: Conduct, correction: SampleCorrection) -> None:
    """Raises `DemoFailed` where another item lost its answer."""
    replies = (await conduct.analyst.ask(f"{conduct.path}/replies")).json()
    items = [item for reply in replies for item in reply["items"]]
    stand: list[Id] = [item["id"] for item in items if item["answer"]]
    anew: list[Id] = [item["id"] for item in items if not item["answer"]]
    if anew != [item.id for item in correction.items]:
        raise DemoFailed(f"{conduct.number}: {anew} are asked anew")
    kept, asked = ", ".join(stand), ", ".join(anew)
    conduct.says(f"the same bodies get it; the answers to {kept} stand, {asked} is asked anew", "A12")

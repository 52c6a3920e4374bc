"""Rules 13 and 17: what was conducted outside this system counts once its report is registered by hand."""

from datetime import date, timedelta

from activities.keepers.duty_notices import DutyPost
from models.commands import RegisterPaperReport
from models.report.received import ReceivedReport, Way
from models.vocabulary.procedure import Kind
from tests.waiting import eventually
from tests.workflows.consolidating import Consolidating
from tests.workflows.owing import Owing
from tests.workflows.running import body
from tests.workflows.theatre import Theatre


async def _has_heard(duty: Owing, number: str) -> None:
    await eventually(duty.exists, "the duty runs")

    async def heard() -> bool:
        return number in (await duty.state()).evidence

    await eventually(heard, f"the duty has heard of {number}")


async def test_a_comprehensive_report_on_paper_fulfils_the_year(theatre: Theatre) -> None:
    uo = Consolidating(theatre)
    await uo.starts()
    conducted = date(uo.today.year, 1, 1)
    await uo.does(
        RegisterPaperReport,
        report="P-2026-0001",
        conductor=body("td-sary"),
        kind=Kind.COMPREHENSIVE,
        received_on=uo.today,
        started_on=conducted,
        ended_on=conducted,
        approved_on=conducted,
        content="c" * 64,
        file="f" * 64,
    )
    duty = Owing(theatre, "td-sary")
    await _has_heard(duty, "P-2026-0001")
    state = await duty.state()
    assert state.fulfilled
    assert [e for e in state.evidence.values() if e.publication_owed] == []
    assert await duty.folded() == state
    await uo.has_one_truth()


async def test_a_duty_that_is_taken_up_later_hears_of_what_was_registered_before(theatre: Theatre) -> None:
    uo = Consolidating(theatre)
    await uo.starts()
    before = uo.today - timedelta(days=1)
    known = ReceivedReport(
        id="P-2026-0002",
        way=Way.PAPER,
        conductor="td-koko",
        kind=Kind.COMPREHENSIVE,
        content="d" * 64,
        ended_on=before,
        approved_on=before,
        received_on=uo.today,
        of_rule_13=True,
    )
    await uo.hears(known)
    duty = Owing(theatre, "td-koko")
    assert not await duty.exists()
    await DutyPost(theatre.client, theatre.sessions).settle()
    await _has_heard(duty, "P-2026-0002")

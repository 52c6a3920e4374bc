"""A consolidation that remembered its inbox goes on with the list of it: mid-run, and nothing is lost."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from temporalio import workflow
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.keepers.duty_notices import DutyPost
from activities.record.recorder import Recorder
from local.mailbox import Mailbox
from models.commands import CompleteReviewRound, ConsiderReceivedReport, RegisterPaperReport
from models.consolidation.notices import ConsolidationInput, HeardReport
from models.consolidation.state import ConsolidationState
from models.report.received import ReceivedReport
from models.vocabulary.queues import Queue
from tests.fixtures.stack import SeededDatabase
from tests.replay.capture import KEEPER
from tests.replay.endings import Ending
from tests.workflows.consolidating import NOTE, Consolidating
from tests.workflows.test_consolidation import paper, sent
from tests.workflows.theatre import Theatre, theatre_for
from workflows import ALL_WORKFLOWS, ConsolidationWorkflow


@workflow.defn(name="ConsolidationWorkflow", sandboxed=False)
class RemembersAll(ConsolidationWorkflow):
    """As consolidations were before the change."""

    @workflow.init
    def __init__(self, given: ConsolidationInput) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: ConsolidationInput) -> ConsolidationState:
        return await super().run(given)

    def _keep_inbox_apart(self) -> None:
        """It is not."""


@pytest_asyncio.fixture
async def stage(
    pytestconfig: pytest.Config,
    skipping_env: WorkflowEnvironment,
    seeded_database: SeededDatabase,
    mailbox: Mailbox,
) -> AsyncIterator[Theatre]:
    """A theatre whose workers each act brings itself."""
    open_stage = theatre_for(
        skipping_env.client, seeded_database.url, mailbox, clock=skipping_env, with_workers=False
    )
    async with open_stage as theatre:
        theatre.keeper = pytestconfig.pluginmanager.get_plugin(KEEPER)
        yield theatre


def worker(theatre: Theatre, *workflows: type) -> Worker:
    # Nothing stays in memory: each task replays the whole run, as after a restart.
    client, sessions = theatre.client, theatre.sessions
    return Worker(
        client,
        task_queue=Queue.PROCEDURE.value,
        workflows=workflows,
        activities=[Recorder(sessions).record, DutyPost(client, sessions).tell_duty],
        max_cached_workflows=0,
    )


def as_told_before(report: ReceivedReport) -> HeardReport:
    """As keepers told of it that read nothing of the inbox."""
    return HeardReport(**dict(report))


def another(number: str, day: date) -> ReceivedReport:
    return sent(day).model_copy(update={"id": number})


async def test_one_that_remembered_its_inbox_goes_on_with_the_list_of_it(stage: Theatre) -> None:
    uo = Consolidating(stage)
    async with worker(stage, RemembersAll):
        await uo.starts()
        await uo.tells(as_told_before(sent(uo.today)))
        await uo.does(RegisterPaperReport, **paper(uo.today), read=None)
        assert sorted((await uo.state()).inbox) == ["2026-SARY-0009", "P-2026-0001"]
    async with worker(stage, *ALL_WORKFLOWS):
        await uo.hears(another("2026-SARY-0010", uo.today))
        await uo.has_one_truth()
        state = await uo.state()
        assert (state.inbox, state.lately is not None) == ({}, True)
        assert sorted(await uo.inbox()) == ["2026-SARY-0009", "2026-SARY-0010", "P-2026-0001"]
        twice = paper(uo.today) | {"report": "P-2026-0002"}
        assert await uo.is_refused(RegisterPaperReport, **twice) == "report_registered_already"
        await uo.does(ConsiderReceivedReport, report="P-2026-0001", note=NOTE)
        await uo.handle.signal(
            ConsolidationWorkflow.hear, as_told_before(another("2026-SARY-0011", uo.today))
        )
        await uo.does(CompleteReviewRound, round=1, note=NOTE)
        await uo.has_one_truth()
    done = (await uo.state()).completion
    assert done is not None
    assert (done.reports, done.unconsidered) == (
        ("P-2026-0001",),
        ("2026-SARY-0009", "2026-SARY-0010"),
    )
    told = [entry.event.type for entry in await uo.journal()]
    assert told.count("inbox_kept_apart") == 1
    assert told.count("report_received") == 2, "what nothing was read for is left to the keeper"
    (history,) = await uo.histories()
    if stage.keeper is not None:
        stage.keeper.keep(Ending.INBOX_KEPT_APART, history)


async def test_one_that_is_begun_now_keeps_its_inbox_apart_from_the_first(theatre: Theatre) -> None:
    uo = Consolidating(theatre)
    await uo.starts()
    await uo.hears(sent(uo.today))
    await uo.has_one_truth()
    assert [entry.event.type for entry in await uo.journal()] == [
        "consolidation_begun",
        "review_round_begun",
        "inbox_kept_apart",
        "report_received",
    ]
    assert (await uo.state()).inbox == {}

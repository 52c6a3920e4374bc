"""No worker for forty days, across every due date: what was missed is recorded once, in order, and one letter
speaks for all that was missed of a matter (docs/architecture.md, Time)."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from temporalio.testing import WorkflowEnvironment

from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from local.samples import ScenarioName
from models.agenda.deadline import DeadlineStatus, DeadlineSubject, ReplyPreset
from models.agenda.rungs import rung_at
from models.commands import AcknowledgeReport, BeginCollection, DispatchReport
from models.events import RungReached
from models.vocabulary.procedure import Consent, Id
from models.vocabulary.queues import Queue
from tests.fixtures.stack import SeededDatabase
from tests.waiting import eventually
from tests.workflows import group
from tests.workflows.conduct import addressee, asks_for_information, has_an_approved_report
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import SMTP_PATIENCE_SECONDS, STRICT, Theatre, settings_for, theatre_for
from worker import workers_for
from workflows import MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput

DAYS = timedelta(days=40)


@asynccontextmanager
async def working(theatre: Theatre, database_url: str) -> AsyncIterator[None]:
    """Workers on all queues; when the block ends they are stopped."""
    given = settings_for(database_url, theatre.mailbox)
    async with AsyncExitStack() as at_work:
        smtp = await at_work.enter_async_context(SmtpClient(given.smtp_url, SMTP_PATIENCE_SECONDS))
        for worker in workers_for(theatre.client, theatre.sessions, given, smtp, STRICT):
            await at_work.enter_async_context(worker)
        yield


async def _nobody_works(m: Running) -> None:
    """Forty virtual days without a worker.

    The virtual clock stands while a task waits for a worker, so the outage falls between two runs: the one
    before is ended as continue-as-new ends it, and the first task of the next comes when the days are over.
    """
    clock = m.theatre.clock
    assert clock is not None
    state = await m.state()
    await m.handle.terminate("the outage falls between two runs")
    m.handle = await m.theatre.client.start_workflow(
        MonitoringWorkflow.run,
        MonitoringInput(number=m.number, state=state),
        id=state.workflow_id,
        task_queue=Queue.PROCEDURE.value,
        start_delay=DAYS,
    )
    began = state.started_at

    async def over() -> bool:
        return await clock.get_current_time(m.handle) >= began + DAYS

    await eventually(over, "forty days have passed")
    assert await m.state() == state, "nobody has written anything meanwhile"


async def _catches_up(m: Running, deadlines: tuple[Id, ...]) -> None:
    """Every missed rung is on record once, in the order in which they were due; the last one speaks."""

    async def caught_up() -> bool:
        known = (await m.state()).deadlines
        return all(set(known[d].reached) == {rung.name for rung in known[d].rungs} for d in deadlines)

    await eventually(caught_up, "every missed rung is on record")
    await m.letters_settled()
    entries = [e.event for e in await m.happened("rung_reached")]
    reached = [event for event in entries if isinstance(event, RungReached)]
    assert [event.was_due_at for event in reached] == sorted(event.was_due_at for event in reached)
    known = (await m.state()).deadlines
    for deadline in deadlines:
        mine = [event for event in reached if event.deadline == deadline]
        rungs = [rung.name for rung in known[deadline].rungs]
        assert [event.rung for event in mine] == rungs
        assert [event.silent for event in mine] == [True] * (len(rungs) - 1) + [False]
        assert [event.was_due_at for event in mine] == [
            rung_at(known[deadline], rung, CALENDAR) for rung in known[deadline].rungs
        ]
        assert known[deadline].status is DeadlineStatus.PASSED


async def test_replies_of_two_addressees_missed_for_forty_days(
    skipping_env: WorkflowEnvironment, seeded_database: SeededDatabase, mailbox: Mailbox
) -> None:
    async with theatre_for(
        skipping_env.client, seeded_database.url, mailbox, clock=skipping_env, with_workers=False
    ) as theatre:
        async with working(theatre, seeded_database.url):
            b = await starts(theatre, ScenarioName.A)
            await has_an_approved_report(b)
            chosen = [await addressee(b, sample) for sample in b.scenario.dispatch.addressees]
            asked = [x.model_copy(update={"preset": ReplyPreset.APPC_76, "reply_by": None}) for x in chosen]
            await b.does(DispatchReport, addressees=tuple(asked))
            for new in asked:
                await b.does(AcknowledgeReport, addressee=new.body.organisation)
            await b.letters_settled()
        replies = [d for d in (await b.state()).deadlines.values() if d.subject_kind is DeadlineSubject.REPLY]
        assert len(replies) >= 2
        before = len(await b.post())
        await _nobody_works(b)
        async with working(theatre, seeded_database.url):
            await _catches_up(b, tuple(reply.id for reply in replies))
            overdue = sorted(f"reply_overdue to {reply.subject}" for reply in replies)
            assert sorted((await b.post())[before:]) == overdue
            await b.has_one_truth()


async def test_an_invitation_and_an_information_request_missed_for_forty_days(
    skipping_env: WorkflowEnvironment, seeded_database: SeededDatabase, mailbox: Mailbox
) -> None:
    async with theatre_for(
        skipping_env.client, seeded_database.url, mailbox, clock=skipping_env, with_workers=False
    ) as theatre:
        async with working(theatre, seeded_database.url):
            a = await starts(theatre, ScenarioName.A)
            await group.is_created(a)
            await a.does(BeginCollection, began_on=a.day)
            await asks_for_information(a, a.scenario.information_requests[0])
            await a.letters_settled()
        deadlines = tuple((await a.state()).deadlines)
        assert {deadline.partition(":")[0] for deadline in deadlines} == {"invitation", "information_request"}
        before = len(await a.post())
        await _nobody_works(a)
        async with working(theatre, seeded_database.url):
            await _catches_up(a, deadlines)
            state = await a.state()
            assert state.working_group is not None
            (asked,) = state.requests.values()
            silent = [m for m in state.working_group.members.values() if m.consent is Consent.NO_ANSWER]
            lapsed = [f"invitation_lapsed to {member.person}" for member in silent]
            assert lapsed, "nobody has answered the invitation"
            assert sorted((await a.post())[before:]) == sorted(
                [*lapsed, f"information_overdue to {asked.holder}"]
            )
            await a.has_one_truth()

"""The worker: settings → client → one worker per task queue. It does nothing else."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from typing import Final, NoReturn

import uvloop
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.worker import Worker, WorkflowRunner

from activities.bounds.cycles import settle
from activities.bounds.within import within
from activities.correspondence.accounts.letters import AccountLetters
from activities.correspondence.alerts.letters import AlertLetters
from activities.correspondence.alerts.looking import keep_looking
from activities.correspondence.deputies.letters import DeputyLetters
from activities.correspondence.digests.letters import DigestLetters
from activities.correspondence.digests.looking import keep_digests
from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.encryption.data_converter import codec_of
from activities.keepers.calendar import keep_calendars
from activities.keepers.consolidation_notices import ConsolidationPost
from activities.keepers.drafts import keep_drafts
from activities.keepers.duties import keep_duties
from activities.keepers.duty_notices import DutyPost
from activities.keepers.heartbeat import beat
from activities.keepers.mail_share import keep_share
from activities.keepers.moments import MomentWatch
from activities.keepers.stores import StoreWatch
from activities.keepers.successions import keep_successions
from activities.keepers.works import keep_works
from activities.letters.sending import Letters
from activities.letters.smtp import SmtpClient
from activities.observing.codes import LogCode
from activities.observing.collector import set_up_tracing
from activities.observing.exposing import build_of, expose
from activities.observing.logs import Log, set_up_logs
from activities.observing.of_temporal import ObservedActivities, set_up_runtime
from activities.observing.temporal_release import tell_of_release
from activities.observing.tracing import stop_tracing
from activities.printing.documents import Documents
from activities.proofs.archive import Archive
from activities.proofs.code_version import code_version
from activities.proofs.retention import ForgetsTooSoon, check_retention
from activities.proofs.sweep import Sweep
from activities.record.recorder import Recorder
from activities.record.remembered import Remembered
from activities.record.settling import keep_settling
from activities.service_letters.post import ServicePost, Writers
from activities.sign_in.expiring import keep_telling_of_tokens
from activities.sign_in.post import SignInPost
from activities.webhooks.delivering import WebhookDeliveries
from activities.webhooks.keeping import WebhookKeeper
from models.settings.environment import Key, Settings, settings
from models.vocabulary.queues import Queue
from models.vocabulary.service_letters import ServiceLetterKind
from workflows import ALL_WORKFLOWS, DELIVERING
from workflows.client import connect
from workflows.runner import runner_for

log = Log("worker")
PATIENCE: Final = timedelta(seconds=20)
STOPPING_SECONDS: Final = PATIENCE.total_seconds() + 10
"""What is under way may take so long to finish or to be given up."""


def workers_for(
    client: Client,
    sessions: Sessions,
    given: Settings,
    smtp: SmtpClient,
    runner: WorkflowRunner | None = None,
) -> list[Worker]:
    """A worker for each queue named in WORKER_QUEUES; `runner` where workflows run otherwise than there."""
    queues = [Queue(name.strip()) for name in given.worker_queues.split(",")]
    runner = runner or runner_for(client.data_converter)
    recorded = Remembered()
    return [_worker(client, sessions, given, smtp, queue, runner, recorded) for queue in queues]


def _worker(
    client: Client,
    sessions: Sessions,
    given: Settings,
    smtp: SmtpClient,
    queue: Queue,
    runner: WorkflowRunner,
    recorded: Remembered,
) -> Worker:
    match queue:
        case Queue.PROCEDURE:
            return Worker(
                client,
                task_queue=queue.value,
                workflows=ALL_WORKFLOWS,
                workflow_runner=runner,
                activities=[
                    Recorder(sessions, recorded).record,
                    DutyPost(client, sessions).tell_duty,
                    ConsolidationPost(client, sessions).tell_consolidation,
                    Archive(sessions, client, ALL_WORKFLOWS, codec_of(given)).archive_run,
                ],
                # Each open monitoring stays ready in memory: one that does not is replayed whenever it acts.
                max_cached_workflows=given.cached_workflows,
                # After a crash another worker takes over within 2 s instead of 10.
                sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
                interceptors=[ObservedActivities(sessions)],
                graceful_shutdown_timeout=PATIENCE,
            )
        case Queue.MAIL:
            return Worker(
                client,
                task_queue=queue.value,
                activities=[Letters(sessions, given, smtp, recorded=recorded).send_letter],
                # A connection takes one letter at a time. The others wait in the queue, not in an attempt
                # whose time runs out: there each has its place by priority, and one taken back is not sent.
                # The pace is the client's: Temporal's own would be cut into parts, and know no mail server.
                max_concurrent_activities=smtp.at_once,
                interceptors=[ObservedActivities(sessions)],
                graceful_shutdown_timeout=PATIENCE,
            )
        case Queue.DOCUMENTS:
            return Worker(
                client,
                task_queue=queue.value,
                activities=[Documents(sessions).render_report],
                max_concurrent_activities=2,
                interceptors=[ObservedActivities(sessions)],
                graceful_shutdown_timeout=PATIENCE,
            )
        case Queue.WEBHOOKS:
            deliveries = WebhookDeliveries(sessions, given)
            return Worker(
                client,
                task_queue=queue.value,
                workflows=DELIVERING,
                workflow_runner=runner,
                activities=[deliveries.deliver_webhook, deliveries.give_up_webhook],
                # Systems may be slow to answer: those that are hold up no other.
                max_concurrent_activities=20,
                graceful_shutdown_timeout=PATIENCE,
            )


async def _connected(given: Settings) -> Client:
    """Wait for the server as long as it takes: a worker that starts first is no fault.

    A server whose own database is away can be connected to, and says nothing of the namespace yet. Raises
    `ForgetsTooSoon`.
    """
    while True:
        try:
            client = await connect(given)
            await check_retention(client, given.min_retention_days)
            return client
        except (RuntimeError, RPCError, TimeoutError):
            log.warning(LogCode.TEMPORAL_AWAY)
            await asyncio.sleep(1)


async def run(given: Settings) -> None:
    """Work until SIGTERM or SIGINT, then finish what is under way."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    engine = engine_for(given.database_url)
    expose(given, engine, code_version())
    sessions = sessions_for(engine)
    smtp = SmtpClient(given.smtp_url, connections=given.mail_connections, per_second=given.mail_per_second)
    async with asyncio.TaskGroup() as group:
        keepers = _keepers_of_mail(group, sessions, given, smtp)  # before Temporal answers: people sign in
        client = await _connected(given)
        await tell_of_release(client)
        workers = workers_for(client, sessions, given, smtp)
        pulse = group.create_task(beat(sessions, given.worker_queues))
        keepers += _keepers(group, client, sessions, given)
        running = [group.create_task(worker.run()) for worker in workers]
        settle()
        log.info(LogCode.WORKING, queues=given.worker_queues)
        await stop.wait()
        try:
            await within(STOPPING_SECONDS, _stopped(workers, running), "the workers stop")
        except TimeoutError:
            log.critical(LogCode.STOPPING_TOO_LONG)
            _leave(1)
        pulse.cancel()
        for keeper in keepers:
            keeper.cancel()
    await smtp.close()
    await engine.dispose()


async def _stopped(workers: list[Worker], running: list[asyncio.Task[None]]) -> None:
    await asyncio.gather(*(worker.shutdown() for worker in workers))
    await asyncio.gather(*running)


def _keepers(
    group: asyncio.TaskGroup, client: Client, sessions: Sessions, given: Settings
) -> list[asyncio.Task[None]]:
    """Beside the procedure's queue only: what keeps running proceedings up with the registries, and closed
    runs from being forgotten. Several may run: each thing is told or archived once."""
    beside = []
    if Queue.WEBHOOKS.value in given.worker_queues:
        beside = [group.create_task(WebhookKeeper(client, sessions, given).keep_beginning())]
    if Queue.PROCEDURE.value not in given.worker_queues:
        return beside
    types = [workflow.__name__ for workflow in ALL_WORKFLOWS]
    work = (
        keep_calendars(client, sessions),
        keep_successions(client, sessions),
        keep_duties(DutyPost(client, sessions), ConsolidationPost(client, sessions), sessions),
        Sweep(sessions, client, types, given.sweep_seconds).keep_sweeping(),
        keep_settling(sessions),
        keep_drafts(sessions, given.link_days),
        keep_works(sessions),
        StoreWatch(client, sessions, given.sweep_seconds).keep_watching(),
        MomentWatch(
            client, sessions, timedelta(minutes=given.missed_after_minutes), given.sweep_seconds
        ).keep_watching(),
    )
    return [*beside, *(group.create_task(each) for each in work)]


def writers_of(given: Settings) -> Writers:
    """Who writes which letters of no proceeding."""
    alerts, accounts, deputies = AlertLetters(given), AccountLetters(given), DeputyLetters(given)
    return {
        ServiceLetterKind.ALERTS_ASKED: alerts,
        ServiceLetterKind.REPORTS_PUBLISHED: alerts,
        ServiceLetterKind.NEWS_DIGEST: DigestLetters(given),
        ServiceLetterKind.ACCOUNT_OPENED: accounts,
        ServiceLetterKind.HEAD_BESIDE: accounts,
        ServiceLetterKind.DEPUTY_NAMED: deputies,
        ServiceLetterKind.DEPUTY_ENDED: deputies,
    }


def _keepers_of_mail(
    group: asyncio.TaskGroup, sessions: Sessions, given: Settings, smtp: SmtpClient
) -> list[asyncio.Task[None]]:
    if Queue.MAIL.value not in given.worker_queues:
        return []
    work = (
        keep_share(sessions, smtp.pace, given.mail_per_second),
        SignInPost(sessions, given, smtp).keep_sending(),
        ServicePost(sessions, given, smtp, writers_of(given)).keep_sending(),
        keep_looking(sessions),
        keep_digests(sessions),
        keep_telling_of_tokens(sessions),
    )
    return [group.create_task(each) for each in work]


def keys_of(queues: str) -> frozenset[Key]:
    """What a worker of these queues holds: links stand in letters, and a bundle is signed by the API."""
    return frozenset({Key.HISTORIES, Key.LINKS} if Queue.MAIL.value in queues else {Key.HISTORIES})


def main() -> None:
    given = settings(keys_of(Settings().worker_queues))
    build = build_of(code_version())
    set_up_logs(given.log_level, given.log_format, build)
    set_up_runtime(given)
    set_up_tracing(given, "worker", build)
    code = 0
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run(given))
    except* ForgetsTooSoon as refusals:
        log.critical(LogCode.RETENTION_TOO_SHORT, reason=str(refusals.exceptions[0]))
        code = 1
    stop_tracing()
    _leave(code)


def _leave(code: int) -> NoReturn:
    """The SDK's native threads can abort the interpreter's exit (sdk-python#300); all is flushed by now."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()

"""Many letters at once: whoever is written to alone does not wait behind them, and each leaves once."""

import asyncio
from collections import Counter
from uuid import uuid4

from pydantic import SecretStr
from temporalio import workflow
from temporalio.client import Client
from temporalio.common import Priority
from temporalio.worker import Worker

from activities.database.sessions import Sessions
from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from models.letters.post import LetterOrder, LetterOutcome, LetterProof
from models.vocabulary.letters import LetterKind
from models.vocabulary.queues import Queue
from tests.bad_days.test_slow_mail_server import Proofs, Sack, client, sessions
from tests.letters.causes import order
from tests.workflows.theatre import settings_for
from worker import workers_for
from workflows.calling import IN_BULK, POSTING

__all__ = ["client", "sessions"]
EACH = 12
CONNECTIONS = 2


@workflow.defn(sandboxed=False)
class Posts:
    """Sends its letters as proceedings do: a crowd after the letters of individual matters."""

    @workflow.run
    async def run(self, sack: Sack) -> Proofs:
        priority = IN_BULK if len(sack.orders) > 1 else Priority.default
        sent = [POSTING(each, LetterProof, each.letter.id, priority) for each in sack.orders]
        return Proofs(proofs=tuple(await asyncio.gather(*sent)))


async def test_a_persons_letter_passes_two_dispatches(
    client: Client, sessions: Sessions, database_url: str, mailbox: Mailbox
) -> None:
    mailbox.faults.slow_seconds = 0.15
    settings = settings_for(database_url, mailbox).model_copy(update={"worker_queues": Queue.MAIL.value})
    dispatches = [
        [order(LetterKind.REPORT_FOR_CONSIDERATION, attempt=EACH * n + each + 1) for each in range(EACH)]
        for n in range(2)
    ]
    invitation = order(LetterKind.INVITATION)
    queue = uuid4().hex

    async def posts(orders: list[LetterOrder]) -> Proofs:
        sack = Sack(orders=tuple(orders))
        return await client.execute_workflow(Posts.run, sack, id=uuid4().hex, task_queue=queue)

    async with SmtpClient(SecretStr(mailbox.smtp_url), connections=CONNECTIONS) as smtp:
        [post] = workers_for(client, sessions, settings, smtp)
        async with post, Worker(client, task_queue=queue, workflows=[Posts]):
            crowds = [asyncio.create_task(posts(orders)) for orders in dispatches]
            await mailbox.wait_for(count=3)
            await posts([invitation])
            before = len(mailbox.store.letters())
            done = await asyncio.gather(*crowds)
    assert before < EACH, "the dispatches had most of their letters before them still"
    outcomes = Counter(proof.outcome for each in done for proof in each.proofs)
    assert outcomes == {LetterOutcome.SENT: 2 * EACH}
    arrived = Counter(letter.message_id for letter in mailbox.store.letters())
    assert len(arrived) == 2 * EACH + 1
    assert set(arrived.values()) == {1}
    assert mailbox.connections == CONNECTIONS, "all went by the connections that were opened once"

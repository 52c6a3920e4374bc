"""A mail server that takes its time, and many letters at once: each leaves once, whoever waits for whom."""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final
from uuid import uuid4

import pytest
import pytest_asyncio
from pydantic import SecretStr
from temporalio import workflow
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.letters.sending import Letters
from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from models.letters.post import LetterOrder, LetterOutcome, LetterProof
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language
from models.vocabulary.queues import Queue
from tests.letters.causes import OF_MONITORINGS, order
from tests.letters.on_file import rows
from tests.workflows.theatre import settings_for
from worker import workers_for
from workflows.calling import POSTING

AT_ONCE: Final = 27
# A tenth of what a day in an office has: four seconds a letter, and an attempt's time of a minute and a half.
SLOW_SECONDS: Final = 0.3
ATTEMPT: Final = timedelta(seconds=POSTING.start_to_close.total_seconds() / 30)


class Sack(Model):
    orders: tuple[LetterOrder, ...]


class Proofs(Model):
    proofs: tuple[LetterProof, ...]


@workflow.defn(sandboxed=False)
class PostsAtOnce:
    """Sends letters as proceedings do, each in an attempt that is given up for lost sooner."""

    @workflow.run
    async def run(self, sack: Sack) -> Proofs:
        posting = dataclasses.replace(POSTING, start_to_close=ATTEMPT)
        sent = [posting(order, LetterProof, order.letter.id) for order in sack.orders]
        return Proofs(proofs=tuple(await asyncio.gather(*sent)))


@pytest_asyncio.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    engine = engine_for(database_url)
    found = sessions_for(engine)
    for family in rows(Language.KK):
        async with found.begin() as session:
            session.add_all(family)
    yield found
    await engine.dispose()


@pytest_asyncio.fixture
async def client(temporal_address: str) -> Client:
    return await Client.connect(temporal_address, data_converter=pydantic_data_converter)


@pytest.mark.parametrize("connections", [1, 4])
@pytest.mark.parametrize("own_worker", [True, False], ids=["the product's worker", "a worker that takes all"])
async def test_no_letter_is_sent_twice_by_a_slow_server(
    client: Client,
    sessions: Sessions,
    database_url: str,
    mailbox: Mailbox,
    own_worker: bool,
    connections: int,
) -> None:
    slow = SLOW_SECONDS * connections
    assert 2 * ATTEMPT.total_seconds() < AT_ONCE * slow / connections, (
        "the last one waits longer than an attempt has"
    )
    mailbox.faults.slow_seconds = slow
    settings = settings_for(database_url, mailbox).model_copy(update={"worker_queues": Queue.MAIL.value})
    orders = tuple(order(kind) for kind in OF_MONITORINGS[:AT_ONCE])
    async with SmtpClient(SecretStr(mailbox.smtp_url), connections=connections) as smtp:
        if own_worker:
            [post] = workers_for(client, sessions, settings, smtp)
        else:
            letters = Letters(sessions, settings, smtp, turn_seconds=ATTEMPT.total_seconds() / 2)
            post = Worker(client, task_queue=Queue.MAIL.value, activities=[letters.send_letter])
        queue = uuid4().hex
        async with post, Worker(client, task_queue=queue, workflows=[PostsAtOnce]):
            done = await client.execute_workflow(
                PostsAtOnce.run, Sack(orders=orders), id=queue, task_queue=queue
            )
    assert Counter(proof.outcome for proof in done.proofs) == {LetterOutcome.SENT: AT_ONCE}
    arrived = Counter(letter.message_id for letter in mailbox.store.letters())
    assert len(arrived) == AT_ONCE
    assert set(arrived.values()) == {1}

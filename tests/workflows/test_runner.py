"""The worker's runner: what it leaves out costs something and does nothing; it runs the same workflows."""

import dataclasses
from collections.abc import Sequence
from typing import Self

import pytest
import temporalio.service
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    DataConverter,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
)
from temporalio.worker import Replayer, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from activities.bounds.within import within
from activities.encryption.data_converter import data_converter_of
from tests.confidential.keys import OLD, settings_with
from tests.replay.histories import FOLDER, read
from workflows import ALL_WORKFLOWS
from workflows.runner import ASKS_PER_PAYLOAD, OWN, runner_for

FILES = sorted(FOLDER.glob("*.json"))


def asks_for_contexts(runner: WorkflowRunner) -> bool:
    """Whether it is the SDK's own, which asks a run for a context at every payload."""
    return type(runner) is SandboxedWorkflowRunner


class Contextual(PayloadCodec, WithSerializationContext):
    """A codec that wants to know whose payload it is given."""

    def with_context(self, context: SerializationContext) -> Self:
        return type(self)()

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return list(payloads)

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return list(payloads)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_it_does_what_the_histories_say(file) -> None:  # type: ignore[no-untyped-def]
    replayer = Replayer(
        workflows=ALL_WORKFLOWS,
        data_converter=pydantic_data_converter,
        workflow_runner=runner_for(pydantic_data_converter),
    )
    replaying = replayer.replay_workflow(read(file).history(), raise_on_replay_failure=False)
    outcome = await within(60.0, replaying, f"{file.stem} replays")
    assert outcome.replay_failure is None


def test_our_own_converter_takes_no_context() -> None:
    assert not asks_for_contexts(runner_for(data_converter_of(settings_with(OLD))))
    assert not asks_for_contexts(runner_for(pydantic_data_converter))


def test_a_converter_that_takes_one_is_asked_for() -> None:
    ours: DataConverter = dataclasses.replace(pydantic_data_converter, payload_codec=Contextual())
    assert asks_for_contexts(runner_for(ours))


def test_of_another_sdk_nothing_is_taken_for_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever brings a newer one looks whether it still asks, and says so in `workflows/runner.py`."""
    assert temporalio.service.__version__ == ASKS_PER_PAYLOAD, "docs/upstream-serialization-context.md"
    monkeypatch.setattr(temporalio.service, "__version__", "1.36.0")
    assert asks_for_contexts(runner_for(pydantic_data_converter))


def test_only_our_own_packages_are_passed_through_besides_the_sdks() -> None:
    runner = runner_for(pydantic_data_converter)
    assert isinstance(runner, SandboxedWorkflowRunner)
    usual = SandboxedWorkflowRunner().restrictions.passthrough_modules
    assert runner.restrictions.passthrough_modules - usual == set(OWN)
    assert runner.restrictions.invalid_modules == SandboxedWorkflowRunner().restrictions.invalid_modules

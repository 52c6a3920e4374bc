"""How the worker runs workflows: in the SDK's sandbox, with our own packages passed through.

For each run, and each replay, the sandbox would import `workflows` anew: 18 ms of a core, and none of it
differs. What it watches for there (a clock, chance, the world) is forbidden to these packages by
`tests/test_house_rules.py`, and the tests and the replay gate run them in the strict sandbox.
"""

from typing import Final

import temporalio.service
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import DataConverter, StorageDriverStoreContext, WorkflowSerializationContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import Info

OWN: Final = ("models", "workflows")
ASKS_PER_PAYLOAD: Final = "1.35.0"
"""The SDK whose `WorkflowInstance` is known to be asked so (docs/upstream-serialization-context.md)."""
_ANY: Final = WorkflowSerializationContext(namespace="any", workflow_id="any")


def runner_for(converter: DataConverter) -> WorkflowRunner:
    """The runner of a worker whose client has this converter."""
    own = SandboxRestrictions.default.with_passthrough_modules(*OWN)
    asked_in_vain = converter.with_context(_ANY) is converter and converter.external_storage is None
    if asked_in_vain and temporalio.service.__version__ == ASKS_PER_PAYLOAD:
        return _Unasked(restrictions=own)
    return SandboxedWorkflowRunner(restrictions=own)


class _Unasked(SandboxedWorkflowRunner):
    """Its runs are not asked, payload by payload and in the sandbox, for a context that no converter of ours
    takes."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return _Run(super().create_instance(det))


class _Run(WorkflowInstance):
    def __init__(self, sandboxed: WorkflowInstance) -> None:
        self._sandboxed = sandboxed

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._sandboxed.activate(act)

    def get_serialization_context(self, command_info: object) -> None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)

    def get_info(self) -> Info:
        return self._sandboxed.get_info()

    def get_thread_id(self) -> int | None:
        return self._sandboxed.get_thread_id()

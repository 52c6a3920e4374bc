"""What the Temporal SDK tells: its own lines go the way of all others, its figures to a port of their own."""

import logging
from collections.abc import Sequence
from typing import Any, Final

from opentelemetry.trace import SpanKind
from sqlalchemy.exc import SQLAlchemyError
from temporalio import activity
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from activities.database.sessions import Sessions, reads_of
from activities.observing.causes import traces_of
from activities.observing.logs import about
from activities.observing.tracing import is_traced, span
from models.settings.environment import Settings
from models.settings.observing import listen_address

_CORE: Final = logging.getLogger("temporal.core")


def set_up_runtime(given: Settings) -> None:
    """For a whole program, before its first client."""
    address = listen_address("TEMPORAL_METRICS_ADDRESS", given.temporal_metrics_address)
    figures = (
        PrometheusConfig(
            bind_address=str(address), counters_total_suffix=True, unit_suffix=True, durations_as_seconds=True
        )
        if address
        else None
    )
    lines = LoggingConfig(
        filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
        forwarding=LogForwardingConfig(logger=_CORE),
    )
    runtime = Runtime(telemetry=TelemetryConfig(logging=lines, metrics=figures))
    Runtime.set_default(runtime, error_if_already_set=False)


class ObservedActivities(Interceptor):
    """Lines said in an activity bear the ids of its workflow and queue; it is traced to its cause."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = reads_of(sessions)

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _Observed(next, self._sessions)


class _Observed(ActivityInboundInterceptor):
    def __init__(self, inner: ActivityInboundInterceptor, sessions: Sessions) -> None:
        super().__init__(inner)
        self._sessions = sessions

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        info = activity.info()
        workflow_id = info.workflow_id or ""
        with about(workflow_id=workflow_id, task_queue=info.task_queue):
            if not is_traced():
                return await super().execute_activity(input)
            first, *others = await self._traces(input.args) or ("",)
            name, kind = f"activity {info.activity_type}", SpanKind.CONSUMER
            with span(name, kind, parent=first, others=others, workflow_id=workflow_id, attempt=info.attempt):
                return await super().execute_activity(input)

    async def _traces(self, args: Sequence[object]) -> tuple[str, ...]:
        """Nothing waits for it: what cannot be found out begins a trace of its own."""
        try:
            async with self._sessions() as session:
                return await traces_of(session, args[0] if args else None)
        except (SQLAlchemyError, OSError):
            return ()

"""The workflows: the only place that knows Temporal's clock and waits."""

from workflows.monitoring import MonitoringWorkflow

ALL_WORKFLOWS = (MonitoringWorkflow,)
"""The worker and the replay gate read the same list."""

__all__ = ["ALL_WORKFLOWS", "MonitoringWorkflow"]

"""The workflows: the only place that knows Temporal's clock and waits."""

from workflows.archive import ArchiveWorkflow
from workflows.consolidation import ConsolidationWorkflow
from workflows.duty import DutyWorkflow
from workflows.monitoring import MonitoringWorkflow

ALL_WORKFLOWS = (MonitoringWorkflow, DutyWorkflow, ConsolidationWorkflow, ArchiveWorkflow)
"""The worker and the replay gate read the same list."""

__all__ = ["ALL_WORKFLOWS", "ArchiveWorkflow", "ConsolidationWorkflow", "DutyWorkflow", "MonitoringWorkflow"]

"""The workflows: the only place that knows Temporal's clock and waits."""

from workflows.archive import ArchiveWorkflow
from workflows.consolidation import ConsolidationWorkflow
from workflows.duty import DutyWorkflow
from workflows.monitoring import MonitoringWorkflow
from workflows.webhook_delivery import WebhookDeliveryWorkflow

ALL_WORKFLOWS = (MonitoringWorkflow, DutyWorkflow, ConsolidationWorkflow, ArchiveWorkflow)
"""The worker and the replay gate read the same list."""
DELIVERING = (WebhookDeliveryWorkflow,)
"""What runs beside the procedure, for days at most: no proceeding, and kept in no archive."""

__all__ = [
    "ALL_WORKFLOWS",
    "DELIVERING",
    "ArchiveWorkflow",
    "ConsolidationWorkflow",
    "DutyWorkflow",
    "MonitoringWorkflow",
    "WebhookDeliveryWorkflow",
]

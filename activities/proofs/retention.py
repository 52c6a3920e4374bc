"""How long the server keeps closed histories: a worker refuses a namespace that forgets too soon."""

from datetime import timedelta

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from activities.bounds.temporal import answered


class ForgetsTooSoon(Exception):
    """The namespace's retention is shorter than it must be; the message says what to do."""


async def check_retention(client: Client, least_days: int) -> None:
    """Raises `ForgetsTooSoon`. What closes under a short retention is lost, whatever is set afterwards."""
    asked = client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    described = await answered(asked, f"the namespace {client.namespace} is described")
    kept = described.config.workflow_execution_retention_ttl.ToTimedelta()
    if kept < timedelta(days=least_days):
        raise ForgetsTooSoon(
            f"The namespace {client.namespace} keeps closed histories for {kept}, and {least_days} days are "
            f"the least (MIN_RETENTION_DAYS). Set it before any worker starts: "
            f"temporal operator namespace update --namespace {client.namespace} --retention {least_days}d"
        )

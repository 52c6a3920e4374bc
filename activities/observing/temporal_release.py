"""Tells at the start when the Temporal server is not of the set that this program was tried with."""

from temporalio.api.workflowservice.v1 import GetSystemInfoRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.bounds.temporal import answered
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.settings.temporal_set import SERVER, Beside, beside_the_set

log = Log(__name__)


async def tell_of_release(client: Client) -> None:
    """A warning, and no more: whoever upgrades is between two releases for a while."""
    try:
        asked = client.workflow_service.get_system_info(GetSystemInfoRequest())
        release = (await answered(asked, "the server says its release")).server_version
    except (RPCError, TimeoutError):
        return  # it is away: that is told elsewhere
    stands = beside_the_set(release)
    if stands is not Beside.SAME:
        log.warning(
            LogCode.TEMPORAL_OF_ANOTHER_RELEASE, outcome=stands.value, reason=release, expected=SERVER
        )

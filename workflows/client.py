"""The connection to Temporal, with the one data converter of the product.

It stands at the edge: programs make it, no workflow imports it. Hence it may know `activities`.
"""

from temporalio.client import Client

from activities.bounds.temporal import BoundedCalls
from activities.bounds.within import within
from activities.encryption.data_converter import data_converter_of
from models.settings.environment import Settings

CONNECT_SECONDS = 10.0


async def connect(settings: Settings) -> Client:
    """Connect now. Raises RuntimeError or TimeoutError when the server cannot be reached, `BadPayloadKeys`
    for wrong keys."""
    connecting = Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter_of(settings),
        interceptors=[BoundedCalls()],
    )
    return await within(CONNECT_SECONDS, connecting, "Temporal answers")

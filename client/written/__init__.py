"""A client of the API of anti-corruption monitoring: `api` has its operations, `models` what they send."""

from client.written.client import AuthenticatedClient, Client
from client.written.keys import new_key
from client.written.patience import Patience
from client.written.reading_on import Batch, every, follow
from client.written.refusals import ApiProblem, NotNow, Reason, Refused, WrongField

__all__ = (
    "ApiProblem",
    "AuthenticatedClient",
    "Batch",
    "Client",
    "NotNow",
    "Patience",
    "Reason",
    "Refused",
    "WrongField",
    "every",
    "follow",
    "new_key",
)

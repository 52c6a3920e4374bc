"""Webhooks: what is delivered to another system, when it is tried again, what came of each try."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

PAUSES: Final = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""Before each try of a delivery, as Standard Webhooks recommends: more than three days in all."""
FORMER_SECRET: Final = timedelta(hours=24)
"""How long the secret before signs beside the new one."""
LOG_KEPT: Final = timedelta(days=90)
"""How long it is kept what came of deliveries."""


class WebhookState(StrEnum):
    """Whether events are delivered. `term.webhook_state.<state>`."""

    ACTIVE = "active"
    STOPPED = "stopped"  # by an administrator
    DISABLED = "disabled"  # by itself: nothing was taken for days, or the address said it is gone


class Reception(StrEnum):
    """What came of one try. `term.reception.<reception>`."""

    TAKEN = "taken"  # any 2xx
    REFUSED = "refused"  # any other status; redirects are not followed
    GONE = "gone"  # 410: nothing more is delivered there
    TOO_SLOW = "too_slow"
    UNREACHABLE = "unreachable"  # no such name, no connection, no certificate that holds
    NOT_PERMITTED = "not_permitted"  # the name stands for an address inside, which no one permitted


class WebhookOrder(Model):
    """What a run delivers: the event at a position of the feed, or none for a test, to one address."""

    webhook: Id
    message: Id
    position: int | None = None


class WebhookTry(Model):
    """One try of a delivery, counted from 1."""

    order: WebhookOrder
    attempt: int


class WebhookTried(Model):
    """What came of it. `over`: nothing more is to be done, because it was taken or is not wanted any more."""

    over: bool
    reception: Reception | None = None

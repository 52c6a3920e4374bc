"""What became of commands, for the figures and the log: by its name, and how long it took."""

import time
from enum import StrEnum

from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.observing.metrics import COMMAND_SECONDS, COMMANDS, REFUSALS

log = Log("api")


class CommandFate(StrEnum):
    """How a command ends for whoever sent it."""

    RECORDED = "recorded"
    REFUSED = "refused"
    REPEATED = "repeated"  # answered as before
    PENDING = "pending"  # not known in time, or nobody could take it: to be sent again under its key
    FAILED = "failed"  # a fault of the product


def concluded(command: str, fate: CommandFate, refusal: str = "") -> None:
    """Count it; the line bears the ids of its request."""
    COMMANDS.labels(command, fate.value).inc()
    log.info(LogCode.COMMAND_CONCLUDED, command=command, outcome=fate.value, refusal=refusal)


def recorded(command: str, begun: float) -> None:
    """`begun` by the monotonic clock."""
    COMMAND_SECONDS.labels(command).observe(time.monotonic() - begun)
    concluded(command, CommandFate.RECORDED)


def was_refused(command: str, code: str) -> None:
    """`code` is the first reason's, a word of the rules."""
    REFUSALS.labels(command, code).inc()
    concluded(command, CommandFate.REFUSED, code)

"""What became of a command, as the log of commands says it."""

from enum import StrEnum


class CommandOutcome(StrEnum):
    """What `commands.outcome` says."""

    PENDING = "pending"  # it is under way, or its answer was not waited for: the journal will tell
    DONE = "done"
    REFUSED = "refused"
    LAPSED = "lapsed"  # no line of the journal came of it in its time; sent again, it is still the same one


DECIDED = frozenset({CommandOutcome.DONE, CommandOutcome.REFUSED})

"""The articles of the Rules: per command, check and decide. Every refusal cites its paragraph.

`decide` is pure: the validator calls it to refuse before anything enters the history, the handler calls it
to learn what happened, and the API calls it to tell what is missing. Which rule lives where: docs/rules.md.
"""

from datetime import datetime
from typing import cast

from models.commands.command import Command
from models.events import Event
from models.monitoring.rules import (  # noqa: F401
    closing,
    collection,
    councils,
    dispatch,
    follow_up,
    handing,
    handing_on,
    information,
    joint,
    omission,
    publication,
    replies,
    report,
    review,
    succession,
    working_group,
)
from models.monitoring.rules.actors import check_actor
from models.monitoring.rules.registry import RULES
from models.monitoring.state import MonitoringState
from models.vocabulary.refusal import refuse_if


def decide(state: MonitoringState, command: Command, now: datetime) -> tuple[Event, ...]:
    """What a command makes happen at an instant (UTC). Raises `Refused` with every reason found."""
    check_actor(state, command)
    refuse_if(state.ended, "monitoring_ended", stage=state.stage.value)
    today = state.calendar.local_date(now)
    return cast(tuple[Event, ...], RULES[type(command)](state, command, today))

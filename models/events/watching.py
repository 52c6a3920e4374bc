"""What whoever coordinates a monitoring is told of it (docs/architecture.md, Time)."""

from datetime import date, datetime
from typing import Literal

from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Stage


class News(Model):
    """Something that others did: the entry of the journal, its event's type, who did it, when (UTC).

    `near` when a deadline of the same matter is so near that the day's end is not waited for; `until` is the
    local date somebody asks for; `version` is the report's.
    """

    seq: int
    type: str
    at: datetime
    who: Id | None = None
    who_kind: RecipientKind = RecipientKind.ORGANISATION
    version: int | None = None
    until: date | None = None
    near: bool = False


class NewsGathered(Model):
    """Beyond the Rules: what others did since the last time is told to whoever coordinates, in one letter."""

    type: Literal["news_gathered"] = "news_gathered"
    news: tuple[News, ...]


class MonitoringRested(Model):
    """Beyond the Rules: nobody has touched the monitoring since a local date, for a term of its stage.

    A reminder (`reminder` counts the terms that passed), never a violation: the Rules set no term.
    """

    type: Literal["monitoring_rested"] = "monitoring_rested"
    stage: Stage
    since: date
    reminder: int

"""What a token may be used for: the rights of its account, narrowed. A token never widens them."""

from enum import StrEnum
from typing import Final

from models.vocabulary.access import READS, Action


class Scope(StrEnum):
    """A part of what an account may do. `term.scope.<scope>` in the catalogues."""

    READ = "read"  # what is on record: monitorings, duties, registries, lists, histories
    CONTENT = "content"  # sources, indicators, findings, drafts, comments, files
    COMMANDS = "commands"  # what makes something happen in a proceeding
    EVENTS = "events"  # the feed of events
    ADMINISTRATION = "administration"  # registries, accounts, settings, webhooks; the logs


EVERY_SCOPE: Final = frozenset(Scope)
"""What tokens are issued for unless less is said, and what those from before there were scopes have."""

_CONTENT: Final = frozenset({Action.WRITE_CONTENT, Action.COMMENT, Action.ATTACH})
_ADMINISTRATION: Final = frozenset({Action.WRITE_REGISTRIES, Action.READ_COMMANDS})


def scope_of(action: Action) -> Scope | None:
    """Under which scope an action falls; None for what everybody may, with any token."""
    if action is Action.READ_PUBLISHED:
        return None
    if action is Action.READ_EVENTS:
        return Scope.EVENTS
    if action in _ADMINISTRATION:
        return Scope.ADMINISTRATION
    if action in _CONTENT:
        return Scope.CONTENT
    return Scope.READ if action in READS else Scope.COMMANDS

"""What all scenes of a demo share: the ways in, the mailbox, the screen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from local.demo.caller import Caller
from local.demo.letterbox import Letterbox
from local.demo.patience import WAIT_SECONDS
from local.demo.screen import Screen
from local.demo.visitor import Visitor
from local.mailbox import Mailbox
from models.vocabulary.procedure import Id


class Database(Protocol):
    def url(self) -> str:
        """For the owner of its tables."""
        ...


class House(Protocol):
    """What a demo is played on: the stack of one machine, or the cluster."""

    @property
    def home(self) -> Path: ...

    @property
    def api_url(self) -> str: ...

    @property
    def mailbox(self) -> Mailbox: ...

    @property
    def postgres(self) -> Database: ...


@dataclass
class Theatre:
    """A running stack, and how people of the sample country come to it."""

    call: Callable[[Id], Caller]  # by account of the sample country, with whatever token its label has now
    renew_tokens: Callable[[], Awaitable[None]]  # the operator gives the people of a new body theirs
    letterbox: Letterbox
    mailbox: Mailbox
    visitor: Visitor
    screen: Screen
    public_url: str
    patience: float = WAIT_SECONDS

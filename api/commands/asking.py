"""Whoever asks for a command by a route: allowed to, before the proceeding it is for, with a desk to send it.

A route names its command once. Who may give it follows: a command's action bears the command's name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypedDict, TypeVar

from fastapi import Depends

from api.access.consolidation import ConsolidationAccess, ConsolidationPolicy
from api.access.policy import Access, MonitoringPolicy, actor_of
from api.commands.addressed import Addressed, R, consolidation, monitoring
from api.commands.desk import CommandDesk, Desk
from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.http.deps import each_by_itself, in_a_transaction
from api.http.requests import CommandBody
from models.commands import command_name
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.consolidation.notices import ConsolidationReceipt
from models.consolidation.rules import CONSOLIDATION_RULES
from models.report.content import ReportContent
from models.vocabulary.access import Action
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id

A = TypeVar("A", Access, ConsolidationAccess)


class By(TypedDict):
    """What every command is filled with first: its id, and who acts."""

    id: Id
    actor: Actor


@dataclass(frozen=True)
class Asker(Generic[A, R]):
    """A caller who may give the command of this request."""

    access: A
    to: Addressed[R]
    desk: CommandDesk

    @property
    def key(self) -> RequestKey:
        return self.desk.key

    def by(self, body: CommandBody) -> By:
        """The id of the command and its author, for whomever the body says they act."""
        return By(id=self.desk.id, actor=actor_of(self.access.caller, body.on_behalf))

    async def send(
        self, command: Command, *, notes: Sequence[Note] = (), content: ReportContent | None = None
    ) -> R:
        """The receipt of the command. Raises Failed as `CommandDesk.send` does."""
        return await self.desk.send(self.to, command, notes=notes, content=content)


MonitoringAsker = Asker[Access, Receipt]
ConsolidationAsker = Asker[ConsolidationAccess, ConsolidationReceipt]


@cache
def action_of(command: type[Command]) -> Action:
    """What a caller must be allowed to do to give a command."""
    return Action(command_name(command))


def asks(command: type[Command], *, at_once: bool = True) -> Any:
    """Only for callers who may give this command to the proceeding in the path.

    As a rule it is claimed by one statement, `at_once`; otherwise the request is a transaction until it is.
    """
    action = action_of(command)
    asker = _consolidation if command in CONSOLIDATION_RULES else _monitoring
    return Depends(asker(action, each_by_itself if at_once else in_a_transaction))


def _monitoring(action: Action, standing: Callable[..., Any]) -> Any:
    policy = MonitoringPolicy(action)

    async def asker(
        _: Annotated[None, Depends(standing)], access: Annotated[Access, Depends(policy)], desk: Desk
    ) -> MonitoringAsker:
        return Asker(access, monitoring(access.state), desk)

    return asker


def _consolidation(action: Action, standing: Callable[..., Any]) -> Any:
    policy = ConsolidationPolicy(action)

    async def asker(
        _: Annotated[None, Depends(standing)],
        access: Annotated[ConsolidationAccess, Depends(policy)],
        desk: Desk,
    ) -> ConsolidationAsker:
        return Asker(access, consolidation(access.state), desk)

    return asker

"""A form becomes a command: once per letter, whoever presses the button, however often."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.follow_up import item_named
from api.commands.desk import CommandDesk
from api.commands.idempotency import CommandOutcome, RequestKey, command_id
from api.commands.repair import RETRY_SECONDS
from api.commands.sending import command_name
from api.http.problems import sentence
from api.pages.forms.form import LetterForm, Order
from api.pages.forms.typed import Fault
from api.pages.links.opened import Matter
from api.problems.problem import Failed, ProblemCode
from models.commands.command import Command
from models.monitoring.rules import decide
from models.monitoring.rules.admission import check_admission
from models.tables.commands import CommandRow
from models.vocabulary.base import Model
from models.vocabulary.refusal import Refusal, Refused

A = TypeVar("A", bound=Model)
_ATTEMPTS = 200


class Ending(StrEnum):
    """What became of a form that was sent."""

    DONE = "done"
    REFUSED = "refused"
    UNDER_REPAIR = "under_repair"  # not done; to be sent when the records agree again
    UNKNOWN = "unknown"  # not yet recorded; the same form may be sent again


@dataclass(frozen=True)
class Sent:
    ending: Ending
    refusals: tuple[Refusal, ...] = ()
    retry_after: int = 60


async def key_of(session: AsyncSession, matter: Matter, asked: str) -> RequestKey:
    """One key per letter and asking, the same for everybody who holds the link: a second send is the first.

    After a refusal the next key is taken, so that a mended answer does not meet the old refusal. What was
    typed is no part of the key: of two colleagues the first one counts, and the other is shown what it said.
    """
    subject = f"{matter.number}/{matter.letter.id}"
    for attempt in range(1, _ATTEMPTS):
        key = f"{asked}/{attempt}"
        known = command_id(subject, key)
        row = await session.get(CommandRow, known, populate_existing=True)
        if row is None or row.outcome != CommandOutcome.REFUSED:
            return RequestKey(key=key, id=known, sha256=hashlib.sha256(known.encode()).hexdigest())
    raise Failed(HTTPStatus.CONFLICT, "busy")


def refusals_ahead(matter: Matter, command: Command) -> tuple[Refusal, ...]:
    """What the rules would say of a command now: told while checking, not after sending."""
    try:
        check_admission(matter.state, command, matter.today)
        decide(matter.state, command, matter.now)
    except Refused as refused:
        return refused.refusals
    return ()


async def send(form: LetterForm[A], answer: A, matter: Matter) -> Sent:
    """Send a form's command and tell how it ended."""
    name = command_name(type(form.order(answer, matter, "unsent").command))
    key = await key_of(matter.session, matter, f"{name}/{form.attempt(matter)}")
    await form.before_sending(answer, matter, key.id)
    sent = await send_order(matter, key, form.order(answer, matter, key.id))
    if sent.ending is Ending.REFUSED:
        await form.after_refusal(answer, matter, key.id)
    return sent


async def send_order(matter: Matter, key: RequestKey, order: Order) -> Sent:
    """Send one command by the link of a letter."""
    desk = CommandDesk(matter.services, matter.session, key, matter.now)
    try:
        await desk.send(matter.number, order.command, notes=order.notes)
    except Failed as failed:
        if failed.status is HTTPStatus.CONFLICT:
            return Sent(Ending.REFUSED, failed.refusals)
        if failed.status is HTTPStatus.SERVICE_UNAVAILABLE:
            repaired = any(refusal.code == ProblemCode.UNDER_REPAIR for refusal in failed.refusals)
            return Sent(Ending.UNDER_REPAIR, retry_after=RETRY_SECONDS) if repaired else Sent(Ending.UNKNOWN)
        raise
    return Sent(Ending.DONE)


def _items_named(matter: Matter) -> dict[str, str]:
    """The items as the page numbers them: their ids are not shown there."""
    state = matter.state
    return {item: item_named(matter.language, state, item) for item in state.items}


def as_faults(form: LetterForm[A], refusals: tuple[Refusal, ...], matter: Matter) -> tuple[Fault, ...]:
    """Refusals as the error summary shows them: the rule's sentence, at the field where one is meant."""
    return tuple(
        Fault(
            field=form.fields_of_refusals.get(refusal.code, "").format(**refusal.params),
            key="refused",
            params={"sentence": sentence(matter.language, refusal, _items_named(matter))},
        )
        for refusal in refusals
    )

"""Whether what was acknowledged is on record, once, and nothing that nobody asked for."""

from collections.abc import Iterator
from itertools import chain, groupby
from typing import Final

from local.drill.ledger import Exchange, Ledger, receipt_of
from local.drill.records import Recorded
from models.events import Entry, ReportAcknowledged
from models.letters.links import verify
from models.vocabulary.procedure import Id
from models.vocabulary.stores import Store

LINK_DAYS: Final = 180


def not_once(one: Recorded, ledger: Ledger, link_secret: str, named: str = "") -> Iterator[str]:
    """What of a monitoring is missing, or there more than once, in journal, projection or history.

    `named` is what reconciling said: whatever a restore took away for good is told there, by its id.
    """
    mine = (each for each in ledger.commands() if receipt_of(each).number == one.number)
    found = chain(
        _twice(one),
        *(
            _missing(one, ledger.command(exchange), exchange)
            for exchange in mine
            if ledger.command(exchange) not in named
        ),
        *(_reply_missing(one, exchange, link_secret) for exchange in ledger.replies()),
        _nobodys(one, ledger),
    )
    return (f"{one.number}: {what}" for what in found)


def _twice(one: Recorded) -> Iterator[str]:
    commands = [command for command, _ in groupby(entry.command for entry in one.journal if entry.command)]
    yield from (f"{each} is in the journal twice" for each in set(commands) if commands.count(each) > 1)
    yield from (f"{each} is in the history {n} times" for each, n in one.accepted.items() if n > 1)
    if one.projected != len(one.journal):
        yield f"the projection is at line {one.projected} of {len(one.journal)}"


def _missing(one: Recorded, command: Id, exchange: Exchange) -> Iterator[str]:
    lines = [entry for entry in one.journal if entry.command == command]
    until = receipt_of(exchange).seq
    if not lines:
        yield f"{exchange.what} was acknowledged and is not in the journal"
    elif lines[-1].seq > until:
        yield f"{exchange.what} led to line {lines[-1].seq} and was acknowledged up to {until}"
    starts = bool(lines) and lines[0].seq == 1  # what a history begins with is no update
    if not starts and not _in_history(one, command):
        yield f"{exchange.what} was acknowledged and is not in the history"


def _in_history(one: Recorded, command: Id) -> bool:
    """Of a history that was set back the journal alone has what it had: its next run was begun with it."""
    if one.accepted[command] or one.before[command]:
        return True
    lines = {entry.seq for entry in one.journal if entry.command == command}
    brought = one.reconciled(Store.WORKFLOW)
    return any(lines & set(range(each.from_seq, each.to_seq + 1)) for each in brought)


def _reply_missing(one: Recorded, exchange: Exchange, link_secret: str) -> Iterator[str]:
    """An answer by a link is known by its letter: the key of a form is the server's own."""
    link = verify(link_secret, exchange.token, LINK_DAYS)
    if link.number != one.number:
        return
    lines = (entry for entry in one.journal if entry.actor.letter == link.letter)
    commands = {entry.command for entry in lines if _acknowledges(entry) is exchange.is_receipt}
    if len(commands) != 1:
        yield f"an answer by the letter {link.letter} is in the journal {len(commands)} times"
    absent = (command for command in commands if command and not _in_history(one, command))
    yield from (
        f"an answer by the letter {link.letter}, {command}, is not in the history" for command in absent
    )


def _acknowledges(entry: Entry) -> bool:
    return isinstance(entry.event, ReportAcknowledged)


def _nobodys(one: Recorded, ledger: Ledger) -> Iterator[str]:
    sent = {ledger.command(each) for each in ledger.exchanges if each.is_command}
    asked = {entry.command for entry in one.journal if entry.actor.account and entry.command}
    return (f"nobody asked for {each}" for each in asked - sent)

"""What becomes of what a body had: who is its successor, from which day, by which act.

What was done keeps the body it was done by. What is led, asked, owed and awaited is from that day the
successor's; without one it has nobody, until the authorized body takes it over.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import refuse_if
from models.vocabulary.texts import NoteHash


class Succession(Model):
    """From `since` (local date) on. `successor` is None where there is nobody, and the body itself where one
    that was abolished is there again.

    `whole` where the body is no more. Else it is of another kind: what it *led* passes on, what it was sent
    and owes stays its own.
    """

    body: Id
    successor: Id | None
    since: date
    whole: bool = True
    reason: NoteHash | None = None  # the act
    led: Id | None = None  # who had what it led before it was no more, by its former change of kind


Successions = Mapping[Id, Succession]
"""By the body; the last word on each."""


def stands_for(successions: Successions, body: Id) -> Id | None:
    """Who is asked and answers today for what a body was sent, asked or owes; None for nobody."""
    return _heir(successions, body, led=False)


def leads_for(successions: Successions, body: Id) -> Id | None:
    """Who leads today what a body led; None for nobody."""
    return _heir(successions, body, led=True)


def _heir(successions: Successions, body: Id, *, led: bool) -> Id | None:
    """Along the chain, however long; a ring (a body founded anew under its former id) ends the walk."""
    seen: set[Id] = set()
    known = successions.get(body)
    while known is not None and body not in seen and (known.whole or led):
        heir = known.led if led and known.led else known.successor
        if heir is None:
            return None
        seen.add(body)
        body, known = heir, successions.get(heir)
    return body


def along(successions: Successions, bodies: Iterable[Id]) -> tuple[Succession, ...]:
    """What concerns these bodies: their own successions, and those of their successors."""
    found: dict[Id, Succession] = {}
    ahead = [*bodies]
    while ahead:
        known = successions.get(ahead.pop(0))
        if known is not None and known.body not in found:
            found[known.body] = known
            ahead += [heir for heir in (known.successor, known.led) if heir]
    return tuple(found.values())


def check_successor(body: Id, successor: Id, since: date, existing: Iterable[Id]) -> None:
    """A successor is another body, and one that exists from the day on. Raises `Refused`
    (successor_of_itself, successor_not_there)."""
    refuse_if(successor == body, "successor_of_itself", organisation=body)
    gone = successor not in existing
    refuse_if(gone, "successor_not_there", organisation=successor, date=since.isoformat())


def check_gone(body: Id, last_day: date | None) -> None:
    """A successor is named late for a body that is abolished. Raises `Refused` (not_abolished)."""
    refuse_if(last_day is None, "not_abolished", organisation=body)


def check_kind_changes(body: Id, changes: Collection[str]) -> None:
    """Else nothing passes on from a body that is there. Raises `Refused` (successor_without_change)."""
    refuse_if("kind" not in changes, "successor_without_change", organisation=body)


def check_administered(body: Id, administered: bool) -> None:
    """Accounts end with their body: somebody of another one can still give them. Raises `Refused`
    (administrator_needed)."""
    refuse_if(not administered, "administrator_needed", organisation=body)

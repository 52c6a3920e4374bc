"""The letters of a drill: what lies in the mailbox beside what the journals say was sent."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from local.drill.faults.fault import Outage
from local.drill.records import Recorded
from local.mailbox import LetterStore, Summary
from models.events import LetterSent
from models.letters.letter import Letter
from models.monitoring.fold import fold
from models.vocabulary.letters import LetterStatus

_PROOF: Final = timedelta(seconds=10)
"""Within so long a proof is written, if nothing is away."""


@dataclass
class Post:
    """The mailbox, by Message-ID; the copies of a letter in the order of their arrival."""

    store: LetterStore
    unproved: int = 0
    """Letters whose mail server's answer was lost and whose matter was settled before they were tried again,
    by their own link perhaps: they arrived, and the journal withdrew them."""

    def __post_init__(self) -> None:
        self._copies: dict[str, list[Summary]] = defaultdict(list)

    def read(self) -> None:
        """Take what arrived until now."""
        self._copies.clear()
        for letter in reversed(self.store.letters()):
            self._copies[letter.message_id.partition("@")[0]].append(letter)

    @property
    def letters(self) -> int:
        """How many different ones arrived."""
        return len(self._copies)

    @property
    def doubled(self) -> int:
        """How many arrivals were copies of an earlier one."""
        return sum(len(copies) - 1 for copies in self._copies.values())

    def contradictions(self, recorded: Iterable[Recorded], outages: Sequence[Outage]) -> Iterator[str]:
        """What in the mailbox is not as the journals have it."""
        for one in recorded:
            yield from self._of(one, outages)
        for mark, copies in self._copies.items():
            yield from _copied(mark, copies, outages)

    def _of(self, one: Recorded, outages: Sequence[Outage]) -> Iterator[str]:
        state = fold(list(one.journal))
        letters = state.letters if state else {}
        sent = {_mark(one, e.event): e.event for e in one.journal if isinstance(e.event, LetterSent)}
        arrived = {mark for mark in self._copies if mark.startswith(f"<{one.number}.")}
        yield from (f"{mark} is sent by the journal and did not arrive" for mark in sent.keys() - arrived)
        unproved = {
            f"<{one.number}.{letter.id}.{letter.attempt}"
            for letter in letters.values()
            if letter.status is LetterStatus.WITHDRAWN
        }
        self.unproved += len(unproved & arrived)
        for mark in arrived - sent.keys():
            if mark not in unproved or not _unproved(self._copies[mark], outages):
                yield f"{mark} arrived and is not sent by the journal"
        for letter in letters.values():
            if letter.status not in {LetterStatus.SENT, LetterStatus.WITHDRAWN}:
                yield f"letter {letter.id} of {one.number} is {letter.status.value}"
        for mark in sent.keys() & arrived:
            yield from self._differs(mark, sent[mark], letters.get(sent[mark].letter))

    def _differs(self, mark: str, sent: LetterSent, letter: Letter | None) -> Iterator[str]:
        copies = self._copies[mark]
        if letter is None:
            yield f"{mark}: the journal knows no letter {sent.letter}"
        pinned = {hashlib.sha256(self.store.raw(copy.id)).hexdigest() for copy in copies}
        if sent.eml not in pinned:
            yield f"{mark}: none that arrived is the one that the journal pins"


def _mark(one: Recorded, sent: LetterSent) -> str:
    return f"<{one.number}.{sent.letter}.{sent.attempt}"


def _copied(mark: str, copies: Sequence[Summary], outages: Sequence[Outage]) -> Iterator[str]:
    """A letter comes again only where its answer was lost: something was away in between."""
    for former, latter in pairwise(copies):
        if not any(each.overlaps(former.received_at, latter.received_at) for each in outages):
            yield f"{mark} came twice although nothing was away"
        if (former.subject, former.recipients) != (latter.subject, latter.recipients):
            yield f"{mark} came twice and differs"


def _unproved(copies: Sequence[Summary], outages: Sequence[Outage]) -> bool:
    """Whether the answer to each copy may have been lost."""
    arrivals = [copy.received_at for copy in copies]
    return all(any(each.overlaps(at, at + _PROOF) for each in outages) for at in arrivals)

"""What a version of the report asks of one body, beside what the one before asked of it (rule 16; A12)."""

from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.monitoring.items import items_for
from models.monitoring.state import MonitoringState
from models.report.facts import ItemFact
from models.report.rendition import Rendition
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Ground, Id

_NEVER_CAME = frozenset({LetterStatus.WITHDRAWN, LetterStatus.UNDELIVERABLE})


class Asked(Model):
    """Of one body, by a letter of one version. By default nothing, as in letters on other matters."""

    replaced: int | None = None
    """The version that the body was sent before this one."""
    new: tuple[Id, ...] = ()
    changed: tuple[Id, ...] = ()
    open: tuple[Id, ...] = ()
    """Not answered yet, and as the version before had them."""
    standing: tuple[Id, ...] = ()
    """A correction left them as they were answered."""
    had: bool = False
    """Whether the version before asked something of it."""
    for_consolidation: bool = False

    @property
    def items(self) -> tuple[Id, ...]:
        """All of them: what waits for a first answer stands first."""
        return (*self.new, *self.changed, *self.open, *self.standing)

    @property
    def nothing_more(self) -> bool:
        """What was asked of it is asked no longer."""
        return self.had and not self.items


def asked_by(state: MonitoringState, letter: Letter) -> Asked:
    """What the recipient of a letter about the report is asked, by the version that the letter is about."""
    addressee = state.addressees.get(letter.subject)
    replaced = _sent_before(state, letter)
    before = {fact.id: fact for fact in _facts(state, replaced) if fact.addressee == letter.subject}
    now = {fact.id: fact for fact in _facts(state, letter.version)}
    own = items_for(state, letter.subject)
    standing = tuple(item for item in own if state.items[item].answered_for is not None)
    asked = tuple(item for item in own if item not in standing)
    new = tuple(item for item in asked if replaced is not None and item not in before)
    changed = tuple(item for item in asked if item in before and _differs(now.get(item), before[item]))
    return Asked(
        replaced=replaced,
        new=new,
        changed=changed,
        open=tuple(item for item in asked if item not in (*new, *changed)),
        standing=standing,
        had=bool(before),
        for_consolidation=addressee is not None and addressee.ground is Ground.CONSOLIDATION,
    )


def _sent_before(state: MonitoringState, letter: Letter) -> int | None:
    """The newest of the earlier versions that left to this body (rule 15: one current report)."""
    earlier = (
        sent.version
        for sent in state.letters.values()
        if sent.subject == letter.subject
        and LETTERS[sent.kind].report is Rendition.FILED
        and sent.status not in _NEVER_CAME
    )
    return max((known for known in earlier if known and known < (letter.version or 0)), default=None)


def _facts(state: MonitoringState, version: int | None) -> tuple[ItemFact, ...]:
    known = next((each for each in state.versions if each.number == version), None)
    return known.content.facts.items if known else ()


def _differs(now: ItemFact | None, before: ItemFact) -> bool:
    """Versions that earlier releases pinned do not tell their items' texts: of them nothing is said."""
    return now is not None and now.text is not None and not now.asks_as(before)

"""Until when something is asked for and on what that date rests: the same sentences as in the letters."""

from typing import Final

from api.pages.matter import Matter
from locales.catalogue import text
from locales.dates import say_due
from models.agenda import BasisKind, Deadline, DeadlineStatus
from models.base import Model
from models.procedure import Language

_CITATIONS: Final = {"APPC art. 76": "letter.act.appc_76", "13.1": "letter.act.rule_13_1"}


class Due(Model):
    """`until` is the day with weekday and zone, `why` its basis, and whether it may still move."""

    until: str
    why: tuple[str, ...] = ()
    passed: bool = False


def due_of(matter: Matter) -> Due:
    """What the top of a page says of time."""
    language, deadline = matter.language, matter.deadline
    if deadline is None or deadline.status is DeadlineStatus.WITHDRAWN:
        return Due(until=text(language, "letter.when.none"))
    passed = deadline.due_on < matter.today
    key = "letter.when.passed" if passed else "letter.when.due"
    why = [_basis(language, deadline)]
    if deadline.provisional:
        why.append(text(language, "letter.when.provisional"))
    if passed:
        why.append(text(language, "page.due.late_counts"))
    return Due(
        until=text(language, key, due=say_due(language, deadline.due_on)), why=tuple(why), passed=passed
    )


def _basis(language: Language, deadline: Deadline) -> str:
    """Only a statutory deadline is called one by law."""
    reference = deadline.basis.reference
    cited = text(language, _CITATIONS[reference]) if reference in _CITATIONS else reference
    if deadline.by_law:
        return text(language, "letter.basis.statutory", reference=cited)
    kind = BasisKind.SERVICE if deadline.basis.kind is BasisKind.EDITION else deadline.basis.kind
    return text(language, f"letter.basis.{kind.value}", reference=cited)

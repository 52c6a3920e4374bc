"""What a deadline rests on, in a sentence: only a statutory one is called “by law”."""

from typing import Final

from locales.catalogue import plural, text
from locales.dates import say_day
from models.agenda.deadline import BasisKind, Deadline, DeadlineSubject
from models.agenda.grounds import DayGround
from models.agenda.terms import is_of_the_code
from models.vocabulary.procedure import Language

# Acts that deadlines rest on are cited in the reader's language where the catalogue knows them.
_CITATIONS: Final = {"APPC art. 76": "letter.act.appc_76", "13.1": "letter.act.rule_13_1"}


def basis_said(language: Language, deadline: Deadline, ground: DayGround | None) -> str:
    """The basis as letters and pages say it: whose wish or habit it is, unless a norm sets it.

    `ground` is who named the day, where its basis does not say so.
    """
    reference = deadline.basis.reference
    cited = text(language, _CITATIONS[reference]) if reference in _CITATIONS else reference
    if ground is DayGround.EXTENDED_BY_ADDRESSEE:
        return text(language, "letter.basis.extended_by_addressee", reference=cited)
    if deadline.by_law and deadline.extensions:
        return text(language, "letter.basis.extended", reference=cited)
    if ground is not None:
        return text(language, f"letter.basis.{ground.value}")
    if deadline.by_law:
        return text(language, "letter.basis.statutory", reference=cited)
    if deadline.subject_kind in {DeadlineSubject.DUTY, DeadlineSubject.REVIEW}:
        return text(language, "letter.basis.regularly")  # A4: an interval that reminds
    kind = BasisKind.SERVICE if deadline.basis.kind is BasisKind.EDITION else deadline.basis.kind
    return text(language, f"letter.basis.{kind.value}", reference=cited)


def counted_said(language: Language, deadline: Deadline) -> str | None:
    """How the Code's term came to its day: working days after one; None where a day was given or moved."""
    budget = deadline.budget
    as_begun = not deadline.extensions and not deadline.consumed and deadline.running_since is not None
    if budget is None or not as_begun or not is_of_the_code(deadline):
        return None
    return plural(language, "letter.when.counted", budget, start=say_day(language, deadline.anchor))

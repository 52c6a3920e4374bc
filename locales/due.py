"""What a deadline rests on, in a sentence: only a statutory one is called “by law”."""

from typing import Final

from locales.catalogue import text
from models.agenda.deadline import BasisKind, Deadline, DeadlineSubject
from models.vocabulary.procedure import Language

# Acts that deadlines rest on are cited in the reader's language where the catalogue knows them.
_CITATIONS: Final = {"APPC art. 76": "letter.act.appc_76", "13.1": "letter.act.rule_13_1"}


def basis_said(language: Language, deadline: Deadline) -> str:
    """The basis as letters and pages say it: whose wish or habit it is, unless a norm sets it."""
    reference = deadline.basis.reference
    cited = text(language, _CITATIONS[reference]) if reference in _CITATIONS else reference
    if deadline.by_law and deadline.extensions:
        return text(language, "letter.basis.extended", reference=cited)
    if deadline.by_law:
        return text(language, "letter.basis.statutory", reference=cited)
    if deadline.subject_kind is DeadlineSubject.IMPLEMENTATION:
        return text(language, "letter.basis.implementation")
    if deadline.subject_kind in {DeadlineSubject.DUTY, DeadlineSubject.REVIEW}:
        return text(language, "letter.basis.regularly")  # A4: an interval that reminds
    kind = BasisKind.SERVICE if deadline.basis.kind is BasisKind.EDITION else deadline.basis.kind
    return text(language, f"letter.basis.{kind.value}", reference=cited)

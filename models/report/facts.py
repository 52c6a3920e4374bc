"""What the rules ask about a report's content, as counts and ids: small enough for a workflow's history.

`facts_of` is the only way from content to facts; the API freezes the content under its hash and sends the
pin, the rules judge the facts, and an auditor can recompute them from the frozen content.
"""

from datetime import date

from models.report.content import (
    Indicator,
    Item,
    Quantitative,
    ReportContent,
    Source,
    Wording,
    content_sha256,
)
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import (
    Id,
    IndicatorKind,
    IndicatorRole,
    ItemKind,
    Language,
    Sha256,
    SourceAccess,
    SourceKind,
    Task,
)


class ConductorFact(Model):
    """Who is printed as a conductor, and whether it is marked as by the lead's word."""

    organisation: Id
    leads_word: bool = False


class SourceFact(Model):
    id: Id
    kind: SourceKind
    access: SourceAccess
    has_reference: bool
    obtained_on: date | None = None
    has_lawfulness_note: bool


class IndicatorFact(Model):
    id: Id
    kind: IndicatorKind
    role: IndicatorRole
    cited: tuple[Id, ...] = ()
    differing_share: str = ""  # the recomputed share, when the stated one differs
    share_half_given: bool = False
    share_undivided: bool = False


class FindingFact(Model):
    id: Id
    facets: int


class ItemFact(Model):
    id: Id
    kind: ItemKind
    addressee: Id
    basis: Id | None = None
    due_on: date | None = None
    text: Sha256 | None = None  # of what it says; pins of earlier releases do not tell

    def asks_as(self, other: "ItemFact") -> bool:
        """Whether both ask the same of the same body: the same item, word for word, for the same day."""
        same = self.model_copy(update={"basis": other.basis}) == other
        return same and self.text is not None


class ReportFacts(Model):
    """The judged side of a `ReportContent`."""

    started_on: date | None = None
    ended_on: date | None = None
    contacts_given: bool = False
    conclusions_given: bool = False
    assessment_given: bool = False
    no_grounds_given: bool = False
    languages: tuple[Language, ...] = ()
    tasks: tuple[Task, ...] = ()
    sources: tuple[SourceFact, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    findings: tuple[FindingFact, ...] = ()
    items: tuple[ItemFact, ...] = ()
    conductors: tuple[ConductorFact, ...] | None = None  # pins of earlier releases do not say
    addressees: tuple[Body, ...] | None = None
    """Whom of the items' addressees the registry knew; None where that was not asked yet."""


class ContentPin(Model):
    """Content as it stood: its SHA-256 and what the rules need to know of it."""

    sha256: Sha256
    facts: ReportFacts


def pin(content: ReportContent) -> ContentPin:
    """Freeze content: the hash of its canonical form and its facts."""
    return ContentPin(sha256=content_sha256(content), facts=facts_of(content))


def facts_of(content: ReportContent) -> ReportFacts:
    draft = content.draft
    decision = draft.decision
    return ReportFacts(
        started_on=draft.started_on,
        ended_on=draft.ended_on,
        contacts_given=bool(draft.conductors) and all(c.email and c.phone for c in draft.conductors),
        conclusions_given=bool(draft.conclusions.given()),
        assessment_given=bool(decision.assessment.given()),
        no_grounds_given=bool(decision.no_grounds.given()),
        languages=_languages(content),
        tasks=tuple(answer.task for answer in draft.tasks if answer.text.given()),
        sources=tuple(_source_fact(source) for source in content.sources),
        indicators=tuple(_indicator_fact(indicator) for indicator in content.indicators),
        findings=tuple(FindingFact(id=f.id, facets=len(f.facets)) for f in content.findings),
        items=tuple(_item_fact(item) for item in decision.items),
        conductors=tuple(
            ConductorFact(organisation=c.organisation, leads_word=c.leads_word is not None)
            for c in draft.conductors
        ),
        addressees=content.registered,
    )


def has_facts(content: ReportContent, judged: ReportFacts) -> bool:
    """Whether content has the facts that were judged. What was first asked for later is not compared."""
    asked = judged.model_fields_set
    facts = _told_as(facts_of(content), judged)
    return facts.model_dump(include=asked) == judged.model_dump(include=asked)


def _source_fact(source: Source) -> SourceFact:
    return SourceFact(
        id=source.id,
        kind=source.kind,
        access=source.access,
        has_reference=bool(source.reference),
        obtained_on=source.obtained_on,
        has_lawfulness_note=bool(source.lawfulness_note),
    )


def _indicator_fact(indicator: Indicator) -> IndicatorFact:
    measured = indicator if isinstance(indicator, Quantitative) else None
    return IndicatorFact(
        id=indicator.id,
        kind=indicator.kind,
        role=indicator.role,
        cited=indicator.sources,
        differing_share=str(measured.recomputed()) if measured and measured.differs() else "",
        share_half_given=measured is not None and measured.half_given(),
        share_undivided=measured is not None and measured.undivided(),
    )


def _item_fact(item: Item) -> ItemFact:
    return ItemFact(
        id=item.id,
        kind=item.kind,
        addressee=item.addressee,
        basis=item.basis,
        due_on=item.due_on,
        text=content_sha256(item.text),
    )


def _told_as(facts: ReportFacts, pinned: ReportFacts) -> ReportFacts:
    """Recomputed facts as far as a pin tells them: those of earlier releases say nothing of items' texts."""
    if any(item.text is not None for item in pinned.items):
        return facts
    return facts.model_copy(
        update={"items": tuple(item.model_copy(update={"text": None}) for item in facts.items)}
    )


def _languages(content: ReportContent) -> tuple[Language, ...]:
    """The languages in which every text of the report is given."""
    wordings = [content.draft.conclusions, content.draft.decision.assessment]
    wordings += [item.text for item in content.draft.decision.items]
    wordings += [finding.text for finding in content.findings]
    complete = frozenset(Language).intersection(*(_given_or_empty(wording) for wording in wordings))
    return tuple(language for language in Language if language in complete)


def _given_or_empty(wording: Wording) -> frozenset[Language]:
    return wording.given() or frozenset(Language)

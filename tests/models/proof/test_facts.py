"""An auditor recomputes the facts that were judged; what was first asked for later breaks no older bundle."""

from models.report.content import Conductor, ReportContent, ReportDraft, Wording
from models.report.facts import ReportFacts, facts_of, has_facts
from models.vocabulary.procedure import Kind

CONTENT = ReportContent(
    number="2026-TD-0001",
    kind=Kind.THEMATIC,
    draft=ReportDraft(conductors=(Conductor(organisation="td-sary", name=Wording(kk="Бөлімше")),)),
)


def test_content_has_the_facts_that_were_judged() -> None:
    assert has_facts(CONTENT, facts_of(CONTENT))
    assert not has_facts(CONTENT, facts_of(CONTENT).model_copy(update={"contacts_given": True}))


def test_what_an_older_pin_does_not_know_is_not_compared() -> None:
    written = facts_of(CONTENT).model_dump(mode="json", exclude={"conductors"})
    older = ReportFacts.model_validate(written)
    assert older.conductors is None
    assert has_facts(CONTENT, older)
    assert not has_facts(CONTENT, ReportFacts.model_validate(written | {"conclusions_given": True}))

"""Sources of information: rules 7 and 14.1 (A5). Edits and completed stages are judged by the same check."""

from datetime import date

from models.report.facts import SourceFact
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import ConductorKind, SourceAccess, SourceKind
from models.vocabulary.refusal import Refusal


def source_refusals(
    source: SourceFact, conductor: ConductorKind, edition: Edition, today: date
) -> tuple[Refusal, ...]:
    """What speaks against one source."""
    return (*_not_ahead(source, today), *_rule_7_kind_6(source), *_rule_14_open(source, conductor, edition))


def _not_ahead(source: SourceFact, today: date) -> tuple[Refusal, ...]:
    """Nothing is obtained before its day comes."""
    if source.obtained_on is None or source.obtained_on <= today:
        return ()
    params = {"source": source.id, "date": source.obtained_on.isoformat()}
    return (Refusal(code="source_in_future", rule="7", params=params),)


def _rule_7_kind_6(source: SourceFact) -> tuple[Refusal, ...]:
    """Rule 7.6: other sources are allowed if the law does not prohibit them: say why it does not."""
    if source.kind is SourceKind.OTHER_LAWFUL and not source.has_lawfulness_note:
        return (Refusal(code="source_lawfulness_note_missing", rule="7.6", params={"source": source.id}),)
    return ()


def _rule_14_open(source: SourceFact, conductor: ConductorKind, edition: Edition) -> tuple[Refusal, ...]:
    """Rule 14.1: other subjects use open sources only, each with its address or publication (A5)."""
    if conductor is not ConductorKind.OTHER_SUBJECT:
        return ()
    allowed = {SourceAccess.OPEN}
    if edition.switches.published_by_us_is_open:
        allowed.add(SourceAccess.PUBLISHED_BY_US)
    params = {"source": source.id}
    if source.access not in allowed:
        return (Refusal(code="source_not_open", rule="14.1", params=params),)
    if not source.has_reference:
        return (Refusal(code="source_reference_missing", rule="14.1", params=params),)
    return ()

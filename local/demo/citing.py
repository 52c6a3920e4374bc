"""A scenario whose indicators and findings cite sources under the ids that the product gave them."""

from collections.abc import Mapping

from local.sample_scenario import Scenario
from models.vocabulary.procedure import Id


def citing(scenario: Scenario, renamed: Mapping[Id, Id]) -> Scenario:
    """The scenario with its indicators and findings citing sources under other ids."""

    def cited(sources: tuple[Id, ...]) -> tuple[Id, ...]:
        return tuple(renamed.get(source, source) for source in sources)

    indicators = tuple(i.model_copy(update={"sources": cited(i.sources)}) for i in scenario.indicators)
    findings = tuple(f.model_copy(update={"sources": cited(f.sources)}) for f in scenario.findings)
    return scenario.model_copy(update={"indicators": indicators, "findings": findings})

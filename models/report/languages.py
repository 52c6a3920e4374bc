"""Which texts of a report are not given in a language: they are printed in another one and marked."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from models.report.content import Qualitative, ReportContent, Wording
from models.report.numbering import numbered
from models.vocabulary.base import Model
from models.vocabulary.procedure import IndicatorRole, ItemKind, Language


class TextPart(StrEnum):
    """A text of the report, as people call it."""

    TITLE = "title"
    SPHERE = "sphere"
    OBJECT = "object"
    BODY = "body"
    CONDUCTOR = "conductor"
    STATE = "state"
    CAUSE = "cause"
    EFFECTIVENESS = "effectiveness"
    FINDING = "finding"
    CONCLUSIONS = "conclusions"
    TASK = "task"
    ASSESSMENT = "assessment"
    PROPOSAL = "proposal"
    RECOMMENDATION = "recommendation"
    NO_GROUNDS = "no_grounds"
    SOURCE = "source"


class TextPlace(Model):
    """One text; `position` is its number in the report where it has one."""

    part: TextPart
    position: int | None = None

    @property
    def code(self) -> str:
        """As a problem's parameters name it: `title`, `proposal:2`."""
        return self.part.value if self.position is None else f"{self.part.value}:{self.position}"


_OF_ITEMS: Final = {
    ItemKind.PROPOSAL: TextPart.PROPOSAL,
    ItemKind.RECOMMENDATION: TextPart.RECOMMENDATION,
}


def texts_missing(content: ReportContent, language: Language) -> tuple[TextPlace, ...]:
    """Every text that is given in another language and not in this one, in the report's order."""
    texts = tuple(_texts(content))
    return tuple(place for place, text in texts if text.given() and language not in text.given())


def _texts(content: ReportContent) -> Iterator[tuple[TextPlace, Wording]]:
    draft, decision = content.draft, content.draft.decision
    yield TextPlace(part=TextPart.TITLE), content.title
    yield from _numbered(TextPart.SPHERE, [named.name for named in content.spheres])
    yield from _numbered(TextPart.OBJECT, [named.name for named in content.objects])
    yield from _numbered(TextPart.CONDUCTOR, [conductor.name for conductor in draft.conductors])
    for role in (IndicatorRole.STATE, IndicatorRole.CAUSE):
        yield from _indicators(content, role)
    yield from _numbered(TextPart.FINDING, [finding.text for finding in content.findings])
    yield TextPlace(part=TextPart.CONCLUSIONS), draft.conclusions
    yield from _numbered(TextPart.TASK, [answer.text for answer in draft.tasks])
    yield from _indicators(content, IndicatorRole.EFFECTIVENESS)
    yield TextPlace(part=TextPart.ASSESSMENT), decision.assessment
    for kind, part in _OF_ITEMS.items():
        yield from _numbered(part, [item.text for item in decision.items if item.kind is kind])
    yield TextPlace(part=TextPart.NO_GROUNDS), decision.no_grounds
    yield from _numbered(TextPart.SOURCE, [source.title for source in content.sources])
    yield from _numbered(TextPart.BODY, [body.name for body in content.bodies])


def _indicators(content: ReportContent, role: IndicatorRole) -> Iterator[tuple[TextPlace, Wording]]:
    for position, indicator in numbered(content, role):
        wording = indicator.text if isinstance(indicator, Qualitative) else indicator.name
        yield TextPlace(part=TextPart(role.value), position=position), wording


def _numbered(part: TextPart, wordings: Iterable[Wording]) -> Iterator[tuple[TextPlace, Wording]]:
    for position, wording in enumerate(wordings, 1):
        yield TextPlace(part=part, position=position), wording

"""The rows of the register: each finding, proposal, recommendation and indicator with where it stands."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from models.register.filed import FiledReport, ReportLine
from models.report.content import Finding, Indicator, Item, Quantitative, Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Facet, Id, IndicatorRole, ItemKind, Sha256


class ElementKind(StrEnum):
    """What of a report becomes a row."""

    FINDING = "finding"
    PROPOSAL = "proposal"
    RECOMMENDATION = "recommendation"
    INDICATOR = "indicator"


class Source(Model):
    """Where a figure or a text comes from: an element of one version of one report, as it was frozen."""

    report: Id
    version: int
    kind: ElementKind
    element: Id
    content: Sha256


class Measurement(Model):
    """What a quantitative indicator states."""

    value: Decimal
    unit: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None


class Row(Model):
    """One element. `text` is a finding's or item's text, an indicator's name or words."""

    source: Source
    text: Wording
    year: int
    spheres: tuple[Id, ...]
    objects: tuple[Id, ...]
    regions: tuple[str, ...]
    conductors: tuple[Id, ...]
    facets: tuple[Facet, ...] = ()
    addressee: Id | None = None  # of a proposal or a recommendation
    basis: Id | None = None  # the finding an item rests on
    role: IndicatorRole | None = None
    measured: Measurement | None = None

    @property
    def kind(self) -> ElementKind:
        return self.source.kind

    @property
    def conductor(self) -> Id:
        """The one that answers for the report."""
        return self.conductors[0]


_ORDER = tuple(ElementKind)
_OF_ITEM = {
    ItemKind.PROPOSAL: ElementKind.PROPOSAL,
    ItemKind.RECOMMENDATION: ElementKind.RECOMMENDATION,
}


def rows_of(filed: FiledReport, line: ReportLine) -> Iterator[Row]:
    """The rows of one report."""
    content = filed.content
    facets = {finding.id: _facets(finding) for finding in content.findings}
    for finding in content.findings:
        yield _row(line, ElementKind.FINDING, finding.id, finding.text, facets=facets[finding.id])
    for item in content.draft.decision.items:
        yield _item(line, item, facets.get(item.basis or "", ()))
    for indicator in content.indicators:
        yield _indicator(line, indicator)


def in_order(row: Row) -> tuple[int, int, str, str]:
    """The newest year first, then findings, proposals, recommendations, indicators, by report and element."""
    source = row.source
    return (-row.year, _ORDER.index(source.kind), source.report, source.element)


def _facets(finding: Finding) -> tuple[Facet, ...]:
    return tuple(facet for facet in Facet if facet in finding.facets)


def _item(line: ReportLine, item: Item, facets: tuple[Facet, ...]) -> Row:
    """An item speaks of what the finding it rests on speaks of (rule 6)."""
    kind = _OF_ITEM[item.kind]
    return _row(line, kind, item.id, item.text, facets=facets, addressee=item.addressee, basis=item.basis)


def _indicator(line: ReportLine, indicator: Indicator) -> Row:
    if not isinstance(indicator, Quantitative):
        return _row(line, ElementKind.INDICATOR, indicator.id, indicator.text, role=indicator.role)
    measured = Measurement(
        value=indicator.value,
        unit=indicator.unit,
        numerator=indicator.numerator,
        denominator=indicator.denominator,
    )
    return _row(
        line, ElementKind.INDICATOR, indicator.id, indicator.name, role=indicator.role, measured=measured
    )


def _row(
    line: ReportLine,
    kind: ElementKind,
    element: Id,
    text: Wording,
    *,
    facets: tuple[Facet, ...] = (),
    addressee: Id | None = None,
    basis: Id | None = None,
    role: IndicatorRole | None = None,
    measured: Measurement | None = None,
) -> Row:
    source = Source(
        report=line.report, version=line.version, kind=kind, element=element, content=line.content
    )
    return Row(
        source=source,
        text=text,
        year=line.year,
        spheres=line.spheres,
        objects=line.objects,
        regions=line.regions,
        conductors=line.conductors,
        facets=facets,
        addressee=addressee,
        basis=basis,
        role=role,
        measured=measured,
    )

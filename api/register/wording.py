"""The register put into one language: names for ids, words for codes, links for sources. Pure."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from enum import Enum

from activities.printing.form_words import measured, number
from api.register.on_file import OnFile
from api.register.views import (
    BecauseView,
    CountDifferenceView,
    CountsView,
    CountView,
    IndicatorDifferenceView,
    LeftOutView,
    MeasurementView,
    NamedValue,
    NarrowedView,
    PartView,
    RegisterRow,
    RegisterView,
    RepeatView,
    ReportLineView,
    SourceView,
)
from locales.catalogue import text
from locales.spoken import named
from locales.terms import term
from models.register import ConsolidatedRegister, FiledReport, RegisterFilters, Row, Source
from models.register.counting import NONE, Count, Dimension
from models.register.differences import CountDifference, IndicatorDifference
from models.register.filed import ReportLine
from models.register.repeats import Because, Repeat, RepeatReason
from models.register.rows import ElementKind, Measurement
from models.report.content import ReportContent, Wording
from models.vocabulary.procedure import Facet, Id, ItemKind, Language
from models.words.order import order_key

REPORTS = "/staff/consolidation/reports/"
_NAMED = frozenset({Dimension.SPHERE, Dimension.OBJECT, Dimension.REGION})


def said_in(
    language: Language, register: ConsolidatedRegister, on_file: OnFile, now: datetime
) -> RegisterView:
    """The whole register in words."""
    return RegisterWords(language, on_file).whole(register, now)


class RegisterWords:
    """Speaks one language of one register."""

    def __init__(self, language: Language, on_file: OnFile) -> None:
        self._language = language
        self._ground = on_file
        self._filed = {each.received.id: each for each in on_file.filed}
        self._positions: dict[Id, dict[Id, int]] = {}

    def whole(self, register: ConsolidatedRegister, now: datetime) -> RegisterView:
        return RegisterView(
            computed_at=now,
            language=self._language,
            filters=register.filters,
            narrowed=tuple(self._narrowed(register.filters)),
            years=tuple(sorted({line.year for line in register.reports}, reverse=True)),
            reports=tuple(self._report(line, self._filed[line.report]) for line in register.reports),
            left_out=tuple(
                LeftOutView(report=each.id, version=each.version, content=each.content)
                for each in self._ground.left_out
            ),
            total=self._count(register.total, text(self._language, "register.total")),
            counts=tuple(self._counts(d, counts) for d, counts in register.counts.items()),
            repeats=tuple(map(self._repeat, register.repeats)),
            count_differences=tuple(map(self._count_difference, register.count_differences)),
            indicator_differences=tuple(map(self._indicator_difference, register.indicator_differences)),
            rows=tuple(map(self.row, register.rows)),
        )

    def _narrowed(self, filters: RegisterFilters) -> Iterator[NarrowedView]:
        conductor = text(self._language, "register.column.conductor")
        said = {
            term(self._language, Dimension.SPHERE): self.sphere(filters.sphere).name
            if filters.sphere
            else "",
            term(self._language, Dimension.REGION): self.region(filters.region) if filters.region else "",
            term(self._language, Dimension.OBJECT): self._body(filters.object),
            term(self._language, Dimension.YEAR): str(filters.year or ""),
            term(self._language, Dimension.KIND): term(self._language, filters.kind) if filters.kind else "",
            conductor: self._body(filters.conductor),
        }
        return (NarrowedView(name=name, value=value) for name, value in said.items() if value)

    def _body(self, known: Id | None) -> str:
        return self.organisation(known).name if known else ""

    def organisation(self, known: Id) -> NamedValue:
        """A body by its name. A natural person is not named where the edition says so (A11)."""
        if known in self._ground.persons:
            return NamedValue(id=known, name=text(self._language, "register.natural_person"))
        return NamedValue(id=known, name=self._best(self._ground.organisations.get(known)) or known)

    def sphere(self, known: Id) -> NamedValue:
        return NamedValue(id=known, name=self._best(self._ground.spheres.get(known)) or known)

    def region(self, known: str) -> str:
        """As the registry calls it in this language; in another one it is marked."""
        return named(self._language, known, self._ground.regions.get(known))

    def row(self, row: Row) -> RegisterRow:
        said, spoken = self._said(row.text)
        return RegisterRow(
            source=self._source(row.source),
            kind=row.kind,
            kind_name=term(self._language, row.kind),
            text=said,
            text_language=spoken,
            year=row.year,
            spheres=tuple(map(self.sphere, row.spheres)),
            objects=tuple(map(self.organisation, row.objects)),
            regions=row.regions,
            region_names=tuple(map(self.region, row.regions)),
            conductor=self.organisation(row.conductor),
            facets=self._facets(row.facets),
            addressee=self.organisation(row.addressee) if row.addressee else None,
            basis=row.basis,
            role=self._term(row.role) if row.role else None,
            measured=self._measured(row.measured) if row.measured else None,
        )

    def _measured(self, stated: Measurement) -> MeasurementView:
        said = measured(stated.value, stated.unit, self._language)
        return MeasurementView(**stated.model_dump(), said=said)

    def _signed(self, change: Decimal | int | None) -> str:
        return "" if change is None else signed(Decimal(change), self._language)

    def _best(self, wording: Wording | None) -> str:
        return wording.best(self._language) if wording else ""

    def _said(self, wording: Wording) -> tuple[str, Language]:
        """The best text and the language it is in."""
        order = (self._language, *Language)
        spoken = next((each for each in order if getattr(wording, each.value)), self._language)
        return wording.best(self._language), spoken

    def _term(self, member: Enum) -> NamedValue:
        return NamedValue(id=str(member.value), name=term(self._language, member))

    def _facets(self, facets: tuple[Facet, ...]) -> tuple[NamedValue, ...]:
        return tuple(map(self._term, facets))

    def _source(self, source: Source) -> SourceView:
        return SourceView(
            **source.model_dump(), element_name=self._element(source), link=_link(source.report)
        )

    def _element(self, source: Source) -> str:
        """As the report numbers it; indicators are numbered in each of its tables anew."""
        if source.kind is ElementKind.INDICATOR:
            return ""
        if source.report not in self._positions:
            self._positions[source.report] = positions_in(self._filed[source.report].content)
        position = self._positions[source.report].get(source.element)
        key = f"register.element.{source.kind.value}"
        return text(self._language, key, position=position) if position else source.element

    def _report(self, line: ReportLine, filed: FiledReport) -> ReportLineView:
        received = filed.received
        title, spoken = self._said(filed.content.title)
        return ReportLineView(
            report=line.report,
            version=line.version,
            content=line.content,
            kind=received.kind,
            kind_name=term(self._language, received.kind),
            way=received.way,
            way_name=term(self._language, received.way),
            title=title,
            title_language=spoken,
            conductor=self.organisation(received.conductor),
            year=line.year,
            ended_on=received.ended_on or filed.content.draft.ended_on,
            received_on=received.received_on,
            link=_link(line.report),
        )

    def _counts(self, dimension: Dimension, counts: tuple[Count, ...]) -> CountsView:
        said = [self._count(each, self._key(dimension, each.key)) for each in counts]
        if dimension in _NAMED:
            said.sort(key=lambda each: (each.key == NONE, order_key(each.name, self._language)))
        return CountsView(dimension=dimension, name=term(self._language, dimension), counts=tuple(said))

    def _count(self, count: Count, name: str) -> CountView:
        parts = tuple(PartView(**part.model_dump(), link=_link(part.report)) for part in count.parts)
        return CountView(**count.model_dump(exclude={"parts"}), name=name, total=count.total, parts=parts)

    def _key(self, dimension: Dimension, key: str) -> str:
        if key == NONE:
            return text(self._language, "register.none_named")
        match dimension:
            case Dimension.SPHERE:
                return self.sphere(key).name
            case Dimension.OBJECT:
                return self.organisation(key).name
            case Dimension.KIND:
                return text(self._language, f"term.element_kind.{key}")
            case Dimension.REGION:
                return self.region(key)
            case Dimension.YEAR:
                return key

    def _repeat(self, repeat: Repeat) -> RepeatView:
        return RepeatView(
            because=tuple(map(self._because, repeat.because)),
            years=repeat.years,
            members=tuple(map(self.row, repeat.members)),
        )

    def _because(self, because: Because) -> BecauseView:
        match because.reason:
            case RepeatReason.SAME_TEXT:
                common = self._term(Language(because.common))
            case RepeatReason.SAME_OBJECT:
                common = self.organisation(because.common)
            case RepeatReason.SAME_SPHERE:
                common = self.sphere(because.common)
        facets = self._facets(because.facets)
        said = text(
            self._language,
            f"register.because.{because.reason.value}",
            common=common.name,
            facets="; ".join(facet.name for facet in facets),
        )
        return BecauseView(reason=because.reason, common=common, facets=facets, said=said)

    def _count_difference(self, found: CountDifference) -> CountDifferenceView:
        return CountDifferenceView(
            dimension=found.dimension,
            dimension_name=term(self._language, found.dimension),
            key=found.key,
            name=self._key(found.dimension, found.key),
            year=found.year,
            now=self._count(found.now, str(found.year)),
            before=self._count(found.before, str(found.year - 1)),
            change=found.change,
            change_said=self._signed(found.change),
            why_not=found.why_not,
            said=term(self._language, found.why_not) if found.why_not else "",
        )

    def _indicator_difference(self, found: IndicatorDifference) -> IndicatorDifferenceView:
        return IndicatorDifferenceView(
            year=found.year,
            now=self.row(found.now),
            before=self.row(found.before),
            change=found.change,
            change_said=self._signed(found.change),
            why_not=found.why_not,
            said="; ".join(term(self._language, reason) for reason in found.why_not),
        )


def _link(report: Id) -> str:
    return f"{REPORTS}{report}"


def positions_in(content: ReportContent) -> dict[Id, int]:
    """The numbers that findings and items bear in the printed report: each kind is counted by itself."""
    items = content.draft.decision.items
    kinds = (tuple(each.id for each in items if each.kind is kind) for kind in ItemKind)
    return {
        known: position
        for ids in (tuple(each.id for each in content.findings), *kinds)
        for position, known in enumerate(ids, start=1)
    }


def unnamed(content: ReportContent, persons: frozenset[Id], language: Language) -> ReportContent:
    """A report whose natural persons are neither named nor reachable (A11)."""
    hidden = Wording.model_validate({language.value: text(language, "register.natural_person")})
    conductors = tuple(
        each.model_copy(update={"name": hidden, "email": "", "phone": ""})
        if each.organisation in persons
        else each
        for each in content.draft.conductors
    )
    draft = content.draft.model_copy(update={"conductors": conductors})
    return content.model_copy(update={"draft": draft})


def signed(change: Decimal, language: Language) -> str:
    """A difference with its sign: `+3,3`, `−2`, `0`."""
    said = number(abs(change), language)
    return f"+{said}" if change > 0 else f"−{said}" if change < 0 else said

"""The register put on the sheet that is printed, in one language. Pure."""

from decimal import Decimal
from typing import Final

from activities.printing.form_words import day, number, said
from activities.printing.glyphs import CODED, printable
from activities.printing.register_sheet import (
    ChangeEntry,
    CountEntry,
    CountGroup,
    FindingEntry,
    FindingGroup,
    RegisterSheet,
    RepeatEntry,
    ReportEntry,
)
from api.register.views import (
    CountDifferenceView,
    CountView,
    IndicatorDifferenceView,
    RegisterRow,
    RegisterView,
    ReportLineView,
    SourceView,
)
from locales.catalogue import text
from locales.dates import say_day
from models.calendar.country import COUNTRY
from models.register import ElementKind
from models.vocabulary.procedure import Language
from models.words.order import order_key

# What the template calls a word, and the key it stands under.
_WORDS: Final = {
    "short": "register.title",
    "beyond_rules": "register.beyond_rules",
    "repeats_how": "page.register.repeats_how",
    "report": "register.column.report",
    "title": "register.column.title",
    "conductor": "register.column.conductor",
    "ended_on": "register.column.ended_on",
    "received_on": "register.column.received_on",
    "name": "register.column.name",
    "findings_count": "register.column.findings",
    "proposals": "register.column.proposals",
    "recommendations": "register.column.recommendations",
    "indicators": "register.column.indicators",
    "total": "register.column.total",
    "reports_column": "register.column.reports",
    "year": "register.column.year",
    "now": "register.column.now",
    "before": "register.column.before",
    "change": "register.column.change",
}
_OWN_WORDS: Final = (
    "rules",
    "heading",
    "reports",
    "counts",
    "counts_note",
    "findings",
    "repeats",
    "differences",
    "findings_change",
    "indicators_change",
    "no_reports",
)


def sheet_of(view: RegisterView) -> RegisterSheet:
    """The sheet; the year that was asked for and every other filter are named on it."""
    sheet = _Printer(view).sheet()
    coded = CODED.search(sheet.model_dump_json())
    note = text(view.language, "register.paper.glyph_note") if coded else ""
    return sheet.model_copy(update={"note": note})


class _Printer:
    def __init__(self, view: RegisterView) -> None:
        self._view = view
        self._language: Language = view.language

    def sheet(self) -> RegisterSheet:
        view, made_on = self._view, self._view.computed_at.astimezone(COUNTRY).date()
        return RegisterSheet(
            language=view.language,
            labels=self._labels(),
            dated=(made_on.year, made_on.month, made_on.day),
            period=self._period(),
            narrowed=self._narrowed(),
            made=self._word("made", date=say_day(view.language, made_on)),
            left_out=self._left_out(),
            empty_parts=self._empty_parts(),
            reports=tuple(map(self._report, view.reports)),
            counts=tuple(self._counts()),
            findings=tuple(self._findings()),
            repeats=tuple(
                RepeatEntry(
                    heading=self._word("repeat", years=", ".join(map(str, repeat.years))),
                    because=tuple(printable(because.said) for because in repeat.because),
                    members=tuple(self._finding(row, with_year=True) for row in repeat.members),
                )
                for repeat in view.repeats
            ),
            count_changes=tuple(map(self._count_change, view.count_differences)),
            indicator_changes=tuple(map(self._indicator_change, view.indicator_differences)),
        )

    def _word(self, key: str, **params: object) -> str:
        return text(self._language, f"register.paper.{key}", **params)

    def _labels(self) -> dict[str, str]:
        own = {key: self._word(key) for key in _OWN_WORDS}
        return own | {name: text(self._language, key) for name, key in _WORDS.items()}

    def _period(self) -> str:
        ended = [line.ended_on or line.received_on for line in self._view.reports]
        if not ended:
            return self._word("no_period")
        first, last = (say_day(self._language, each) for each in (min(ended), max(ended)))
        return self._word("period", first=first, last=last)

    def _narrowed(self) -> str:
        said = "; ".join(f"{each.name}: {each.value}" for each in self._view.narrowed)
        return self._word("narrowed", filters=printable(said)) if said else self._word("whole")

    def _left_out(self) -> str:
        numbers = ", ".join(each.report for each in self._view.left_out)
        return self._word("left_out", reports=numbers) if numbers else ""

    def _empty_parts(self) -> str:
        """Such parts are named, not printed: a heading with «none» may come to stand on a page of its own."""
        view = self._view
        differences, none = self._word("differences"), not view.reports
        both = not view.count_differences and not view.indicator_differences
        empty = {
            self._word("findings"): not self._findings(),
            self._word("repeats"): not view.repeats,
            differences: both,
            f"{differences}: {self._word('findings_change')}": not (both or view.count_differences),
            f"{differences}: {self._word('indicators_change')}": not (both or view.indicator_differences),
        }
        named = "; ".join(name for name, left_out in empty.items() if left_out)
        return self._word("empty_parts", parts=named) if named and not none else ""

    def _report(self, line: ReportLineView) -> ReportEntry:
        version = text(self._language, "page.register.numbered", version=line.version)
        return ReportEntry(
            number=line.report,
            version=version,
            title=said(line.title, line.title_language, self._language),
            conductor=printable(line.conductor.name),
            ended=day(line.ended_on, self._language) if line.ended_on else "",
            received=day(line.received_on, self._language),
            content=line.content,
        )

    def _counts(self) -> list[CountGroup]:
        groups = [CountGroup(name=self._view.total.name, counts=(self._count(self._view.total),))]
        for by in self._view.counts:
            groups.append(CountGroup(name=by.name, counts=tuple(map(self._count, by.counts))))
        return groups

    def _count(self, count: CountView) -> CountEntry:
        return CountEntry(
            name=printable(count.name),
            findings=self._figure(count.findings),
            proposals=self._figure(count.proposals),
            recommendations=self._figure(count.recommendations),
            indicators=self._figure(count.indicators),
            total=self._figure(count.total),
            reports=tuple(f"{part.report} ({part.count})" for part in count.parts),
        )

    def _figure(self, count: int) -> str:
        return number(Decimal(count), self._language)

    def _findings(self) -> list[FindingGroup]:
        """By sphere, in the order of their counts; those without a sphere last."""
        under: dict[str, list[FindingEntry]] = {}
        for row in self._view.rows:
            if row.kind is ElementKind.FINDING:
                for name in [sphere.name for sphere in row.spheres] or [""]:
                    under.setdefault(name, []).append(self._finding(row))
        none = text(self._language, "register.none_named")
        return [
            FindingGroup(name=printable(name) or none, findings=tuple(under[name]))
            for name in sorted(under, key=lambda name: (not name, order_key(name, self._language)))
        ]

    def _finding(self, row: RegisterRow, *, with_year: bool = False) -> FindingEntry:
        parts = (
            str(row.year) if with_year else "",
            ", ".join(each.name for each in row.objects),
            ", ".join(row.region_names),
            ", ".join(each.name for each in row.facets),
        )
        return FindingEntry(
            text=said(row.text, row.text_language, self._language),
            details=printable(" · ".join(part for part in parts if part)),
            report=_found(row.source),
        )

    def _count_change(self, found: CountDifferenceView) -> ChangeEntry:
        reports = dict.fromkeys(part.report for part in (*found.now.parts, *found.before.parts))
        return ChangeEntry(
            name=said(found.name, self._language, self._language),
            about=found.dimension_name,
            year=str(found.year),
            now=self._figure(found.now.findings),
            before=self._figure(found.before.findings),
            change=found.change_said,
            why_not=found.said,
            reports=tuple(reports),
        )

    def _indicator_change(self, found: IndicatorDifferenceView) -> ChangeEntry:
        now, before = found.now, found.before
        return ChangeEntry(
            name=said(now.text, now.text_language, self._language),
            about=printable(", ".join(each.name for each in now.objects or now.spheres)),
            year=str(found.year),
            now=self._measured(now),
            before=self._measured(before),
            change=found.change_said,
            why_not=found.said,
            reports=tuple(_found(row.source) for row in (now, before)),
        )

    def _measured(self, row: RegisterRow) -> str:
        if row.measured is None:
            return ""
        return printable(row.measured.said)


def _found(source: SourceView) -> str:
    """Where in which report it stands."""
    return ", ".join(part for part in (source.report, source.element_name) if part)

"""The follow-up's figures as a table for spreadsheets: a row for all, for each kind, for each addressee."""

from datetime import date, datetime
from decimal import Decimal

from fastapi import Response

from api.http.downloads import content_disposition
from api.sheets import csv, workbook
from api.sheets.table import Cell, Table
from locales.catalogue import text
from locales.standings import standing_of_many
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.monitoring.statistics import BUCKETS, Figures, FollowUpStatistics
from models.report.content import Wording
from models.vocabulary.procedure import Id, Language
from models.words.order import by_name


def as_workbook(
    counted: FollowUpStatistics, names: dict[Id, Wording], language: Language, now: datetime
) -> Response:
    table = _table(counted, names, language)
    body = workbook.as_workbook((table,), table.name, now, "")
    return _file(body, workbook.MEDIA_TYPE, counted.on, "xlsx")


def as_csv(counted: FollowUpStatistics, names: dict[Id, Wording], language: Language) -> Response:
    body = csv.as_csv(_table(counted, names, language), language)
    return _file(body, csv.MEDIA_TYPE, counted.on, "csv")


def _table(counted: FollowUpStatistics, names: dict[Id, Wording], language: Language) -> Table:
    lines = tuple((group, *_cells(figures)) for group, figures in _groups(counted, names, language))
    return Table(name=counted.on.isoformat(), headings=_headings(language), lines=lines)


def _headings(language: Language) -> tuple[str, ...]:
    def column(name: str, **params: object) -> str:
        return text(language, f"follow_up.column.{name}", **params)

    return (
        column("group"),
        column("items"),
        *(standing_of_many(language, standing) for standing in ItemStanding),
        column("open"),
        *(
            column("age", least=least, most=most) if most is not None else column("older", least=least)
            for least, most in BUCKETS
        ),
        column("overdue"),
        column("median_overdue"),
        column("longest_overdue"),
        column("median_implementation"),
    )


def _groups(
    counted: FollowUpStatistics, names: dict[Id, Wording], language: Language
) -> list[tuple[str, Figures]]:
    figures = {group.addressee: group.figures for group in counted.by_addressee}
    named = {each: names.get(each, Wording()).best(language) or each for each in figures}
    return [
        (text(language, "follow_up.group.all"), counted.all),
        *((term(language, group.kind), group.figures) for group in counted.by_kind),
        *((name, figures[each]) for each, name in by_name(named, language)),
    ]


def _cells(figures: Figures) -> tuple[Cell, ...]:
    counted = (
        figures.items,
        *(figures.by_standing[standing] for standing in ItemStanding),
        figures.open,
        *(bucket.items for bucket in figures.ages),
        figures.overdue,
        figures.median_days_overdue,
        figures.longest_days_overdue,
        figures.median_days_to_implementation,
    )
    return tuple("" if figure is None else Decimal(f"{figure:g}") for figure in counted)


def _file(body: bytes, media_type: str, on: date, ending: str) -> Response:
    headers = {
        "Content-Disposition": content_disposition(f"recommendations-{on.isoformat()}.{ending}"),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media_type, headers=headers)

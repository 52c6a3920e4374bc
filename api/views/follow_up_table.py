"""The follow-up's figures as a table for spreadsheets: a row for all, for each kind, for each addressee."""

import csv
import io
from datetime import date
from typing import Final

from fastapi import Response

from api.history.exports import harmless
from api.http.downloads import content_disposition
from locales.catalogue import text
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.monitoring.statistics import BUCKETS, Figures, FollowUpStatistics
from models.report.content import Wording
from models.vocabulary.procedure import Id, Language

_BYTE_ORDER_MARK: Final = "\ufeff"


def as_csv(counted: FollowUpStatistics, names: dict[Id, Wording], language: Language) -> Response:
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_headings(language))
    for group, figures in _groups(counted, names, language):
        writer.writerow([harmless(group), *(_said(each) for each in _cells(figures))])
    return _file(_BYTE_ORDER_MARK + table.getvalue(), counted.on)


def _headings(language: Language) -> list[str]:
    def column(name: str, **params: object) -> str:
        return text(language, f"follow_up.column.{name}", **params)

    return [
        column("group"),
        column("items"),
        *(term(language, standing) for standing in ItemStanding),
        column("open"),
        *(
            column("age", least=least, most=most) if most is not None else column("older", least=least)
            for least, most in BUCKETS
        ),
        column("overdue"),
        column("median_overdue"),
        column("longest_overdue"),
        column("median_implementation"),
    ]


def _groups(
    counted: FollowUpStatistics, names: dict[Id, Wording], language: Language
) -> list[tuple[str, Figures]]:
    return [
        (text(language, "follow_up.group.all"), counted.all),
        *((term(language, group.kind), group.figures) for group in counted.by_kind),
        *(
            (names.get(group.addressee, Wording()).best(language) or group.addressee, group.figures)
            for group in counted.by_addressee
        ),
    ]


def _cells(figures: Figures) -> list[float | None]:
    return [
        figures.items,
        *(figures.by_standing[standing] for standing in ItemStanding),
        figures.open,
        *(bucket.items for bucket in figures.ages),
        figures.overdue,
        figures.median_days_overdue,
        figures.longest_days_overdue,
        figures.median_days_to_implementation,
    ]


def _said(figure: float | None) -> str:
    return "" if figure is None else f"{figure:g}"


def _file(body: str, on: date) -> Response:
    headers = {
        "Content-Disposition": content_disposition(f"recommendations-{on.isoformat()}.csv"),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(body.encode(), media_type="text/csv; charset=utf-8; header=present", headers=headers)

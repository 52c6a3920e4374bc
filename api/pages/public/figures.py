"""Pages of figures: what became of published proposals and recommendations, drawn, in tables and as CSV."""

from typing import Final

from fastapi import Request, Response
from markupsafe import Markup

from activities.printing.charts import Chart, Series, bars, trend
from api.access.routing import public
from api.http.conditional import conditional
from api.http.deps import Now, Session, Today
from api.http.downloads import content_disposition
from api.pages.public.statistics import Breakdown, By, Statistics, statistics_of, table_of
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.sheets import csv
from api.views.lists import last_change
from locales.catalogue import text
from locales.standings import standing_of_many
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.vocabulary.procedure import Language

router = page_router()
MOST_BARS: Final = 12
"""Groups that are drawn, the largest; the table has them all."""


@router.api_route("/public/statistics", methods=Reads, dependencies=[public()])
async def show_statistics(request: Request, session: Session, today: Today, now: Now) -> Response:
    """By year, region and sphere, each with its picture and its table."""
    language = readers_language(request)
    counted = await statistics_of(session, language, today)
    over_years = _over_years(counted, language)
    shown = page(
        "public/statistics.html",
        language,
        here="/public/statistics",
        counted=counted,
        named={each: standing_of_many(language, each) for each in counted.standings},
        drawn={each.by.value: _drawn(each, counted, language) for each in counted.breakdowns},
        over_years=over_years,
        line_of_years=Markup(trend(over_years)) if over_years else "",
    )
    return conditional(request, shown, await last_change(session), now)


@router.api_route("/public/statistics.csv", methods=Reads, dependencies=[public()])
async def export_statistics(request: Request, session: Session, today: Today, now: Now) -> Response:
    """The same figures for spreadsheets, in the reader's language; cells that compute nothing."""
    language = readers_language(request)
    table = table_of(await statistics_of(session, language, today), language)
    headers = {
        "Content-Disposition": content_disposition(f"statistics-{today.isoformat()}.csv"),
        "Content-Language": language.value,
    }
    sent = Response(csv.as_csv(table, language), media_type=csv.MEDIA_TYPE, headers=headers)
    return conditional(request, sent, await last_change(session), now)


def _drawn(of: Breakdown, counted: Statistics, language: Language) -> Markup:
    lines = sorted(of.lines, key=lambda line: -line.items)[:MOST_BARS]
    if of.by is By.YEAR:
        lines = list(of.lines[-MOST_BARS:])
    title = text(language, f"page.figures.by.{of.by.value}")
    said = "; ".join(f"{line.name}: {line.items}" for line in lines)
    chart = Chart(
        id=f"by-{of.by.value}-chart",
        title=title,
        description=text(language, "page.figures.described", what=title, values=said),
        labels=tuple(line.name for line in lines),
        series=tuple(
            Series(
                name=standing_of_many(language, each),
                values=tuple(line.counts.get(each, 0) for line in lines),
            )
            for each in counted.standings
        ),
    )
    return Markup(bars(chart))


def _over_years(counted: Statistics, language: Language) -> Chart | None:
    """Reports, items and items carried out from year to year; nothing of a single year."""
    years = sorted(counted.reports)
    if len(years) < 2:
        return None
    lines = {line.value: line for line in counted.of(By.YEAR).lines}
    of_years = [lines.get(str(year)) for year in years]
    done = ItemStanding.IMPLEMENTED
    title = text(language, "page.figures.over_years")
    return Chart(
        id="over-years-chart",
        title=title,
        description=text(
            language,
            "page.figures.described",
            what=title,
            values="; ".join(f"{year}: {counted.reports[year]}" for year in years),
        ),
        labels=tuple(map(str, years)),
        series=(
            Series(
                name=text(language, "page.figures.reports"),
                values=tuple(counted.reports[year] for year in years),
            ),
            Series(
                name=text(language, "page.figures.items"),
                values=tuple(line.items if line else 0 for line in of_years),
            ),
            Series(
                name=term(language, done),
                values=tuple(line.counts.get(done, 0) if line else 0 for line in of_years),
            ),
        ),
    )

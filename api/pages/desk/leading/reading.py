"""The report under whose text something is decided: as the form prints it, and what is to be seen first."""

from dataclasses import dataclass

from activities.printing.sheet import Sheet
from api.content.building import build_content
from api.content.disclosures import disclosures_of
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import QuestionsView
from api.pages.forms.form import View
from api.pages.links.report import Printed, report_of, sheet_in
from api.views.disclosures import DisclosureView, disclosures_view
from models.monitoring.state import Version
from models.report.content import content_sha256
from models.report.rendition import Rendition


@dataclass(frozen=True)
class ReportView(QuestionsView):
    """A form with the report above it: its printed files and the places with a person's data."""

    sheet: Sheet | None = None
    files: tuple[Printed, ...] = ()
    files_at: str = ""
    disclosures: tuple[DisclosureView, ...] = ()
    lacks_at: str = ""  # where what a draft lacks is listed, each with the form that it is written in


async def read_version(
    sitting: MonitoringSitting,
    asked: View,
    version: Version | None,
    rendition: Rendition = Rendition.FILED,
) -> ReportView:
    """A version as it was frozen and printed."""
    above = _above(asked)
    report = await report_of(sitting.session, version, rendition, sitting.language) if version else None
    if version is None or report is None:
        return ReportView(about=above.about, asked=above.asked)
    found = await disclosures_of(sitting.session, report.content, version.number)
    return ReportView(
        about=above.about,
        asked=above.asked,
        sheet=report.sheet,
        files=report.files,
        files_at=f"{sitting.home}/report/versions/{version.number}/documents/{rendition.value}/",
        disclosures=disclosures_view(found, sitting.language),
    )


async def read_draft(sitting: MonitoringSitting, asked: View) -> ReportView:
    """The report as it would be frozen now."""
    above, state, language = _above(asked), sitting.state, sitting.language
    content = await build_content(sitting.session, state, sitting.today)
    number = len(state.versions) + 1
    found = await disclosures_of(sitting.session, content, number)
    return ReportView(
        about=above.about,
        asked=above.asked,
        sheet=await sheet_in(content, Rendition.FILED, language, number, content_sha256(content)),
        disclosures=disclosures_view(found, language),
        lacks_at=f"{sitting.home}/draft?{sitting.query}#lacks",
    )


def _above(asked: View) -> QuestionsView:
    assert isinstance(asked, QuestionsView), "a form of questions has such a view"
    return asked

"""The annex form of order №192 as PDF/A-2b and PDF/UA-1, set by Typst. Pure: same content, same bytes."""

from enum import StrEnum
from pathlib import Path
from typing import Final

import typst

from activities.printing.form_writer import sheet_of
from activities.printing.glyphs import FONTS
from activities.printing.sheet import Indicators, Sheet
from models.report.content import ReportContent
from models.report.rendition import Rendition
from models.vocabulary.procedure import Language, Sha256

FORMS: Final = Path(__file__).parent / "forms"
FORM: Final = "192-2023"


class FormPrint(StrEnum):
    """How the form of the order is printed. What is on file was printed by one of them, and can be again."""

    PLAIN = "plain"
    CHARTS = "charts"  # indicators are drawn above their tables; the document names it among its keywords


# ISO 19005-2, level B: what is archived looks the same in thirty years. ISO 14289-1: whoever does not see it
# hears it in its order, with its headings, tables and languages.
STANDARDS: Final = ("a-2b", "ua-1")
MEDIA_TYPE: Final = "application/pdf"


def render_form(
    content: ReportContent,
    *,
    language: Language,
    rendition: Rendition | str,
    version: int,
    content_sha256: Sha256,
    form_print: FormPrint = FormPrint.CHARTS,
) -> bytes:
    """One version of a report as a PDF document, in one language and one rendition.

    The document's date is the last day of the period of conduct (local date), never the day of printing.
    The Kazakh form is the order's; the Russian and the English one are readings and say so.
    Raises `typst.TypstError` if the template and the data do not fit: a fault of the product.
    """
    sheet = sheet_of(
        content,
        language=language,
        rendition=Rendition(rendition),
        version=version,
        content_sha256=content_sha256,
    )
    sheet = sheet.model_copy(
        update={"printed_as": form_print.value} if form_print is FormPrint.CHARTS else _undrawn(sheet)
    )
    folder = FORMS / FORM
    return typst.compile(
        folder / "report.typ",
        root=folder,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet.model_dump_json()},
        pdf_standards=list(STANDARDS),
    )


def _undrawn(sheet: Sheet) -> dict[str, Indicators]:
    """The indicators as they were printed before they were drawn."""
    groups = {"state": sheet.state, "cause": sheet.cause, "effectiveness": sheet.effectiveness}
    return {role: group.model_copy(update={"charts": ()}) for role, group in groups.items()}

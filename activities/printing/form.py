"""The annex form of order №192, printed. Pure: same content, same bytes."""

from enum import StrEnum
from typing import Final

from activities.printing.form_writer import sheet_of
from activities.printing.sheet import Indicators, Sheet
from activities.printing.typeset import FORMS, typeset
from models.report.content import ReportContent
from models.report.rendition import Rendition
from models.vocabulary.procedure import Language, Sha256

FORM: Final = "192-2023"


class FormPrint(StrEnum):
    """How the form of the order is printed. What is on file was printed by one of them, and can be again."""

    PLAIN = "plain"
    DRAWN = "drawn"  # indicators are drawn above their tables, their names whole; the keywords name it


def render_form(
    content: ReportContent,
    *,
    language: Language,
    rendition: Rendition | str,
    version: int,
    content_sha256: Sha256,
    form_print: FormPrint = FormPrint.DRAWN,
) -> bytes:
    """One version of a report as a PDF document, in one language and one rendition.

    The document's date is the last day of the period of conduct (local date), never the day of printing.
    The Kazakh form is the order's; the Russian and the English one are readings and say so.
    Raises as `typeset`.
    """
    sheet = sheet_of(
        content,
        language=language,
        rendition=Rendition(rendition),
        version=version,
        content_sha256=content_sha256,
    )
    sheet = sheet.model_copy(
        update={"printed_as": form_print.value} if form_print is FormPrint.DRAWN else _undrawn(sheet)
    )
    folder = FORMS / FORM
    return typeset(folder / "report.typ", sheet, folder)


def _undrawn(sheet: Sheet) -> dict[str, Indicators]:
    """The indicators as they were printed before they were drawn."""
    groups = {"state": sheet.state, "cause": sheet.cause, "effectiveness": sheet.effectiveness}
    return {role: group.model_copy(update={"charts": ()}) for role, group in groups.items()}

"""Reading a printed document back."""

import io
import re
from collections.abc import Iterator

from pydantic import BaseModel
from pypdf import PdfReader

from activities.printing.form import FormPrint, render_form
from models.report.content import ReportContent, Wording, content_sha256
from models.vocabulary.procedure import Language

FOOTER = re.compile(r"№[\w-]+·[^·]{5,30}·[^·]{5,25}?\d+/\d+")


def printed(
    content: ReportContent,
    language: Language = Language.KK,
    rendition: str = "filed",
    version: int = 1,
    form_print: FormPrint = FormPrint.DRAWN,
) -> bytes:
    return render_form(
        content,
        language=language,
        rendition=rendition,
        version=version,
        content_sha256=content_sha256(content),
        form_print=form_print,
    )


def words(file: bytes) -> str:
    """All text of all pages without blanks and footers: where a line broke says nothing about the words."""
    pages = PdfReader(io.BytesIO(file)).pages
    return "".join(FOOTER.sub("", unspaced(page.extract_text())) for page in pages)


def unspaced(text: str) -> str:
    return re.sub(r"\s+", "", text)


def wordings(value: object) -> Iterator[Wording]:
    """Every text of a content, however deep."""
    if isinstance(value, Wording):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from wordings(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from wordings(part)

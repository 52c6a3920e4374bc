"""Data on paper, set by Typst. Pure: same template, same sheet, same bytes."""

from pathlib import Path
from typing import Final

import typst

from activities.printing.glyphs import FONTS
from models.vocabulary.base import Model

FORMS: Final = Path(__file__).parent / "forms"
# ISO 19005-2, level B: what is archived looks the same in thirty years. ISO 14289-1: whoever does not see it
# hears it in its order, with its headings, tables and languages.
STANDARDS: Final = ("a-2b", "ua-1")
MEDIA_TYPE: Final = "application/pdf"


def typeset(template: Path, sheet: Model, root: Path = FORMS) -> bytes:
    """The sheet by a template, as PDF/A-2b and PDF/UA-1; templates include what lies under `root`.

    Raises `typst.TypstError` if template and data do not fit: a fault of the product.
    """
    return typst.compile(
        template,
        root=root,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet.model_dump_json()},
        pdf_standards=list(STANDARDS),
    )

"""The consolidated register as PDF/A-2b and PDF/UA-1, set by Typst. Pure: same sheet, same bytes."""

import typst

from activities.printing.form import FORMS, STANDARDS
from activities.printing.glyphs import FONTS
from activities.printing.register_sheet import RegisterSheet


def render_register(sheet: RegisterSheet) -> bytes:
    """The register on paper. Raises `typst.TypstError` if template and data do not fit: a fault of ours."""
    return typst.compile(
        FORMS / "register" / "register.typ",
        root=FORMS,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet.model_dump_json()},
        pdf_standards=list(STANDARDS),
    )

"""The consolidated register as PDF/A-2b, set by Typst. Pure: the same sheet gives the same bytes."""

import typst

from activities.glyphs import FONTS
from activities.register_sheet import RegisterSheet
from activities.typst_form import FORMS, STANDARD


def render_register(sheet: RegisterSheet) -> bytes:
    """The register on paper. Raises `typst.TypstError` if template and data do not fit: a fault of ours."""
    return typst.compile(
        FORMS / "register" / "register.typ",
        root=FORMS,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet.model_dump_json()},
        pdf_standards=[STANDARD],
    )

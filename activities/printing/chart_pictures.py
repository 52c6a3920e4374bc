"""A chart as a picture of dots, for documents that know no SVG. Pure: same chart, same bytes."""

from typing import Final

import typst

from activities.printing.glyphs import FONTS

WIDE: Final = 95
"""Millimetres across, as on the printed form."""
_DOTS_PER_INCH: Final = 200
_PAGE: Final = (
    b'#set page(width: 95mm, height: auto, margin: 0pt)\n#set text(font: "Libertinus Serif")\n'
    b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
)


def as_png(svg: str) -> bytes:
    """Raises `typst.TypstError` for what is no SVG: a fault of ours."""
    made = typst.compile(
        _PAGE,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
        format="png",
        ppi=_DOTS_PER_INCH,
    )
    assert isinstance(made, bytes), "it is one page"
    return made

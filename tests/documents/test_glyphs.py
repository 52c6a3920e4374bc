"""What has a glyph is printed as it is; what has none, as its code."""

import json

import pytest
import typst

from activities.printing.glyphs import FONTS, printable

KAZAKH = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
KNOWN = "".join(
    chr(code)
    for first, last in ((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0xFF), (0x400, 0x45F), (0x490, 0x4FF))
    for code in range(first, last + 1)
)


def test_every_letter_taken_for_granted_has_a_glyph() -> None:
    letters = KNOWN + KAZAKH + KAZAKH.lower() + "–—‘’“”„•…№₸−\u202f"
    assert printable(letters) == letters.strip()
    source = b'#set text(font: "Libertinus Serif")\n#json(bytes(sys.inputs.letters))'
    file = typst.compile(
        b"#set document(date: datetime(year: 2026, month: 1, day: 1))\n" + source,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"letters": json.dumps(letters)},
        pdf_standards=["a-2b"],
    )
    assert file.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ә≥≤→ё", "Ә≥≤→ё"),
        ("а😀б", "а[U+1F600]б"),
        ("中文", "[U+4E2D] [U+6587]"),
        ("а😀😀😀б", "а[U+1F600]×3 б"),
        ("e" + 7 * "\u0301", "e\u0301\u0301\u0301\u0301[U+0301]×3"),
        ("\u200b", ""),
        ("а\ufeff\u200b\u202eб", "аб"),
        ("а  \t б", "а б"),
        ("а\n\n\n\nб\u2028в", "а\n\nб\nв"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_printable(typed: str, shown: str) -> None:
    assert printable(typed) == shown

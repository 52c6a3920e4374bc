"""Which letters the printed font has. PDF/A forbids a missing glyph, and people write anything.

A letter the embedded fonts lack is printed as its code, `[U+1F600]`: the reader sees that something stood
there, and the document is still made. Invisible format characters (byte order marks, direction overrides)
are left out: on paper they can only mislead.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import typst

# Only the fonts inside the library: a document must not depend on the machine it was printed on.
FONTS = typst.Fonts(include_system_fonts=False)

# ASCII, Latin-1, Cyrillic with every Kazakh letter, usual punctuation: tests/documents/test_glyphs.py checks.
_KNOWN = re.compile(r"[\n\x20-\x7e\xa0-\xac\xae-\xff\u0400-\u045f\u0490-\u04ff–—‘’“”„•…№₸−\u202f]*")
CODED = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
_MARKS_PER_LETTER = 4
_PROBE = b'#set text(font: "Libertinus Serif")\n#for part in json(bytes(sys.inputs.parts)) { par(part) }'


def printable(text: str) -> str:
    """The text as it can be printed: line ends kept, runs of blanks as one, codes for what has no glyph."""
    if not _KNOWN.fullmatch(text):
        text = _coded(text)
    text = re.sub(r"[^\S\n]{2,}|\t", " ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _coded(text: str) -> str:
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    shown = ""
    for cluster, run in groupby(_clusters(visible)):
        times = len(list(run))
        if _is_printable(cluster):
            shown += cluster * times
        else:
            shown += (" " if shown.endswith("]") else "") + _code(cluster, times)
    return shown


def _code(cluster: str, times: int) -> str:
    code = "".join(f"[U+{ord(letter):04X}]" for letter in cluster)
    return code if times == 1 else f"{code}×{times} "


def _is_printable(cluster: str) -> bool:
    if _KNOWN.fullmatch(cluster) or cluster.isspace():
        return True
    return not _is_mark(cluster[0]) and _has_glyphs(cluster)


def _clusters(text: str) -> Iterator[str]:
    """Letters with the marks that stand on them: a font may have both and still not the pair.

    Marks beyond what any language writes stand alone: a pile of them would be one letter that no line holds.
    """
    cluster = ""
    for letter in text:
        stands_on = cluster and _is_mark(letter) and not _is_mark(cluster[0])
        if not stands_on or len(cluster) > _MARKS_PER_LETTER:
            yield cluster
            cluster = ""
        cluster += letter
    yield cluster


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


@lru_cache(maxsize=8192)
def _has_glyphs(cluster: str) -> bool:
    """Ask the typesetter itself: under PDF/A it refuses text that it cannot show."""
    try:
        typst.compile(
            _PROBE,
            font_paths=FONTS,
            ignore_system_fonts=True,
            sys_inputs={"parts": json.dumps([cluster])},
            pdf_standards=["a-2b"],
        )
    except typst.TypstError:
        return False
    return True

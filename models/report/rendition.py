"""In which form a report is read: as it was filed, or as everybody may read it."""

from enum import StrEnum
from typing import Final

from models.vocabulary.procedure import SourceAccess


class Rendition(StrEnum):
    """`filed` goes to the addressees; `public` withholds what a public text must not carry (A8, A11)."""

    FILED = "filed"
    PUBLIC = "public"


WITHHELD_ACCESS: Final = frozenset({SourceAccess.OFFICIAL, SourceAccess.RESTRICTED})
"""Sources whose reference the public rendition does not print."""

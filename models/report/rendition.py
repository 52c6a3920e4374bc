"""In which form a report is read: as it was filed, or as everybody may read it."""

from enum import StrEnum


class Rendition(StrEnum):
    """`filed` goes to the addressees; `public` withholds what a public text must not carry (A8, A11)."""

    FILED = "filed"
    PUBLIC = "public"

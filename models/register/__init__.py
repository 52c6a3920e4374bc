"""Rules 17 and 18: the consolidated register of the authorized body (beyond the Rules: repeats, comparisons).

Everything is computed anew from the filed reports each time; nothing of it is stored.
"""

from models.register.consolidated import ConsolidatedRegister, consolidate
from models.register.filed import FiledReport, Place, Places
from models.register.filters import RegisterFilters
from models.register.rows import ElementKind, Row, Source

__all__ = [
    "ConsolidatedRegister",
    "ElementKind",
    "FiledReport",
    "Place",
    "Places",
    "RegisterFilters",
    "Row",
    "Source",
    "consolidate",
]

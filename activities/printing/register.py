"""The consolidated register, printed."""

from activities.printing.register_sheet import RegisterSheet
from activities.printing.typeset import FORMS, typeset


def render_register(sheet: RegisterSheet) -> bytes:
    """The register on paper. Raises as `typeset`."""
    return typeset(FORMS / "register" / "register.typ", sheet)

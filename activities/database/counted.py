"""How far rows are counted: of a list among many people read «more than», and wait for no figure beyond."""

from typing import Final

MOST_COUNTED: Final = 500

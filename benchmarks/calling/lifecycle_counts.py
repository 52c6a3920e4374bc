"""What a whole monitoring consists of: the floors do as many of each."""

from typing import Final

COMMANDS: Final = 10
"""After the start."""
LETTERS: Final = 6
REPLIES: Final = 5
"""By link: four receipts and one full answer."""

"""What a check says when something is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError


class Wrong(Exception):
    """Something in a bundle is not as it must be; `element` names it, the message is a sentence."""

    def __init__(self, element: str, sentence: str) -> None:
        super().__init__(f"{element}: {sentence}")
        self.element = element


def must(holds: bool, element: str, sentence: str) -> None:
    """Raises `Wrong` unless it holds."""
    if not holds:
        raise Wrong(element, sentence)


@contextmanager
def readable(element: str) -> Iterator[None]:
    """What cannot be read is wrong, whatever the way in which it cannot."""
    try:
        yield
    except (ValidationError, ValueError, KeyError, TypeError, IndexError) as error:
        raise Wrong(element, f"cannot be read ({type(error).__name__})") from None

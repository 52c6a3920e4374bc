"""Keys under which a command happens once, however often it is sent."""

from uuid import uuid4


def new_key() -> str:
    """One for one intent."""
    return str(uuid4())

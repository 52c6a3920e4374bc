"""What every proceeding notes of a body that is no more: which body came after it, by which act."""

from models.events import BodySucceeded
from models.proceeding.state import Proceeding
from models.vocabulary.succession import Succession


def succeeded(state: Proceeding, *known: Succession | None) -> tuple[BodySucceeded, ...]:
    """An event for each succession that is news to the proceeding."""
    return tuple(
        BodySucceeded(**each.model_dump())
        for each in known
        if each is not None and state.successions.get(each.body) != each
    )

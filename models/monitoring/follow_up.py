"""What becomes of proposals and recommendations. Beyond the Rules: they set no duty to carry anything out."""

from enum import StrEnum

from models.commands import ItemAnswer
from models.monitoring.state import ItemState, MonitoringState
from models.vocabulary.procedure import Id, Response, Verdict


class ItemStanding(StrEnum):
    """Where an item of the decision stands: read from the state, never stored in it."""

    UNANSWERED = "unanswered"
    DECLINED = "declined"  # the reason stays in the reply
    NOT_FOLLOWED = "not_followed"  # accepted under an edition without follow-up
    AWAITED = "awaited"  # accepted, and its addressee has not reported (anew)
    REPORTED = "reported"  # waits for the monitor's judgement
    IMPLEMENTED = "implemented"
    PARTLY_IMPLEMENTED = "partly_implemented"
    NOT_IMPLEMENTED = "not_implemented"
    GIVEN_UP = "given_up"  # the follow-up ended before it was judged


OPEN_STANDINGS = frozenset({ItemStanding.AWAITED, ItemStanding.REPORTED})


def standing_of(state: MonitoringState, item: ItemState) -> ItemStanding:
    if item.answer is None:
        return ItemStanding.UNANSWERED
    if item.response is Response.DECLINED:
        return ItemStanding.DECLINED
    if not state.edition.switches.follow_up_of_recommendations:
        return ItemStanding.NOT_FOLLOWED
    if item.judged is not None and item.judged.final:
        return _VERDICTS[item.judged.verdict]
    if state.ended:
        return ItemStanding.GIVEN_UP
    return ItemStanding.REPORTED if item.reported else ItemStanding.AWAITED


_VERDICTS = {
    Verdict.IMPLEMENTED: ItemStanding.IMPLEMENTED,
    Verdict.PARTLY_IMPLEMENTED: ItemStanding.PARTLY_IMPLEMENTED,
    Verdict.NOT_IMPLEMENTED: ItemStanding.NOT_IMPLEMENTED,
}


def sent_to_nobody(state: MonitoringState, item: ItemState) -> bool:
    """Whether its addressee was not sent the report yet: it may be published before that (rules 17, 19)."""
    return standing_of(state, item) is ItemStanding.UNANSWERED and item.addressee not in state.addressees


def plans_as(item: ItemState, answer: ItemAnswer) -> bool:
    """Whether an answer leaves it as planned when the item is carried out, and whether at all."""
    known = item.answer
    return known is not None and (known.planned_on, known.response is Response.DECLINED) == (
        answer.planned_on,
        answer.response is Response.DECLINED,
    )


def awaited_of(state: MonitoringState, addressee: Id) -> tuple[ItemState, ...]:
    """What this addressee accepted and may report on."""
    return tuple(
        item
        for item in state.items.values()
        if item.addressee == addressee and standing_of(state, item) is ItemStanding.AWAITED
    )


def to_judge(state: MonitoringState) -> tuple[ItemState, ...]:
    """What was reported and waits for the monitor."""
    return tuple(item for item in state.items.values() if standing_of(state, item) is ItemStanding.REPORTED)


def open_items_of(state: MonitoringState) -> tuple[ItemState, ...]:
    """Accepted items that wait for their addressee or for the monitor: no timer ends that."""
    return tuple(item for item in state.items.values() if standing_of(state, item) in OPEN_STANDINGS)

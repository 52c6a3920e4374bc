"""What became of the items of a published report: one word each, and nobody's own words."""

from activities.letters.follow_up import item_named
from locales.standings import standing_said
from models.monitoring.follow_up import standing_of
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class ItemSaid(Model):
    """«Recommendation 2» and its standing in words."""

    name: str
    standing: str


def items_said(language: Language, state: MonitoringState) -> tuple[ItemSaid, ...]:
    """Nothing while the published version is not the current one: the items are the current one's."""
    current = state.current
    if current is None or state.publications[-1].version != current.number:
        return ()
    return tuple(
        ItemSaid(
            name=item_named(language, state, item.id),
            standing=standing_said(language, standing_of(state, item), item.response),
        )
        for item in state.items.values()
    )

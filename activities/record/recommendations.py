"""The rows of proposals and recommendations, beside the projection of their monitoring.

Written by the difference of two states: an event touches the rows of what it was about, however many items
the decision has.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from sqlalchemy import Delete, delete

from activities.database.rows import OnlyIf, Row, rows_kept, table_of
from activities.record.rows import Beside
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.monitoring.follow_up import standing_of
from models.monitoring.items import day_of, positions_of
from models.monitoring.state import ItemState, MonitoringState
from models.tables.recommendations import RecommendationRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Number

_KEY: Final = ("number", "item")


class ItemChanges(Model):
    """What the rows of a monitoring have to say otherwise than before."""

    kept: tuple[Row, ...] = ()
    gone: tuple[Id, ...] = ()


def project_items(former: MonitoringState | None, state: MonitoringState) -> Iterator[Beside]:
    """Make the rows say what the state says; they say what the former one said. Most events change none."""
    changes = changes_of(former, state)
    if changes.gone:
        yield partial(_rows_gone, state.number, changes.gone)
    if changes.kept:
        yield partial(rows_kept, RecommendationRow, _KEY, changes.kept)


def _rows_gone(number: Number, items: Iterable[Id], only_if: OnlyIf) -> Delete:
    rows = table_of(RecommendationRow)
    return delete(rows).where(rows.c.number == number, rows.c.item.in_(list(items)), only_if)


def changes_of(former: MonitoringState | None, state: MonitoringState) -> ItemChanges:
    """The rows that differ between two states of one monitoring, the later one folded from the former."""
    about = _touched(former, state)
    before = rows_of(former, about) if former else {}
    after = rows_of(state, about)
    return ItemChanges(
        kept=tuple(row for item, row in after.items() if before.get(item) != row),
        gone=tuple(item for item in before if item not in after),
    )


def rows_of(state: MonitoringState, items: Iterable[Id] | None = None) -> Mapping[Id, Row]:
    """The rows of some items, or of all; none before something was decided."""
    if state.current is None:
        return {}
    chosen = state.items if items is None else [item for item in items if item in state.items]
    if not chosen:
        return {}
    positions, shared = positions_of(state), _shared(state)
    return {item: shared | _row(state, state.items[item], positions[item]) for item in chosen}


def _touched(former: MonitoringState | None, state: MonitoringState) -> Iterable[Id]:
    """The items whose rows may say something else: what a fold leaves alone is the same object."""
    if former is None or former.current is None or _decided(former) != _decided(state):
        return dict.fromkeys((*(former.items if former else ()), *state.items))
    if former.items is state.items and former.deadlines is state.deadlines:
        return ()
    return [item for item in state.items if _facts(former, item) != _facts(state, item)]


def _decided(state: MonitoringState) -> tuple[object, ...]:
    """What the rows of all items rest on together."""
    asked = tuple((item.id, item.kind, item.addressee) for item in state.items.values())
    addressees = dict.fromkeys(item.addressee for item in state.items.values())
    stands = {addressee: state.stands_for(addressee) for addressee in addressees}
    follows = state.edition.switches.follow_up_of_recommendations
    return (asked, stands, follows, state.ended, _shared(state))


def _facts(state: MonitoringState, item: Id) -> tuple[int, int]:
    """The very objects that the row of one item rests on besides, by their identity."""
    return id(state.items[item]), id(state.deadlines.get(deadline_id(DeadlineSubject.IMPLEMENTATION, item)))


def _shared(state: MonitoringState) -> Row:
    asked_on = state.current.approved_on if state.current else None
    return {"number": state.number, "lead": state.responsible, "asked_on": asked_on}


def _row(state: MonitoringState, item: ItemState, position: int) -> Row:
    reported, judged = item.reported, item.judged
    return {
        "item": item.id,
        "position": position,
        "kind": item.kind.value,
        "addressee": state.stands_for(item.addressee) or item.addressee,
        "standing": standing_of(state, item).value,
        "answered_on": item.answered_on,
        "due_on": day_of(state, item),
        "reported_on": reported.on if reported else None,
        "done_on": reported.done_on if reported else None,
        "judged_on": judged.on if judged else None,
        "verdict": judged.verdict.value if judged else None,
    }

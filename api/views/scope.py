"""What a log shows of itself: all of it, or what is a body's own matter."""

from sqlalchemy import ColumnElement, literal, or_
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from activities.published.finding import found_by
from api.access.auth import Caller
from api.views.lists import visible_to
from models.monitoring.readers import words_of_whole_sight
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Role

_SEE_ALL = frozenset({Role.ADMIN, Role.OVERSIGHT})


def in_scope(
    caller: Caller,
    mark: Mapped[str | None],
    acted_for: ColumnElement[str] | Mapped[str],
) -> ColumnElement[bool]:
    """Lines of what the caller's body conducts, owes or keeps, and what its own people did besides: with a
    report that was sent there, what others did is not its own matter.

    `mark` is what a line is about, `acted_for` the body of whoever it tells of.
    """
    if caller.role in _SEE_ALL:
        return literal(True)
    own = caller.organisation
    whole = found_by(words_of_whole_sight(caller.role, own, caller.person))
    return or_(
        mark.in_(select(MonitoringRow.number).where(whole)),
        mark.in_(select(MonitoringRow.number).where(visible_to(caller))) & (acted_for == own),
        mark.in_(select(DutyRow.mark).where(col(DutyRow.organisation) == own)),
        mark.in_(select(ConsolidationRow.mark).where(col(ConsolidationRow.organisation) == own)),
        mark.is_(None) & (acted_for == own),
    )

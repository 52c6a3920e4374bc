"""Editions of the Rules and of the calendar as rows: one way to write them, whoever puts them on file."""

from datetime import datetime
from typing import Final

from models.calendar.edition import CalendarEdition
from models.tables.calendars import CalendarRow
from models.tables.editions import EditionRow
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Id

FIRST_CALENDAR_REASON: Final = "Алғашқы күнтізбе"


def edition_row(edition: Edition, at: datetime) -> EditionRow:
    """An edition of the Rules, put on file at the UTC instant `at`."""
    body = edition.model_dump(mode="json")
    return EditionRow(id=edition.id, in_force_from=edition.in_force_from, body=body, at=at)


def calendar_row(
    calendar: CalendarEdition,
    at: datetime,
    reason: str = FIRST_CALENDAR_REASON,
    account: Id | None = None,
) -> CalendarRow:
    """An edition of the working calendar, published at the UTC instant `at`."""
    body = calendar.model_dump(mode="json")
    return CalendarRow(edition=calendar.id, body=body, reason=reason, account=account, at=at)

"""By which day a report counts for a year (A3)."""

from datetime import date

from models.vocabulary.editions import Edition, YearCountedBy


def counted_by(
    edition: Edition, started_on: date | None, ended_on: date | None, approved_on: date | None
) -> date | None:
    """A3: by the end of conduct unless the edition counts by another date."""
    match edition.switches.year_counted_by:
        case YearCountedBy.START:
            return started_on
        case YearCountedBy.END:
            return ended_on
        case YearCountedBy.APPROVAL:
            return approved_on

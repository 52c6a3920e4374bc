"""The review round that follows the one in course, under an edition of the Rules (rule 18, A4)."""

from datetime import date, timedelta
from typing import Final

from models.agenda.terms import months_later
from models.events import ReviewRound
from models.vocabulary.editions import Edition

_ONE_DAY: Final = timedelta(days=1)


def next_round(current: ReviewRound, edition: Edition) -> tuple[date, date]:
    """Its first and its last day (local dates)."""
    begins_on = current.ends_on + _ONE_DAY
    return begins_on, months_later(begins_on, edition.switches.review_interval_months) - _ONE_DAY

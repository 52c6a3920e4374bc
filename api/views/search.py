"""By whose eyes the API and the desk search: nobody finds a monitoring by words that they may not read."""

from activities.published.finding import Reader, found_by
from api.access.auth import Caller
from models.monitoring.readers import words_of_report, words_of_whole_sight


def reader(caller: Caller) -> Reader:
    """By the words that open a monitoring for the caller: the report to some, its drafts to fewer."""
    who = (caller.role, caller.organisation, caller.person)
    return Reader(found_by(words_of_report(*who)), found_by(words_of_whole_sight(*who)))

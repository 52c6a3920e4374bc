"""A deadline's name says what it awaits, and fits however long that is called."""

from pydantic import TypeAdapter

from models.agenda.deadline import DeadlineSubject, deadline_id
from models.vocabulary.procedure import Id


def test_a_deadline_is_named_by_what_it_awaits() -> None:
    assert deadline_id(DeadlineSubject.IMPLEMENTATION, "p1") == "implementation:p1"


def test_the_longest_ids_give_names_of_their_own() -> None:
    names = [deadline_id(DeadlineSubject.INFORMATION_REQUEST, "q" * 99 + last) for last in "ab"]
    assert len(set(names)) == 2
    for name in names:
        TypeAdapter(Id).validate_python(name)

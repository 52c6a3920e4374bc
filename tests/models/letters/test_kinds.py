"""Every kind of letter and every purpose of a link has one row, and the rows agree with each other."""

import ast
import inspect
import re
from collections import Counter
from types import ModuleType

import pytest

from models.commands.command import Command
from models.letters import kinds, purposes
from models.letters.kinds import LETTERS
from models.letters.purposes import LINKS
from models.letters.row import FactName
from models.report.rendition import Rendition
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.letters import LetterKind, Purpose
from tests.letters.causes import PURPOSES


def rows_written(module: ModuleType, word: str) -> Counter[str]:
    """The keys of a module's table as they are written: a dictionary keeps the last of two rows silently."""
    return Counter(
        ast.unparse(key)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if key is not None and ast.unparse(key).startswith(f"{word}.")
    )


def action_of(command: type[Command]) -> Action:
    return Action(re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower())


def test_every_kind_of_letter_has_exactly_one_row() -> None:
    assert rows_written(kinds, "LetterKind") == Counter(f"LetterKind.{kind.name}" for kind in LetterKind)


def test_every_purpose_of_a_link_has_exactly_one_row() -> None:
    assert rows_written(purposes, "Purpose") == Counter(f"Purpose.{purpose.name}" for purpose in Purpose)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_has_the_link_that_its_row_says(kind: LetterKind) -> None:
    """What is caused in the stories of the rules is compared with the rows as well (`Story`)."""
    row = LETTERS[kind]
    assert row.link is None or not row.may_link, "a link of every such letter is not left to its cause"
    assert PURPOSES.get(kind) is row.link or PURPOSES.get(kind) in row.may_link


@pytest.mark.parametrize("kind", [kind for kind, row in LETTERS.items() if row.asks])
def test_what_a_letter_asks_for_is_done_by_its_link_or_at_the_workplace(kind: LetterKind) -> None:
    row = LETTERS[kind]
    if row.link is None:
        assert row.to_staff
    else:
        assert row.asks in {action_of(command) for command in LINKS[row.link].forms}


@pytest.mark.parametrize("kind", LetterKind)
def test_what_a_letter_encloses_is_what_its_link_shows(kind: LetterKind) -> None:
    row = LETTERS[kind]
    if row.report and row.link:
        assert LINKS[row.link].shows is row.report
    assert row.sends_the_report is (row.report is Rendition.FILED)


def test_every_particular_is_told_by_some_letter() -> None:
    told_in_every_letter = {FactName.RECIPIENT, FactName.KIND, FactName.STUDIED}
    told_to_a_colleague = {FactName.HANDED_ON}  # whatever kind of letter was handed on
    of_a_kind = set(FactName) - told_in_every_letter - told_to_a_colleague
    assert {name for row in LETTERS.values() for name in row.facts} == of_a_kind


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_allows_what_its_role_may_do_on_its_own_subject(purpose: Purpose) -> None:
    row = LINKS[purpose]
    for command in row.commands:
        assert may(row.role, action_of(command), Relation.PARTICIPANT), command
        assert {row.subject.value, "letter"} & set(command.model_fields), command


def test_the_letters_that_send_the_report_hold_the_close() -> None:
    assert {kind for kind, row in LETTERS.items() if row.sends_the_report} == {
        LetterKind.REPORT_FOR_CONSIDERATION,
        LetterKind.REPORT_FOR_CONSOLIDATION,
        LetterKind.REPORT_CORRECTED,
        LetterKind.ANSWERS_STAND,
    }


def test_letters_of_a_changed_calendar_let_others_go_first() -> None:
    assert [kind for kind, row in LETTERS.items() if row.in_bulk] == [LetterKind.DEADLINE_MOVED]

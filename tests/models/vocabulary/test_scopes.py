"""Under which scope of a token an action falls: every action under one, what everybody may under none."""

import pytest

from models.vocabulary.access import READS, Action
from models.vocabulary.scopes import Scope, scope_of


@pytest.mark.parametrize(
    ("action", "scope"),
    [
        (Action.READ_PUBLISHED, None),
        (Action.READ_EVENTS, Scope.EVENTS),
        (Action.WRITE_REGISTRIES, Scope.ADMINISTRATION),
        (Action.READ_COMMANDS, Scope.ADMINISTRATION),
        (Action.WRITE_CONTENT, Scope.CONTENT),
        (Action.READ_OWN, Scope.READ),
        (Action.APPROVE_REPORT, Scope.COMMANDS),
    ],
)
def test_an_action_falls_under_the_scope_of_its_kind(action: Action, scope: Scope | None) -> None:
    assert scope_of(action) is scope


def test_no_command_falls_under_reading() -> None:
    reading = {action for action in Action if scope_of(action) is Scope.READ}
    assert reading <= READS

"""The table of rights, in the terms of the procedure (docs/procedure.md, Roles)."""

import pytest

from models.commands import StartMonitoring, command_name
from models.commands.command import Command
from models.consolidation.rules import CONSOLIDATION_RULES
from models.monitoring.rules.registry import RULES
from models.vocabulary.access import OVERSEEING, PERMISSIONS, READS, Action, Relation, allowed, may
from models.vocabulary.procedure import Role

TYPES: tuple[type[Command], ...] = (*RULES, *CONSOLIDATION_RULES, StartMonitoring)
COMMANDS = {Action(command_name(command)) for command in TYPES}
WRITES = set(Action) - READS


def anywhere(role: Role) -> frozenset[Action]:
    return allowed(role, frozenset(Relation))


def test_every_command_has_an_action_that_somebody_may_do() -> None:
    given = {action for roles in PERMISSIONS.values() for actions in roles.values() for action in actions}
    assert given >= COMMANDS
    assert given == set(Action), "an action that nobody may do is none"


@pytest.mark.parametrize("action", [Action.APPROVE_REPORT, Action.RETURN_REPORT, Action.CREATE_WORKING_GROUP])
def test_the_head_of_the_conductor_alone_decides(action: Action) -> None:
    holders = {(role, relation) for relation in Relation for role in Role if may(role, action, relation)}
    assert holders == {(Role.HEAD, Relation.CONDUCTOR)}


@pytest.mark.parametrize("role", sorted(OVERSEEING))
def test_whoever_oversees_changes_nothing(role: Role) -> None:
    assert anywhere(role).isdisjoint(WRITES)


def test_an_auditor_reads_all_of_what_its_body_conducts_and_what_it_was_sent() -> None:
    assert may(Role.AUDITOR, Action.READ_ALL, Relation.AUDIT)
    assert may(Role.AUDITOR, Action.READ_SENT, Relation.ADDRESSEE)
    everywhere = allowed(Role.AUDITOR, frozenset({Relation.NONE, Relation.OVERSIGHT, Relation.NAMED}))
    assert everywhere == {
        Action.READ_PUBLISHED,
        Action.READ_REGISTRIES,
        Action.READ_EVENTS,
        Action.READ_COMMANDS,
    }


def test_oversight_reads_all_there_is() -> None:
    rights = allowed(Role.OVERSIGHT, frozenset({Relation.NONE, Relation.OVERSIGHT}))
    assert {Action.READ_ALL, Action.READ_BUNDLE, Action.READ_HISTORY, Action.READ_CONSOLIDATION} <= rights
    for relation in set(Relation) - {Relation.NONE, Relation.OVERSIGHT}:
        assert allowed(Role.OVERSIGHT, frozenset({relation})) == frozenset(), relation


def test_administrator_keeps_registries_and_reads_no_drafts() -> None:
    assert anywhere(Role.ADMIN) & WRITES == {Action.WRITE_REGISTRIES}
    contents = {Action.READ_OWN, Action.READ_ALL, Action.READ_SENT, Action.READ_AS_MEMBER}
    assert anywhere(Role.ADMIN).isdisjoint(contents)


def test_web_editor_publishes_and_edits_nothing() -> None:
    assert anywhere(Role.WEB_EDITOR) & WRITES == {Action.PUBLISH_REPORT}
    assert Action.READ_OWN not in anywhere(Role.WEB_EDITOR)


def test_nobody_publishes_as_a_division_only() -> None:
    assert not any(may(role, Action.PUBLISH_REPORT, Relation.CONDUCTOR) for role in Role)


def test_authorized_body_reviews_what_it_received_and_changes_no_report_of_others() -> None:
    for role in (Role.ANALYST, Role.HEAD):
        rights = allowed(role, frozenset({Relation.AUTHORIZED_BODY}))
        assert Action.MARK_CONSIDERED in rights
        assert rights.isdisjoint({Action.WRITE_CONTENT, Action.APPROVE_REPORT, Action.READ_OWN})


def test_member_reads_and_comments_and_neither_approves_nor_sends() -> None:
    rights = allowed(Role.MEMBER, frozenset({Relation.PARTICIPANT}))
    assert {Action.READ_AS_MEMBER, Action.COMMENT} <= rights
    assert rights.isdisjoint({Action.APPROVE_REPORT, Action.DISPATCH_REPORT, Action.WRITE_CONTENT})


def test_addressee_reads_what_it_was_sent_and_replies() -> None:
    for role in (Role.ADDRESSEE, Role.ANALYST, Role.HEAD):
        rights = allowed(role, frozenset({Relation.ADDRESSEE}))
        assert {Action.READ_SENT, Action.ANSWER_REPORT, Action.ASK_MORE_TIME} <= rights
        assert rights.isdisjoint({Action.READ_OWN, Action.EXTEND_DEADLINE, Action.CLOSE_MONITORING})


def test_council_secretary_records_the_consideration_only() -> None:
    rights = allowed(Role.COUNCIL_SECRETARY, frozenset({Relation.PARTICIPANT}))
    assert rights & COMMANDS == {Action.RECORD_CONSIDERATION, Action.ADD_EXCERPT}


def test_a_stranger_sees_what_is_published() -> None:
    for role in Role:
        if role is not Role.SYSTEM:
            rights = allowed(role, frozenset({Relation.NONE}))
            assert Action.READ_PUBLISHED in rights
            assert rights.isdisjoint({Action.READ_SENT, Action.READ_OWN, Action.READ_ALL})


def test_whoever_starts_needs_nobodys_permission() -> None:
    assert may(Role.ANALYST, Action.START_MONITORING, Relation.NONE), "rule 14: of their own initiative"
    assert may(Role.HEAD, Action.START_MONITORING, Relation.NONE)

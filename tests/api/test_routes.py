"""The routes as a whole: each declares who may use it, each command has one, strangers can read of them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.access.consolidation import ConsolidationPolicy
from api.access.duties import DutyPolicy
from api.access.policy import AccountPolicy, MonitoringPolicy, PublicPolicy
from api.app import PREFIX, create_app
from api.problems.problem import ProblemCode
from api.routes import ALL_ROUTERS
from locales.catalogue import has_text
from models.commands import StartMonitoring, command_name
from models.commands.command import Command
from models.consolidation.rules import CONSOLIDATION_RULES
from models.monitoring.rules.registry import RULES
from models.settings.environment import Settings
from models.vocabulary.access import Action
from models.vocabulary.procedure import Language

POLICIES = (AccountPolicy, ConsolidationPolicy, DutyPolicy, MonitoringPolicy, PublicPolicy)
Json = dict[str, Any]
COMMANDS: tuple[type[Command], ...] = (*RULES, *CONSOLIDATION_RULES, StartMonitoring)


def routes() -> Iterator[APIRoute]:
    for router in ALL_ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield route


def policies(dependant: Dependant) -> list[object]:
    own = [dependant.call] if isinstance(dependant.call, POLICIES) else []
    return own + [found for inner in dependant.dependencies for found in policies(inner)]


@cache
def document() -> Json:
    app: FastAPI = create_app(Settings())
    schema: Json = app.openapi()
    return schema


def operations() -> Iterator[tuple[str, str, Json]]:
    for path, methods in document()["paths"].items():
        if path.startswith(PREFIX):
            for method, operation in methods.items():
                yield path, method, operation


def test_every_route_declares_one_policy() -> None:
    for route in routes():
        assert len(policies(route.dependant)) == 1, (
            f"{route.path}: declare who may use it (api/access/policy.py)"
        )


def test_every_command_has_a_route_named_like_its_update_and_its_action() -> None:
    declared = {route.name: policies(route.dependant)[0] for route in routes()}
    for command in COMMANDS:
        name = command_name(command)
        policy = declared[name]
        assert isinstance(policy, (AccountPolicy, ConsolidationPolicy, MonitoringPolicy))
        assert policy.actions == (Action(name),)


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(ids)) == len(ids)


def test_every_operation_is_summarised_described_tagged_and_tells_its_problems() -> None:
    tags = {tag["name"] for tag in document()["tags"]}
    for path, method, operation in operations():
        where = f"{method} {path}"
        assert operation["summary"], where
        assert operation["description"].endswith("."), where
        assert set(operation["tags"]) <= tags, where
        if operation["tags"] not in (["public"], ["health"]):
            assert {"401", "403", "422"} <= set(operation["responses"]), where
        for status, response in operation["responses"].items():
            if int(status) >= 400 and operation["tags"] != ["health"]:
                assert "application/problem+json" in response["content"], (where, status)


def test_commands_tell_that_they_may_conflict_or_have_to_be_sent_again() -> None:
    names = {command_name(command) for command in COMMANDS}
    for path, _, operation in operations():
        if operation["operationId"] in names:
            assert {"409", "503"} <= set(operation["responses"]), path
            header = {parameter["name"] for parameter in operation["parameters"]}
            assert "Idempotency-Key" in header, path


def test_whatever_takes_a_body_tells_that_it_may_be_too_large_or_unreadable() -> None:
    taking = [(path, operation) for path, _, operation in operations() if "requestBody" in operation]
    assert taking
    for path, operation in taking:
        assert {"400", "413", "422"} <= set(operation["responses"]), path


def test_document_mentions_no_error_that_the_api_does_not_give() -> None:
    assert "HTTPValidationError" not in str(document())


def test_every_problem_has_a_sentence_and_every_status_a_title_in_three_languages() -> None:
    statuses = {status for _, _, operation in operations() for status in operation["responses"]}
    keys = [f"problem.{code.value}" for code in ProblemCode]
    keys += [f"problem.title.{status}" for status in statuses if int(status) >= 400]
    missing = [(lang.value, key) for lang in Language for key in keys if not has_text(lang, key)]
    assert missing == []

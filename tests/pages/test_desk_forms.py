"""The forms for people with an account as a whole: one list, one machine, a page for each."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.commands.asking import action_of
from api.pages.desk.desk_form import AnyDeskForm, BeginningForm, DeskForm, OfficeForm
from api.pages.desk.forms import FORMS
from api.pages.desk.policies import FormPolicy
from api.pages.desk.routes import router
from api.pages.links.forms import FORMS as LETTER_FORMS
from api.pages.site.rendering import TEMPLATES
from models.commands import StartMonitoring, command_name
from models.consolidation.rules import CONSOLIDATION_RULES
from models.monitoring.rules.registry import RULES
from tests.catalogue_checks import missing
from tests.test_vocabulary import COMMANDS as ALL_COMMANDS

COMMANDS = [each for each in FORMS if isinstance(each, DeskForm)]
TEXTS = ("title", "what", "check", "send")


def policies(dependant: Dependant) -> list[FormPolicy]:
    own = [dependant.call] if isinstance(dependant.call, FormPolicy) else []
    return own + [found for inner in dependant.dependencies for found in policies(inner)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_form_in_the_list_has_its_pages_for_whoever_may_give_its_command(form: AnyDeskForm) -> None:
    path = f"{form.under}/{form.path}"
    routes = [
        each for each in router.routes if isinstance(each, APIRoute) and each.path in {path, f"{path}/done"}
    ]
    shown = {(each.path.removeprefix(path), *sorted(each.methods or ())) for each in routes}
    wanted = {("", "GET", "HEAD"), ("", "POST"), ("/done", "GET", "HEAD")}
    assert shown == {each for each in wanted if form.confirms or each[0] != "/done"}
    for route in routes:
        (policy,) = policies(route.dependant)
        assert policy.actions == form.actions


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_form_has_its_template_and_its_texts(form: AnyDeskForm) -> None:
    assert Path(TEMPLATES, form.template).is_file()
    wanted = (*TEXTS, "done") if form.confirms else TEXTS
    assert missing(f"page.desk.{form.key}.{each}" for each in wanted) == []


@pytest.mark.parametrize("form", COMMANDS, ids=lambda form: form.key)
def test_a_form_stands_where_its_command_is_decided(form: DeskForm[Any, Any]) -> None:
    assert form.actions == (action_of(form.command), *form.afterwards)
    if isinstance(form, BeginningForm):
        assert form.command is StartMonitoring
        return
    decided = CONSOLIDATION_RULES if isinstance(form, OfficeForm) else RULES
    assert form.command in decided


def test_forms_are_told_apart() -> None:
    assert len({form.key for form in FORMS}) == len(FORMS)
    assert len({f"{form.under}/{form.path}" for form in FORMS}) == len(FORMS)


def test_every_command_has_a_page() -> None:
    """On the desk, or by a letter's link."""
    paged = {form.command for form in COMMANDS} | set(LETTER_FORMS)
    without = {command_name(command) for command in ALL_COMMANDS if command not in paged}
    assert without == set(), "give it its page: CONTRIBUTING.md, «A page for a command»"

"""The addresses of the administrator's pages."""

from typing import Final

from api.http.branches import Branch
from api.pages.desk.routes import form_pages
from api.pages.registries import (
    account_page,
    body_page,
    edition_page,
    file_schedule_page,
    lists,
    operation,
    tokens,
    webhook_page,
)
from api.pages.registries.forms import FORMS
from api.pages.registries.personal_data import home as personal_data
from api.pages.registries.personal_data import incidents, persons, reads, retention
from api.pages.registries.registry_form import RegistryPolicy, SentRegistryPolicy
from api.pages.site.routing import page_router

_forms = page_router()
for each in FORMS:
    _at = f"{each.under}{each.back_to}"
    form_pages(_forms, each, RegistryPolicy(back_to=_at), SentRegistryPolicy(back_to=_at))
ROUTERS: Final[tuple[Branch, ...]] = (
    _forms,  # before the lists: «new» is no body
    lists.router,
    body_page.router,
    account_page.router,
    tokens.router,
    edition_page.router,
    operation.router,
    webhook_page.router,
    file_schedule_page.router,
    personal_data.router,
    persons.router,
    reads.router,
    incidents.router,
    retention.router,
)

"""The addresses of the administrator's pages."""

from fastapi import APIRouter

from api.pages.desk.routes import form_pages
from api.pages.registries import account_page, lists
from api.pages.registries.forms import FORMS
from api.pages.registries.registry_form import RegistryPolicy, SentRegistryPolicy
from api.pages.site.routing import page_router

router = APIRouter()
_forms = page_router()
for each in FORMS:
    _at = f"{each.under}{each.back_to}"
    form_pages(_forms, each, RegistryPolicy(back_to=_at), SentRegistryPolicy(back_to=_at))
router.include_router(_forms)  # before the lists: «new» is no body
router.include_router(lists.router)
router.include_router(account_page.router)

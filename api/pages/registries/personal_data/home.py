"""What there is about personal data, one link each."""

from typing import Annotated, Final

from fastapi import Depends, Response

from api.pages.registries.registry_form import REGISTRIES, RegistryPolicy, RegistrySitting
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from models.vocabulary.access import Action
from models.vocabulary.base import Model

router = page_router()
PERSONAL_DATA: Final = "/staff/personal-data"
Overseeing = Annotated[RegistrySitting, Depends(RegistryPolicy(Action.READ_COMMANDS, PERSONAL_DATA))]
PARTS: Final = ("persons", "reads", "incidents", "retention")


class Part(Model):
    """`page.personal_data.<key>.title` and `.what`."""

    key: str
    address: str


@router.api_route(PERSONAL_DATA, methods=Reads)
async def personal_data(sitting: Overseeing) -> Response:
    return page(
        "personal_data/home.html",
        sitting.language,
        here=PERSONAL_DATA,
        menu=sitting.menu,
        back=f"{REGISTRIES}?lang={sitting.language.value}",
        parts=[Part(key=each, address=f"{PERSONAL_DATA}/{each}") for each in PARTS],
    )

"""Proposals and recommendations by body: what was answered, what was carried out, how it was judged."""

from itertools import groupby
from typing import Annotated, Final

from fastapi import Depends, Response

from api.access.policy import ANY_READ
from api.history.names import names_for
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import Way, ways_about
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.site.routing import Reads, page_router
from api.pages.workplace.turning import turned
from api.views.items import ItemView, items_seen
from locales.standings import standing_said
from models.timeline.sayings import Mention
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id

router = page_router()
_AT_ONCE: Final = 40


class ItemSaid(Model):
    """An item in the reader's language, with the forms about it."""

    id: Id
    text: str
    standing: str
    view: ItemView
    late: bool
    ways: tuple[Way, ...]


class BodyItems(Model):
    """What one body was asked for."""

    id: Id
    name: str
    items: tuple[ItemSaid, ...]


@router.api_route("/staff/monitorings/{number}/items", methods=Reads)
async def show_items(
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*ANY_READ, looks_back=True))],
) -> Response:
    """As the API's list has them: all for whoever sees everything, an addressee's own for its people."""
    language, session = sitting.language, sitting.session
    seen = await items_seen(session, sitting.access, sitting.today)
    by_body = sorted(seen, key=lambda item: item.addressee)  # in the report's order within each
    part = turned(by_body, sitting.request.query_params, _AT_ONCE)
    bodies = {item.addressee: _mention(item.addressee) for item in part.rows}
    names = await names_for(session, language, sitting.today, bodies.values())
    return sitting.shows(
        "workplace/items.html",
        "/items",
        part=part,
        bodies=tuple(
            BodyItems(
                id=body, name=names.of(bodies[body]), items=tuple(_said(sitting, each) for each in items)
            )
            for body, items in groupby(part.rows, key=lambda item: item.addressee)
        ),
    )


def _said(sitting: MonitoringSitting, item: ItemView) -> ItemSaid:
    open_work = item.reported is None and not (item.judged and item.judged.final)
    return ItemSaid(
        id=item.id,
        text=item.text.best(sitting.language),
        standing=standing_said(sitting.language, item.standing, item.response),
        view=item,
        late=open_work and item.due_on is not None and item.due_on < sitting.today,
        ways=tuple(ways_about(sitting.state, sitting.access.may, item.id, "items")),
    )


def _mention(organisation: Id) -> Mention:
    return Mention(registry=RecipientKind.ORGANISATION, id=organisation)

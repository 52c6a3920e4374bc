"""Who writes about a monitoring: whoever leads it today, and where they can be reached."""

from activities.registries.lookup import Lookup
from activities.registries.names_today import name_today
from activities.registries.recipients import named
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class Sender(Model):
    """Who writes, and where they can be reached; `reached` names another body where that answers for it."""

    name: str
    email: str
    phone: str
    address: str
    reached: str = ""


async def body_contact(lookup: Lookup, organisation: Id) -> Sender:
    """A body as it is reached."""
    body = await lookup.body(organisation)
    return Sender(name=named(body, lookup.language), email=body.email, phone=body.phone, address=body.address)


async def leading_contact(lookup: Lookup, state: MonitoringState) -> Sender:
    """Whoever leads it today. Where nobody does: by the name of the body that led it last, reached at the
    authorized body, which may take it over."""
    if state.leading is not None:
        return await body_contact(lookup, state.leading)
    office = await body_contact(lookup, state.authorized_body)
    return office.model_copy(update={"name": await leading_name(lookup, state), "reached": office.name})


async def leading_name(lookup: Lookup, state: MonitoringState) -> str:
    """The body that registered it by its own name, with whoever leads it today beside it."""
    lead, heir = state.lead.organisation, state.leading
    return await name_today(lookup.session, lookup.language, lookup.today, lead, heir)

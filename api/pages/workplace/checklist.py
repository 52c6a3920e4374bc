"""What is open in a monitoring, as its page lists it: by the function that refuses to close."""

from activities.registries.names_today import names_today
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.history.open_items import open_item_said
from models.monitoring.open_work import OpenItem, OpenKind, open_items
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model

_OF_LETTERS = frozenset({OpenKind.LETTER_DUE, OpenKind.LETTER_UNDELIVERABLE})


class OpenSaid(Model):
    """One piece of open work. `address` leads to the line it is about, `blocking` keeps it from closing."""

    said: str
    rule: str
    blocking: bool
    address: str


async def checklist_of(sitting: MonitoringSitting) -> tuple[OpenSaid, ...]:
    """The same list as `GET …/open-items`, in words."""
    state, language = sitting.state, sitting.language
    work = open_items(state)
    bodies = {each.subject for each in work if each.subject and not _has_a_line(state, each)}
    known = await names_today(sitting.session, sitting.today, bodies)
    names = {body: name.best(language) for body, name in known.items()}
    return tuple(
        OpenSaid(
            said=open_item_said(language, state, each, names),
            rule=each.rule,
            blocking=each.blocking,
            address=_address(sitting, each),
        )
        for each in work
    )


def _has_a_line(state: MonitoringState, item: OpenItem) -> bool:
    return item.subject in state.letters or item.subject in state.items


def _address(sitting: MonitoringSitting, item: OpenItem) -> str:
    if not sitting.access.sees_everything:
        return ""
    asked = f"?{sitting.query}#{item.subject}"
    if item.kind in _OF_LETTERS:
        return f"{sitting.home}/letters{asked}"
    return f"{sitting.home}/items{asked}" if item.subject in sitting.state.items else ""

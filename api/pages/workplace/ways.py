"""Which forms lead on from the page of a monitoring, by subject; and what it has several of."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from api.pages.desk.desk_form import ABOUT, AnyDeskForm, DeskForm
from api.pages.desk.forms import FORMS, Way, ways_about, ways_on
from models.monitoring.moves import Move
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.base import Model

THINGS: Final = frozenset(
    {
        "conflicts",
        "addressees",
        "co-conductors",
        "council-items",
        "deadlines",
        "information-requests",
        "items",
        "letters",
        "members",
        "versions",
    }
)
"""What a monitoring has several of: each has its line on a page, which leads to the forms about it."""
_SUBJECTS: Final = (
    "joint",
    "group",
    "conduct",
    "report",
    "dispatch",
    "letters",
    "receipt",
    "time",
    "follow_up",
    "ends",
    "succession",
)
_OTHER: Final = "other"
WRITTEN: Final = (
    *((each, each, Action.WRITE_CONTENT) for each in ("sources", "indicators", "findings", "draft")),
    ("comment", "comments", Action.COMMENT),
    ("attach", "attachments", Action.ATTACH),
    ("sign", "signatures", Action.ATTACH),
)
"""The pages of what is written: the key of its title, its address, and what its reader may do there."""


class Group(Model):
    """Forms of one subject: `page.workplace.subject.<subject>`."""

    subject: str
    ways: tuple[Way, ...]


def thing_of(form: AnyDeskForm) -> str:
    """What a form is about one of, as its path says it: `letters/{about}/resending`. Nothing: the whole."""
    before, about, _ = form.path.partition(ABOUT)
    return before.rstrip("/").rpartition("/")[2] if about else ""


def ways_by_subject(state: MonitoringState, may: frozenset[Action]) -> tuple[Group, ...]:
    """The forms about a monitoring as a whole and about the version that waits for the head, for whoever may
    do this much, in the order of the conduct; what is written only while it may be."""
    forms = {form.key: form for form in FORMS}
    submitted = str(state.submitted.number) if state.submitted else ""
    ways = sorted(
        (*ways_on(state, may), *ways_about(state, may, submitted, "versions")),
        key=lambda way: _rank(forms[way.key]),
    )
    grouped = groupby(ways, key=lambda way: _subject(forms[way.key]))
    written = tuple(written_pages(state, may)) if state.content_open else ()
    content = (Group(subject="content", ways=written),) if written else ()
    return (*content, *(Group(subject=subject, ways=tuple(each)) for subject, each in grouped))


def written_pages(state: MonitoringState, may: frozenset[Action]) -> Iterator[Way]:
    """The pages of what is written, for whoever writes it: each leads to its forms while it is open."""
    for key, address, action in WRITTEN:
        if action in may:
            yield Way(key=key, address=f"/staff/monitorings/{state.number}/{address}")


def way_for(state: MonitoringState, may: frozenset[Action], move: Move) -> Way | None:
    """The very form in which somebody does what waits for them, where the reader may use it now."""
    if move.action is None:
        return None
    able = may & {move.action}
    return next(ways_about(state, able, move.about) if move.about else ways_on(state, able), None)


def _subject(form: AnyDeskForm) -> str:
    """The file of its command says what a form is of."""
    subject = form.command.__module__.rpartition(".")[2] if isinstance(form, DeskForm) else ""
    return subject if subject in _SUBJECTS else _OTHER


def _rank(form: AnyDeskForm) -> int:
    subject = _subject(form)
    return _SUBJECTS.index(subject) if subject in _SUBJECTS else len(_SUBJECTS)

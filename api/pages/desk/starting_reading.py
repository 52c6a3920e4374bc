"""What was typed to start a monitoring, as the API takes it; empty rows are no rows."""

from collections.abc import Iterator
from typing import Final

from api.content.starts import StartMonitoringBody
from api.pages.desk.rows import count
from api.pages.desk.wordings import read_title
from api.pages.forms.form import Reading
from api.pages.forms.typed import Reader, Typed
from models.vocabulary.actors import Authority
from models.vocabulary.procedure import Id, Kind

ROWS: Final = ("conductors", "objects")
_CONDUCTOR: Final = ("conductor", "act", "dated")


def read_start(
    typed: Typed, lead: Id, bodies: frozenset[Id], spheres: frozenset[Id]
) -> Reading[StartMonitoringBody]:
    """The start, or everything that is wrong with it, in the order of the form."""
    reader = Reader(typed)
    kind = reader.choice("kind", Kind, "desk_kind_missing")
    title = read_title(reader, typed, "title", "desk_start_title_missing")
    named = tuple(_co_conductors(reader, typed, bodies))
    chosen = (typed.one(f"object-{row}") for row in range(1, count(typed, "objects") + 1))
    objects = tuple(dict.fromkeys(each for each in chosen if each in bodies))
    studied_from = reader.day("studied_from", "desk_start_studied_from_missing")
    studied_until = reader.day("studied_until", "desk_start_studied_until_missing")
    if reader.faults or kind is None or title is None or studied_from is None or studied_until is None:
        return Reading(None, tuple(reader.faults))
    body = StartMonitoringBody(
        kind=kind,
        title=title,
        conductors=(lead, *(known for known, _ in named)),
        spheres=tuple(each for each in typed.all("sphere") if each in spheres),
        objects=objects,
        agreements=tuple(act for _, act in named if act is not None),
        studied_from=studied_from,
        studied_until=studied_until,
    )
    return Reading(body)


def _co_conductors(
    reader: Reader, typed: Typed, bodies: frozenset[Id]
) -> Iterator[tuple[Id, Authority | None]]:
    """The bodies that are named, and by which act each agreed, where one is known."""
    for row in range(1, count(typed, "conductors") + 1):
        if not any(typed.one(f"{field}-{row}").strip() for field in _CONDUCTOR):
            continue
        known = typed.one(f"conductor-{row}")
        if known not in bodies:
            reader.fault(f"conductor-{row}", "desk_start_conductor_missing", number=row)
        act, dated = reader.line(f"act-{row}"), reader.day(f"dated-{row}", number=row)
        if act and dated is None and not typed.one(f"dated-{row}").strip():
            reader.fault(f"dated-{row}", "desk_start_dated_missing", number=row)
        if dated is not None and not act:
            reader.fault(f"act-{row}", "desk_start_act_missing", number=row)
        if known in bodies:
            agreed = act and dated is not None
            yield known, Authority(organisation=known, act=act, dated=dated) if agreed and dated else None

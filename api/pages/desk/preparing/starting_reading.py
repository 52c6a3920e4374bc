"""What was typed to start a monitoring, as the API takes it; empty rows are no rows."""

from datetime import date
from typing import Final

from api.content.starts import StartMonitoringBody
from api.pages.desk.beginning import BeginningSitting
from api.pages.desk.body_asked import BodyQuestion, StudiedBodyQuestion
from api.pages.desk.questions import Asking
from api.pages.desk.rows import count
from api.pages.desk.wordings import read_title
from api.pages.forms.form import Reading
from api.pages.forms.typed import Reader, Typed
from locales.catalogue import text
from models.vocabulary.actors import Authority
from models.vocabulary.procedure import Id, Kind

ROWS: Final = ("conductors", "objects")
_CONDUCTOR: Final = ("conductor", "act", "dated")


def conductor_asked(row: int) -> BodyQuestion:
    return BodyQuestion(f"conductor-{row}")


def object_asked(row: int) -> BodyQuestion:
    return StudiedBodyQuestion(f"object-{row}")


async def read_start(
    typed: Typed, sitting: BeginningSitting, spheres: frozenset[Id]
) -> Reading[StartMonitoringBody]:
    """The start, or everything that is wrong with it, in the order of the form."""
    reader = Reader(typed)
    kind = reader.choice("kind", Kind, "desk_kind_missing")
    title = read_title(reader, typed, "title", "desk_start_title_missing")
    named = await _co_conductors(reader, typed, sitting)
    objects = await _objects(reader, typed, sitting)
    studied_from = reader.day("studied_from", "desk_start_studied_from_missing")
    studied_until = reader.day("studied_until", "desk_start_studied_until_missing")
    if reader.faults or kind is None or title is None or studied_from is None or studied_until is None:
        return Reading(None, tuple(reader.faults))
    body = StartMonitoringBody(
        kind=kind,
        title=title,
        conductors=(sitting.caller.organisation, *(known for known, _ in named)),
        spheres=tuple(each for each in typed.all("sphere") if each in spheres),
        objects=objects,
        agreements=tuple(act for _, act in named if act is not None),
        studied_from=studied_from,
        studied_until=studied_until,
    )
    return Reading(body)


async def _objects(reader: Reader, typed: Typed, sitting: BeginningSitting) -> tuple[Id, ...]:
    """The bodies studied, each once."""
    found: list[Id] = []
    for row in range(1, count(typed, "objects") + 1):
        asked = object_asked(row)
        label = text(sitting.language, "page.desk.start.object", number=row)
        known = None if asked.empty(typed) else await asked.read(Asking(reader, typed, sitting, label))
        if known is not None:
            found.append(known)
    return tuple(dict.fromkeys(found))


async def _co_conductors(
    reader: Reader, typed: Typed, sitting: BeginningSitting
) -> tuple[tuple[Id, Authority | None], ...]:
    """The bodies that are named, and by which act each agreed, where one is known."""
    found: list[tuple[Id, Authority | None]] = []
    for row in range(1, count(typed, "conductors") + 1):
        if not any(typed.one(f"{field}-{row}").strip() for field in _CONDUCTOR):
            continue
        label = text(sitting.language, "page.desk.start.co_conductor_numbered", number=row)
        known = await conductor_asked(row).read(Asking(reader, typed, sitting, label))
        act, dated = _act(reader, typed, row)
        if known is not None:
            agreed = Authority(organisation=known, act=act, dated=dated) if act and dated else None
            found.append((known, agreed))
    return tuple(found)


def _act(reader: Reader, typed: Typed, row: int) -> tuple[str, date | None]:
    """By which act a body agreed, and its day: both are known, or neither."""
    act, dated = reader.line(f"act-{row}"), reader.day(f"dated-{row}", number=row)
    if act and dated is None and not typed.one(f"dated-{row}").strip():
        reader.fault(f"dated-{row}", "desk_start_dated_missing", number=row)
    if dated is not None and not act:
        reader.fault(f"act-{row}", "desk_start_act_missing", number=row)
    return act, dated

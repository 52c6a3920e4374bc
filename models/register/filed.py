"""One report on file: what was received, its frozen content, and where the registries place its bodies."""

from collections.abc import Mapping

from models.report.content import ReportContent
from models.report.received import ReceivedReport
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256


class Place(Model):
    """Where a body is, and the body above it; a body without a region of its own lies in that one's."""

    region: str = ""
    superior: Id | None = None


Places = Mapping[Id, Place]


class FiledReport(Model):
    """A report of the inbox with the content it can be recomputed from."""

    received: ReceivedReport
    content: ReportContent


class ReportLine(Model):
    """What all elements of a report have in common."""

    report: Id
    version: int
    content: Sha256
    year: int  # of the last day of conduct, else of the day it was received
    spheres: tuple[Id, ...]
    objects: tuple[Id, ...]
    regions: tuple[str, ...]
    conductors: tuple[Id, ...]  # the one that answers for it first


def line_of(filed: FiledReport, places: Places) -> ReportLine:
    """Where a report stands in the register."""
    received, content = filed.received, filed.content
    ended_on = received.ended_on or content.draft.ended_on
    objects = tuple(sorted({named.id for named in content.objects}))
    named = (conductor.organisation for conductor in content.draft.conductors)
    conductors = tuple(dict.fromkeys((received.conductor, *named)))
    return ReportLine(
        report=received.id,
        version=received.version,
        content=received.content,
        year=(ended_on or received.received_on).year,
        spheres=tuple(sorted({named.id for named in content.spheres})),
        objects=objects,
        regions=_regions(objects, places) or _regions(conductors, places),
        conductors=conductors,
    )


def region_of(organisation: Id, places: Places) -> str:
    """The body's own region, else that of the nearest body above it; empty where none is known."""
    seen: set[Id] = set()
    current: Id | None = organisation
    while current is not None and current not in seen:
        seen.add(current)
        place = places.get(current, Place())
        if place.region:
            return place.region
        current = place.superior
    return ""


def _regions(organisations: tuple[Id, ...], places: Places) -> tuple[str, ...]:
    """The regions of these bodies, each once. A report that names no body lies where its conductor is."""
    return tuple(sorted({region_of(each, places) for each in organisations} - {""}))

"""The sample files of `samples/`, read and checked: the fictional country and the scenarios."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import yaml

from local.sample_country import Accounts, Councils, Country, Organisations, People, Spheres
from local.sample_scenario import Scenario
from models.calendar.csv import read_calendar
from models.calendar.edition import CalendarEdition
from models.report.content import Conductor, Named, ReportContent
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

SAMPLES: Final = Path(__file__).parent.parent / "samples"
ORGANISATION_FILES: Final = ("divisions", "state_bodies", "entities")

M = TypeVar("M", bound=Model)


class ScenarioName(StrEnum):
    """A: the authorized body, comprehensive. B: a territorial division, thematic. C: an NGO, thematic.

    D: a division, thematic, while the authorized body and an addressee pass on, a reply is amended and the
    report is corrected. It is played last: the authorized body of the others is no more after it.
    """

    A = "a"
    B = "b"
    C = "c"
    D = "d"


@cache
def load_country() -> Country:
    """The reference data of the fictional country. Raises ValidationError for anything unknown or missing."""
    files = [_read(Organisations, f"country/{name}.yaml") for name in ORGANISATION_FILES]
    return Country(
        organisations=tuple(organisation for file in files for organisation in file.organisations),
        people=_read(People, "country/people.yaml").people,
        councils=_read(Councils, "country/councils.yaml").councils,
        spheres=_read(Spheres, "country/spheres.yaml").spheres,
        accounts=_read(Accounts, "country/accounts.yaml").accounts,
    )


@cache
def load_scenario(name: ScenarioName) -> Scenario:
    """One scenario. Raises ValidationError for anything unknown or missing."""
    return _read(Scenario, f"scenarios/{name.value}.yaml")


def load_calendar() -> CalendarEdition:
    """The calendar edition of `samples/calendar/kz.csv`. Raises Refused when the file is not a calendar."""
    return read_calendar((SAMPLES / "calendar" / "kz.csv").read_text(encoding="utf-8"))


def content_of(scenario: Scenario, number: str | None = None) -> ReportContent:
    """The report's content as the scenario ends it, with names and contacts as the registry knew them then.

    `number` is the registration number, the scenario's own unless another was given by the product.
    """
    country, on = load_country(), scenario.ended_on
    items = scenario.draft.decision.items
    return ReportContent(
        number=number or scenario.number,
        kind=scenario.kind,
        title=scenario.title,
        spheres=tuple(Named(id=sphere, name=country.sphere(sphere).name) for sphere in scenario.spheres),
        objects=tuple(_named(country, body, on) for body in scenario.objects),
        bodies=tuple(_named(country, body, on) for body in dict.fromkeys(item.addressee for item in items)),
        draft=scenario.draft.model_copy(
            update={"conductors": tuple(_conductor(country, body, on) for body in scenario.conductors)}
        ),
        sources=scenario.sources,
        indicators=scenario.indicators,
        findings=scenario.findings,
    )


def conducted(content: ReportContent, began_on: date, ended_on: date) -> ReportContent:
    """The content of a scenario that is conducted on other days (local): what it asks for moves with them."""
    draft = content.draft
    later = ended_on - draft.ended_on if draft.ended_on else timedelta(0)
    items = tuple(
        item.model_copy(update={"due_on": item.due_on + later if item.due_on else None})
        for item in draft.decision.items
    )
    decision = draft.decision.model_copy(update={"items": items})
    moved = {"started_on": began_on, "ended_on": ended_on, "decision": decision}
    return content.model_copy(update={"draft": draft.model_copy(update=moved)})


def _named(country: Country, organisation: Id, on: date) -> Named:
    return Named(id=organisation, name=country.version(organisation, on).name)


def _conductor(country: Country, organisation: Id, on: date) -> Conductor:
    version = country.version(organisation, on)
    return Conductor(
        organisation=organisation,
        name=version.name,
        natural_person=version.natural_person,
        email=version.email,
        phone=version.phone,
    )


def _read(model: type[M], path: str) -> M:
    # The models forgive unknown keys for the sake of old journals; a sample file has no such excuse.
    return model.model_validate(yaml.safe_load((SAMPLES / path).read_text(encoding="utf-8")), extra="forbid")

"""The file an installation is founded by: TOML, judged by the bodies that the registries' routes take."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Literal

from pydantic import ValidationError

from api.http.contacts import Email
from api.http.requests import Day, Line, RequestBody
from api.problems.fields import field_fault, worded_fault
from api.routes.organisations import Code, NewVersionBody
from api.routes.registries import PersonBody, SphereBody
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Id, Kind, Language, OrganisationKind
from models.vocabulary.texts import kept

FOUNDED: Final = "Жүйе іске қосылды"
_IN_TOML: Final = {
    "list": "Write it as tables in double brackets: [[{name}]].",
    "object": "Write it as a table in brackets: [{name}].",
}


class BadFile(ValueError):
    """The file cannot be used. Says where and why, never what was written there."""


class FirstBody(NewVersionBody):
    """A body the installation begins with; known since the Rules came into force unless told otherwise.

    Not since today: rule 13 asks nothing for the year of a division that was created in the middle of it.
    """

    id: Id
    code: Code
    name_kk: Line
    name_ru: Line
    email: Email
    valid_from: Day = ORDER_192.in_force_from
    reason: Line = FOUNDED


class AuthorizedBody(FirstBody):
    """Rule 2: the one authorized body."""

    kind: Literal[OrganisationKind.AUTHORIZED_BODY] = OrganisationKind.AUTHORIZED_BODY
    superior: None = None


class Division(FirstBody):
    """Rule 2: a territorial division of it."""

    kind: Literal[OrganisationKind.TERRITORIAL_DIVISION] = OrganisationKind.TERRITORIAL_DIVISION
    superior: None = None


class Administrator(PersonBody):
    """The person who keeps the registries; of the authorized body."""

    organisation: None = None
    reason: Line = FOUNDED


class FirstSphere(SphereBody):
    id: Id
    reason: Line = FOUNDED


class FirstDone(RequestBody):
    """A monitoring whose report was approved before, of a body of this file. All days are local dates."""

    organisation: Id
    kind: Kind
    started_on: Day | None = None
    ended_on: Day
    approved_on: Day
    reference: Line


class FirstDuties(RequestBody):
    """Rule 13: from which day duties count here. The year it lies in is not judged where it began before."""

    counted_from: Day
    done_before: tuple[FirstDone, ...] = ()


class FoundingFile(RequestBody):
    """What only the installation's owner knows. The Rules' edition and the calendar come with the product."""

    authorized_body: AuthorizedBody
    divisions: tuple[Division, ...] = ()
    spheres: tuple[FirstSphere, ...] = ()
    duties: FirstDuties
    administrator: Administrator

    def bodies(self) -> Iterator[tuple[str, FirstBody]]:
        """Every body with its place in the file."""
        yield "authorized_body", self.authorized_body
        yield from ((f"divisions.{at}", division) for at, division in enumerate(self.divisions, start=1))


def read_founding(content: bytes, today: date) -> FoundingFile:
    """The file's content, judged as of a local date. Raises BadFile."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        if not kept(text):
            raise BadFile("the file has characters that cannot be kept")
        file = FoundingFile.model_validate(tomllib.loads(text))
    except UnicodeDecodeError:
        raise BadFile("the file is not a text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"the file is not TOML: {error}") from None
    except RecursionError:
        raise BadFile("the file is not TOML: it is nested too deeply") from None
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise BadFile("\n".join(map(_worded, found))) from None
    _each_once("id", ((f"{place}.id", body.id) for place, body in file.bodies()))
    _each_once("code", ((f"{place}.code", body.code) for place, body in file.bodies()))
    _each_once("id", ((f"spheres.{at}.id", s.id) for at, s in enumerate(file.spheres, start=1)))
    if file.authorized_body.valid_from > today:
        raise BadFile("authorized_body.valid_from: There must be an authorized body today already (rule 2).")
    _duties_fit(file, today)
    return file


def _duties_fit(file: FoundingFile, today: date) -> None:
    """Raises BadFile for what cannot be true of duties."""
    duties, known = file.duties, {body.id for _, body in file.bodies()}
    if not ORDER_192.in_force_from <= duties.counted_from <= date(today.year + 1, 1, 1):
        raise BadFile(
            "duties.counted_from: Duties count from a day since the Rules came into force "
            f"({ORDER_192.in_force_from}), at the latest from the beginning of the next year."
        )
    for at, done in enumerate(duties.done_before, start=1):
        place = f"duties.done_before.{at}"
        if done.organisation not in known:
            raise BadFile(f"{place}.organisation: This file names no body of this id that owes a duty.")
        if not (done.started_on or done.ended_on) <= done.ended_on <= done.approved_on <= today:
            raise BadFile(
                f"{place}: Conduct starts, ends and its report is approved, in this order, by today."
            )


def _worded(error: Mapping[str, object]) -> str:
    location = error["loc"]
    steps = location if isinstance(location, tuple) else ()
    # People count from one; and an error of the whole file has no place.
    place = ".".join(str(step + 1) if isinstance(step, int) else str(step) for step in steps)
    fault = field_fault({**error, "loc": ("body", *steps)})
    said = worded_fault(Language.EN, fault)
    if len(steps) == 1:
        said = _IN_TOML.get(fault.key, said).format(name=place)
    return f"{place}: {said}" if place else said


def _each_once(field: str, given: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for place, value in given:
        if value in seen:
            raise BadFile(f"{place}: This {field} is that of {seen[value]} already.")
        seen[value] = place

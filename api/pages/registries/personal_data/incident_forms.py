"""An incident with personal data is reported, or what was reported is corrected."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Final

from api.commands.idempotency import RequestKey
from api.pages.desk.questions import (
    Answers,
    AnyQuestion,
    DayQuestion,
    LineQuestion,
    MomentQuestion,
    Perhaps,
    PickQuestion,
    TextQuestion,
    Words,
)
from api.pages.desk.term_questions import BoxesQuestion
from api.pages.forms.typed import Typed
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, sent_as
from api.pages.site.stopping import StopKind, Stopped
from api.problems.problem import Failed
from api.register.choices import Choice
from api.routes.incidents import IncidentBody, IncidentReport, read_incident, report_incident
from api.views.persons import accounts_seen
from models.calendar.country import COUNTRY
from models.vocabulary.personal_data import PersonalData
from models.words.order import by_name


async def _accounts(sitting: RegistrySitting) -> tuple[Choice, ...]:
    seen = await accounts_seen(sitting.session, sitting.caller)
    return tuple(Choice(value=known, name=name) for known, name in by_name(seen, sitting.language))


HAPPENED, NOTICED = TextQuestion("happened"), MomentQuestion("noticed_at")
KINDS = BoxesQuestion("kinds", PersonalData)
PERSONS, COUNT = TextQuestion("persons"), Perhaps(LineQuestion("count"))
CONSEQUENCES, MEASURES = TextQuestion("consequences"), TextQuestion("measures")
RESPONSIBLE = LineQuestion("responsible")
AUTHORITY, AUTHORITY_AT = Perhaps(LineQuestion("authority")), Perhaps(MomentQuestion("authority_at"))
TOLD, TOLD_AT = Perhaps(LineQuestion("persons_told")), Perhaps(MomentQuestion("persons_told_at"))
READ_BY = Perhaps(PickQuestion("read_by", _accounts))
SINCE, UNTIL = Perhaps(DayQuestion("data_since")), Perhaps(DayQuestion("data_until"))
REASON = LineQuestion("reason")
_ASKED: Final[tuple[AnyQuestion, ...]] = (
    *(HAPPENED, NOTICED, KINDS, PERSONS, COUNT, CONSEQUENCES, MEASURES, RESPONSIBLE),
    *(AUTHORITY, AUTHORITY_AT, TOLD, TOLD_AT, READ_BY, SINCE, UNTIL),
)
_FIELDS: Final[Mapping[str, str]] = {
    "/report/authority/whom": AUTHORITY.name,
    "/report/authority/at": AUTHORITY_AT.name,
    "/report/persons_told/whom": TOLD.name,
    "/report/persons_told/at": TOLD_AT.name,
    "/report/account": READ_BY.name,
    "/report/since": SINCE.name,
    "/report/until": UNTIL.name,
}


class NewIncidentForm(RegistryForm):
    """What is known by now; what becomes known is added by corrections."""

    under = "/staff/personal-data"
    path, key, back_to = "incidents/new", "new_incident", "/incidents"
    questions: ClassVar[tuple[AnyQuestion, ...]] = _ASKED

    def field_at(self, pointer: str) -> str:
        return _FIELDS.get(pointer) or super().field_at(pointer)

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        await self._reported(key.derived("incident"), said, None, sitting, key)

    async def _reported(
        self, incident: str, said: Answers, reason: str | None, sitting: RegistrySitting, key: RequestKey
    ) -> None:
        given = {
            "happened": _words(said[HAPPENED]),
            "noticed_at": said[NOTICED],
            "kinds": said[KINDS],
            "persons": _words(said[PERSONS]),
            "count": said[COUNT],
            "consequences": _words(said[CONSEQUENCES]),
            "measures": _words(said[MEASURES]),
            "responsible": said[RESPONSIBLE],
            "authority": _told(said[AUTHORITY], said[AUTHORITY_AT]),
            "persons_told": _told(said[TOLD], said[TOLD_AT]),
            "account": said[READ_BY],
            "since": said[SINCE],
            "until": said[UNTIL],
        }
        report = {name: value for name, value in given.items() if value is not None}
        body = sent_as(IncidentBody, {"report": report, "reason": reason})
        await report_incident(incident, body, sitting.caller, sitting.session, key, sitting.now)


class IncidentForm(NewIncidentForm):
    """All of it is said anew; what was said before stays beside it."""

    path, key = "incidents/{about}/correction", "incident_correction"
    questions: ClassVar[tuple[AnyQuestion, ...]] = (*_ASKED, REASON)

    async def leads(self, sitting: RegistrySitting) -> None:
        await _newest(sitting)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        return Typed(fields=dict(_standing(await _newest(sitting))))

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        await self._reported(sitting.about, said, said[REASON], sitting, key)


async def _newest(sitting: RegistrySitting) -> IncidentReport:
    """Raises Stopped (404)."""
    try:
        return (await read_incident(sitting.about, sitting.caller, sitting.session))[0].report
    except Failed:
        raise Stopped(StopKind.NOT_FOUND) from None


def _standing(report: IncidentReport) -> dict[str, tuple[str, ...]]:
    """The fields as they would be typed."""
    said: dict[str, object] = {
        HAPPENED.name: report.happened,
        NOTICED.name: _typed(report.noticed_at),
        PERSONS.name: report.persons,
        COUNT.name: report.count,
        CONSEQUENCES.name: report.consequences,
        MEASURES.name: report.measures,
        RESPONSIBLE.name: report.responsible,
        AUTHORITY.name: report.authority and report.authority.whom,
        AUTHORITY_AT.name: report.authority and _typed(report.authority.at),
        TOLD.name: report.persons_told and report.persons_told.whom,
        TOLD_AT.name: report.persons_told and _typed(report.persons_told.at),
        READ_BY.name: report.account,
        SINCE.name: report.since,
        UNTIL.name: report.until,
    }
    ticked = {KINDS.name: KINDS.begun(tuple(kind for kind in PersonalData if kind in report.kinds))}
    return ticked | {name: (str(value),) for name, value in said.items() if value is not None}


def _typed(moment: datetime) -> str:
    return moment.astimezone(COUNTRY).strftime("%d.%m.%Y %H:%M")


def _words(said: Words) -> str:
    return said.text


def _told(whom: str | None, at: datetime | None) -> dict[str, object] | None:
    """What lacks is told at its field."""
    given = {"whom": whom, "at": at}
    sent: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    return sent or None

"""One page for each monitoring: where it stands, what is open, what its reader may do now, dates, people."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Response

from api.access.policy import ANY_READ
from api.history.names import Names, names_for
from api.pages.desk.beginning import STARTED
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.desk.signed import signatures_of
from api.pages.site.routing import Reads, page_router
from api.pages.staff.just_done import just_done
from api.pages.workplace.checklist import OpenSaid, checklist_of
from api.pages.workplace.dates import UNFINISHED, DateSaid, date_said, mentioned
from api.pages.workplace.facts import facts_said
from api.pages.workplace.movers import WhoseMove, movers_in, whose_said
from api.pages.workplace.movers import mentioned as movers_mentioned
from api.pages.workplace.people import People, people_mentioned, people_said
from api.pages.workplace.stages import Steps, stages_said, steps_said
from api.pages.workplace.things import Things, things_mentioned, things_said
from api.pages.workplace.undecided import administrators, nobody_decides
from api.pages.workplace.versions import versions_mentioned, versions_said
from api.pages.workplace.ways import ways_by_subject, written_pages
from api.views.deadlines import deadlines_seen
from api.views.received_mail import how_much_waits
from models.agenda.deadline import Deadline
from models.monitoring.moves import waiting_of
from models.vocabulary.access import Action

router = page_router()
_FIRST_DATES: Final = 12
_FIRST_MOVERS: Final = 5
_POLICY: Final = MonitoringPagePolicy(*ANY_READ, Action.READ_NAMING, looks_back=True)
ReadsMonitoring = Annotated[MonitoringSitting, Depends(_POLICY)]


@dataclass(frozen=True)
class Inside:
    """What those see who conduct, oversee, or belong to the working group."""

    whose_move: str
    helpers: str  # who can open an account for whoever acts for the head, where no head can decide
    checklist: tuple[OpenSaid, ...]
    steps: Steps
    people: People
    things: tuple[Things, ...]


@router.api_route("/staff/monitorings/{number}", methods=Reads)
async def show_monitoring(sitting: ReadsMonitoring) -> Response:
    """As much of it as the API's read tells this reader; the forms are those that this reader may use now."""
    state, language, may = sitting.state, sitting.language, sitting.access.may
    inside = sitting.access.sees_everything or Action.READ_AS_MEMBER in may
    reads, everything = not may.isdisjoint(ANY_READ), sitting.access.sees_everything
    now = sitting.stood is None  # what is kept beside the journal is of today alone
    dates = _unfinished(sitting) if reads else ()
    names = await _names(sitting, dates[:_FIRST_DATES], inside=inside, reads=reads)
    return sitting.shows(
        "workplace/monitoring.html",
        begun=just_done(sitting.request, sitting.now) == STARTED,
        facts=await facts_said(sitting),
        stages=stages_said(language, state),
        inside=await _inside(sitting, names) if inside else None,
        groups=ways_by_subject(state, may),
        written=() if state.content_open else tuple(written_pages(state, may)),
        dates=_said(sitting, dates[:_FIRST_DATES], names),
        dates_besides=len(dates[_FIRST_DATES:]),
        versions=await versions_said(sitting, names) if reads else (),
        signed=await signatures_of(sitting.session, state.number, language) if inside and now else {},
        reads=reads,
        everything=everything,
        remarks=inside and Action.COMMENT not in may,
        bundle=Action.READ_BUNDLE in may,
        letters=len(state.letters),
        mail=await how_much_waits(sitting.session, state.number) if everything and now else 0,
        items=len(state.items),
    )


async def _inside(sitting: MonitoringSitting, names: Names) -> Inside:
    state, session, today = sitting.state, sitting.session, sitting.today
    stuck = sitting.stood is None and await nobody_decides(session, state, today)
    return Inside(
        helpers=await administrators(session, sitting.language, today) if stuck else "",
        whose_move=whose_said(sitting.language, _movers(sitting), names, _FIRST_MOVERS),
        checklist=await checklist_of(sitting),
        steps=steps_said(sitting.language, sitting.state),
        people=await people_said(sitting, names),
        things=things_said(sitting, names) if sitting.access.sees_everything else (),
    )


def _movers(sitting: MonitoringSitting) -> tuple[WhoseMove, ...]:
    waiting = waiting_of(sitting.state)
    return movers_in({word: day.isoformat() if day else None for word, day in waiting.items()})


def _unfinished(sitting: MonitoringSitting) -> tuple[Deadline, ...]:
    """What is still awaited, the earliest day first."""
    awaited = (each for each in deadlines_seen(sitting.access) if each.status in UNFINISHED)
    return tuple(sorted(awaited, key=lambda each: (each.due_on, each.id)))


async def _names(
    sitting: MonitoringSitting, dates: tuple[Deadline, ...], *, inside: bool, reads: bool
) -> Names:
    mentions = list(mentioned(sitting.state, dates))
    if inside:
        mentions += movers_mentioned(_movers(sitting)[:_FIRST_MOVERS])
        mentions += (*people_mentioned(sitting.state), *things_mentioned(sitting.state))
    if reads:
        mentions += versions_mentioned(sitting)
    return await names_for(sitting.session, sitting.language, sitting.today, mentions)


def _said(sitting: MonitoringSitting, deadlines: tuple[Deadline, ...], names: Names) -> tuple[DateSaid, ...]:
    language, state, today = sitting.language, sitting.state, sitting.today
    return tuple(date_said(language, state, each, names, today) for each in deadlines)

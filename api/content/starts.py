"""The start of a monitoring as it is asked for: its facts of the day, what forbids it, what is warned of."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Final

from pydantic import Field
from sqlalchemy import Text, cast
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.as_kept import state_as_kept
from activities.registries.bodies import authorized_body_on, special_between
from activities.registries.calendars import current_calendar
from activities.registries.editions import current_edition, editions_known
from api.access.auth import Caller
from api.access.policy import actor_of
from api.content.notes import Note
from api.http.requests import CommandBody, Day, GivenTitle
from api.problems.problem import Failed, FieldFault, ProblemCode
from api.registries.named import bodies_on, bodies_studied, each_of, spheres_known
from models.commands import StartMonitoring
from models.events import Entry
from models.monitoring.fold import fold
from models.monitoring.rules.doubts import period_warnings, repetition_warnings
from models.monitoring.rules.start import decide_start, start_warnings
from models.monitoring.rules.start_admission import check_start_admission
from models.monitoring.rules.start_authority import check_start_authority
from models.monitoring.state import MonitoringState
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import Authority
from models.vocabulary.editions import Edition, rules_since
from models.vocabulary.procedure import Id, Kind, Number, Stage
from models.vocabulary.refusal import Refusal
from workflows.monitoring_input import MonitoringInput

PLACEHOLDER: Final[Number] = "0000-NONE-0000"
"""Stands in while the rules are asked: a refused start uses up no number."""
_NAMED: Final = 10  # of the monitorings that a new one seems to repeat
_LOOKED_AT: Final = 200


class StartMonitoringBody(CommandBody):
    """The caller's organisation conducts and leads; others conduct jointly with it once they confirm it."""

    kind: Kind
    title: GivenTitle = Field(
        examples=[{"kk": "Балабақшаларға кезек", "ru": "Очередь в детские сады"}],
        description="One line in up to three languages, Kazakh first.",
    )
    conductors: tuple[Id, ...] = Field(
        default=(),
        max_length=30,
        description="All conductors, the caller's organisation first; default: it alone.",
    )
    spheres: tuple[Id, ...] = Field(default=(), max_length=100, examples=[["kindergarten-queue"]])
    objects: tuple[Id, ...] = Field(default=(), max_length=500, examples=[["akimat-sary"]])
    agreements: tuple[Authority, ...] = Field(
        default=(),
        max_length=30,
        description="By which act each co-conductor, as the caller says, agreed. It is asked: until it "
        "confirms, it conducts nothing. The authorized body's own divisions conduct by its word.",
        examples=[[{"organisation": "akimat-sary", "act": "letter 03-12/418", "dated": "2026-11-20"}]],
    )
    studied_from: Day = Field(description="The period that is studied, not the period of conduct (A9).")
    studied_until: Day


async def start_order(
    session: AsyncSession, body: StartMonitoringBody, caller: Caller, command: Id, today: date
) -> MonitoringInput:
    """The start with the facts of the day, not judged yet. Raises Failed (403, 422)."""
    conductors = body.conductors or (caller.organisation,)
    if caller.organisation != conductors[0]:
        raise _not_led_by(caller, conductors)
    await spheres_known(session, body.spheres)
    edition, calendar = await current_edition(session, today), await current_calendar(session)
    start = StartMonitoring(
        id=command,
        actor=actor_of(caller, body.on_behalf),
        number=PLACEHOLDER,
        kind=body.kind,
        conductors=await bodies_on(session, today, each_of("/conductors", conductors)),
        spheres=body.spheres,
        objects=await bodies_studied(
            session, today, each_of("/objects", body.objects), body.studied_from, body.studied_until
        ),
        studied_from=body.studied_from,
        studied_until=body.studied_until,
        title=Note(body=body.title).sha256,
        authorized_body=await authorized_body_on(session, today),
        agreements=body.agreements,
        co_conductors_confirm=True,
        special_in_period=await _special_in_period(session, body, edition),
    )
    return MonitoringInput(number=PLACEHOLDER, start=start, edition=edition, calendar=calendar)


async def judged(
    session: AsyncSession, order: MonitoringInput, today: date, now: datetime
) -> MonitoringState:
    """How the monitoring would stand. Raises `Refused` with every reason that forbids the start."""
    start, edition, calendar = order.start, order.edition, order.calendar
    assert start is not None, "a start carries its command"
    assert edition is not None, "a start pins the edition"
    assert calendar is not None, "a start pins the calendar"
    check_start_authority(start, today)
    check_start_admission(start, today, rules_since(await editions_known(session)))
    events = decide_start(start, edition, calendar)
    state = fold(
        Entry(seq=place, at=now, actor=start.actor, command=start.id, event=event)
        for place, event in enumerate(events, 1)
    )
    assert state is not None, "a start is an event"
    return state


async def warned_of(session: AsyncSession, state: MonitoringState, today: date) -> tuple[Refusal, ...]:
    """What forbids no start and deserves a look (rule 2, A1, A2, A9)."""
    return (
        *start_warnings(state, state.edition),
        *period_warnings(state, today),
        *repetition_warnings(state, await _of_the_same(session, state)),
    )


async def _of_the_same(session: AsyncSession, state: MonitoringState) -> tuple[MonitoringState, ...]:
    """What the same body conducts of the same, for the same time: its people may know of it.

    The newest few: who begins the hundredth one is not told of all the others, and of the thousandth the
    others are not all looked at. The time stands in the state, which is long.
    """
    objects, spheres = [body.organisation for body in state.objects], list(state.spheres)
    same = select(MonitoringRow.number).where(
        col(MonitoringRow.number) != state.number,
        col(MonitoringRow.kind) == state.kind.value,
        col(MonitoringRow.stage) != Stage.CANCELLED.value,
        col(MonitoringRow.conductors).contains([state.lead.organisation]),
        col(MonitoringRow.objects).contains(objects),
        func.cardinality(MonitoringRow.objects) == len(objects),
        col(MonitoringRow.spheres).contains(spheres),
        func.cardinality(MonitoringRow.spheres) == len(spheres),
    )
    newest = same.order_by(col(MonitoringRow.started_at).desc()).limit(_LOOKED_AT)
    field = col(MonitoringRow.state)
    of_the_time = select(cast(field, Text)).where(
        col(MonitoringRow.number).in_(newest),
        field["studied_from"].as_string() <= state.studied_until.isoformat(),
        field["studied_until"].as_string() >= state.studied_from.isoformat(),
    )
    named = of_the_time.order_by(col(MonitoringRow.started_at).desc()).limit(_NAMED)
    states = (state_as_kept(written) for written in (await session.exec(named)).all())
    return tuple(sorted(states, key=lambda each: each.number))


async def _special_in_period(
    session: AsyncSession, body: StartMonitoringBody, edition: Edition
) -> tuple[Id, ...] | None:
    """Rule 5 asked about the days studied; not, where the edition reads it by the day of the start."""
    if not edition.switches.rule_5_by_period:
        return None
    return await special_between(session, body.objects, body.studied_from, body.studied_until)


def _not_led_by(caller: Caller, conductors: tuple[Id, ...]) -> Failed:
    """403: nobody starts a monitoring that another body leads."""
    named = caller.organisation in conductors
    code = ProblemCode.OWN_BODY_NOT_FIRST if named else ProblemCode.OWN_BODY_NOT_CONDUCTING
    fault = FieldFault(pointer="/conductors", key=code.value)
    params = {"organisation": caller.organisation}
    return Failed(HTTPStatus.FORBIDDEN, code, faults=(fault,), params=params)

"""Starting a monitoring (rules 2, 5, 9-11, 14)."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Response
from pydantic import Field, TypeAdapter
from sqlmodel import col, func, select

from activities.registries.bodies import authorized_body_on, special_between
from activities.registries.calendars import current_calendar
from activities.registries.editions import current_edition, editions_known
from activities.registries.remembered import see
from api.access.auth import Caller
from api.access.policy import actor_of
from api.access.routing import COMMAND, CREATED, account_router, permit_account
from api.commands.addressed import begun_monitoring
from api.commands.asking import action_of
from api.commands.desk import CommandDesk, Desk, answered
from api.commands.idempotency import is_decided
from api.commands.starting import next_number, start_workflow
from api.content.notes import Note, keep_notes
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.problems import reasons_of
from api.http.refused_names import names_said
from api.http.requests import CommandBody, Day, GivenTitle
from api.problems.problem import Failed, FieldFault, ProblemCode, Reason
from api.registries.named import bodies_on, bodies_studied, each_of, spheres_known
from api.services.services import AnyServices
from models.commands import StartMonitoring
from models.commands.receipt import Receipt
from models.monitoring.rules.doubts import period_warnings, repetition_warnings
from models.monitoring.rules.start import decide_start, start_warnings
from models.monitoring.rules.start_admission import check_start_admission
from models.monitoring.rules.start_authority import check_start_authority
from models.monitoring.state import MonitoringState
from models.tables.commands import CommandRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import Authority
from models.vocabulary.editions import Edition, rules_since
from models.vocabulary.procedure import Id, Kind, Number, Stage
from models.vocabulary.refusal import Refusal, Refused
from workflows.monitoring_input import MonitoringInput

_WARNINGS: Final[TypeAdapter[tuple[Refusal, ...]]] = TypeAdapter(tuple[Refusal, ...])
router = account_router("monitorings")
_NAMED: Final = 10  # of the monitorings that a new one seems to repeat
PLACEHOLDER: Number = "0000-NONE-0000"


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


class StartedView(Receipt):
    """The receipt of a start, with what the edition only warns of (rule 2, A1, A2)."""

    warnings: tuple[Reason, ...] = ()


@router.post("/monitorings", status_code=CREATED, responses=COMMAND)
async def start_monitoring(
    body: StartMonitoringBody,
    caller: Annotated[Caller, permit_account(action_of(StartMonitoring))],
    desk: Desk,
    services: AnyServices,
    session: Session,
    today: Today,
    now: Now,
    response: Response,
    language: ReadersLanguage,
) -> StartedView:
    """Start a monitoring: it gets its registration number, and the Rules' edition and calendar of the day.

    Nobody's permission is needed (rule 14); who may conduct which kind of what is checked (rules 2-11).
    """
    row = await desk.claimed(StartMonitoring, actor_of(caller, body.on_behalf), None)
    if not is_decided(row):
        await see(session)
        order = await _order(body, caller, desk, session, today, row)
        await keep_notes(session, order.number, (Note(body=body.title),), now)
        await session.commit()
        outcome = await start_workflow(services, session, order)
        receipt = await desk.conclude(row, begun_monitoring(order.number), outcome)
    else:
        receipt = answered(row, Receipt)
    response.headers["Location"] = f"/api/v1/monitorings/{receipt.number}"
    found = await _warned_of(session, row, receipt.number, today)
    names = await names_said(session, today, found, language)
    return StartedView(**receipt.model_dump(), warnings=reasons_of(found, language, names))


async def _warned_of(session: Session, row: CommandRow, number: Number, today: date) -> tuple[Refusal, ...]:
    """What is warned of, as it was told first: one request is answered the same, whatever began since."""
    told = (row.answer or {}).get("warnings")
    if told is not None:
        return _WARNINGS.validate_python(told)
    state = await _state(session, number)
    found = (
        *start_warnings(state, state.edition),
        *period_warnings(state, today),
        *repetition_warnings(state, await _of_the_same(session, state)),
    )
    row.answer = {**(row.answer or {}), "warnings": [each.model_dump(mode="json") for each in found]}
    session.add(row)
    await session.commit()
    return found


async def _state(session: Session, number: Number) -> MonitoringState:
    row = await session.get_one(MonitoringRow, number)
    return MonitoringState.model_validate(row.state)


async def _of_the_same(session: Session, state: MonitoringState) -> tuple[MonitoringState, ...]:
    """What the same body conducts of the same, for the same time: its people may know of it.

    The newest few: who begins the hundredth one is not told of all the others.
    """
    objects, spheres = [body.organisation for body in state.objects], list(state.spheres)
    field = col(MonitoringRow.state)
    same = select(MonitoringRow).where(
        col(MonitoringRow.number) != state.number,
        col(MonitoringRow.kind) == state.kind.value,
        col(MonitoringRow.stage) != Stage.CANCELLED.value,
        col(MonitoringRow.conductors).contains([state.lead.organisation]),
        col(MonitoringRow.objects).contains(objects),
        func.cardinality(MonitoringRow.objects) == len(objects),
        col(MonitoringRow.spheres).contains(spheres),
        func.cardinality(MonitoringRow.spheres) == len(spheres),
        field["studied_from"].as_string() <= state.studied_until.isoformat(),
        field["studied_until"].as_string() >= state.studied_from.isoformat(),
    )
    newest = same.order_by(col(MonitoringRow.started_at).desc()).limit(_NAMED)
    rows = sorted((await session.exec(newest)).all(), key=lambda row: row.number)
    return tuple(MonitoringState.model_validate(row.state) for row in rows)


async def _order(
    body: StartMonitoringBody,
    caller: Caller,
    desk: CommandDesk,
    session: Session,
    today: Today,
    row: CommandRow,
) -> MonitoringInput:
    """The start with the facts of the day. A refused one uses up no number."""
    conductors = body.conductors or (caller.organisation,)
    if caller.organisation != conductors[0]:
        raise _not_led_by(caller, conductors)
    await spheres_known(session, body.spheres)
    edition, calendar = await current_edition(session, today), await current_calendar(session)
    start = StartMonitoring(
        id=desk.id,
        actor=actor_of(caller, body.on_behalf),
        number=row.number or PLACEHOLDER,
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
    try:
        check_start_authority(start, today)
        check_start_admission(start, today, rules_since(await editions_known(session)))
        decide_start(start, edition, calendar)
    except Refused as refused:
        await desk.refuse(row, refused.refusals)
    if row.number is None:
        row.number = await next_number(session, conductors[0], today)
    start = start.model_copy(update={"number": row.number})
    return MonitoringInput(number=row.number, start=start, edition=edition, calendar=calendar)


async def _special_in_period(
    session: Session, body: StartMonitoringBody, edition: Edition
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

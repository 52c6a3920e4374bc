"""Who may start which monitoring of what: rules 2, 3, 5, 9, 10, 11, 14 (docs/procedure.md; A1, A2)."""

from models.calendar.working import WorkingCalendar
from models.commands import StartMonitoring
from models.events import CoConductorNamed, Event, MonitoringStarted
from models.monitoring.state import MonitoringState
from models.vocabulary.bodies import Body
from models.vocabulary.editions import Edition, Strictness
from models.vocabulary.procedure import ConductorKind, Id, Kind, OrganisationKind
from models.vocabulary.refusal import Refusal, refuse_all

Scoped = StartMonitoring | MonitoringState
"""What has conductors, spheres and objects: a start that is asked for, or a monitoring that runs."""


def decide_start(command: StartMonitoring, edition: Edition, calendar: WorkingCalendar) -> tuple[Event, ...]:
    """The start of a monitoring under an edition. Raises `Refused` with every reason found."""
    refuse_all(start_refusals(command, edition))
    confirm = command.co_conductors_confirm
    started = MonitoringStarted(
        number=command.number,
        kind=command.kind,
        edition=edition,
        calendar=calendar,
        conductors=command.conductors[:1] if confirm else command.conductors,
        spheres=command.spheres,
        objects=command.objects,
        studied_from=command.studied_from,
        studied_until=command.studied_until,
        title=command.title,
        authorized_body=command.authorized_body,
        agreements=() if confirm else command.agreements,
        co_conductors_confirm=confirm,
        rule_5_by_period=command.special_in_period is not None,
    )
    return (started, *_named(command)) if confirm else (started,)


def _named(command: StartMonitoring) -> tuple[CoConductorNamed, ...]:
    """Rule 2: the authorized body appoints its own divisions; any other body is named, and asked."""
    lead, *others = command.conductors
    agreed = {agreement.organisation: agreement for agreement in command.agreements}
    return tuple(
        CoConductorNamed(
            body=body,
            appointed=lead.organisation == command.authorized_body == body.superior,
            agreement=agreed.get(body.organisation),
        )
        for body in others
    )


def start_refusals(command: StartMonitoring, edition: Edition) -> tuple[Refusal, ...]:
    """Everything that forbids this start."""
    return (
        *_rule_2_conductors(command, edition),
        *_rule_5_special_state_bodies(command, edition),
        *_rule_10_who(command),
        *_scope(command, edition, Strictness.FORBID),
        *_period(command),
    )


def start_warnings(command: Scoped, edition: Edition) -> tuple[Refusal, ...]:
    """What the text leaves open and the edition only warns of (A1, A2, rule 2); what follows of rule 5."""
    warned = (*_scope(command, edition, Strictness.WARN), *_special_since(command))
    if edition.switches.self_monitoring is Strictness.WARN:
        warned = (*warned, *_self_monitoring(command))
    return warned


def scope_refusals(command: Scoped, edition: Edition) -> tuple[Refusal, ...]:
    """What an edition's own readings forbid of these conductors, spheres and objects (rule 2, A1, A2)."""
    forbidden = _scope(command, edition, Strictness.FORBID)
    if edition.switches.self_monitoring is Strictness.FORBID:
        forbidden = (*forbidden, *_self_monitoring(command))
    return forbidden


def _rule_2_conductors(command: StartMonitoring, edition: Edition) -> tuple[Refusal, ...]:
    bodies = command.conductors
    found = []
    if not bodies:
        found.append(Refusal(code="no_conductor", rule="2"))
    if len({body.organisation for body in bodies}) < len(bodies):
        found.append(Refusal(code="conductor_twice", rule="2"))
    for body in bodies:
        foreign = body.superior != command.authorized_body
        if body.kind is OrganisationKind.TERRITORIAL_DIVISION and foreign:
            found.append(
                Refusal(code="division_of_another_body", rule="2", params={"organisation": body.organisation})
            )
        stale = body.organisation != command.authorized_body
        if body.kind is OrganisationKind.AUTHORIZED_BODY and stale:
            found.append(
                Refusal(code="not_the_authorized_body", rule="2", params={"organisation": body.organisation})
            )
    if edition.switches.self_monitoring is Strictness.FORBID:
        found.extend(_self_monitoring(command))
    return tuple(found)


def _self_monitoring(command: Scoped) -> tuple[Refusal, ...]:
    conductors = {body.legal_person for body in command.conductors}
    own = [body for body in command.objects if body.legal_person in conductors]
    return tuple(
        Refusal(code="self_monitoring", rule="2", params={"organisation": body.organisation}) for body in own
    )


def _rule_5_special_state_bodies(command: StartMonitoring, edition: Edition) -> tuple[Refusal, ...]:
    """The Rules do not apply to special state bodies: neither as an object nor as a conductor.

    They speak of the activity («қызметіне»): of an object it is asked what it was in the period studied. A
    start that does not know that is judged by what it was on the day of the start.
    """
    exempt = edition.switches.authorized_body_exempt_from_rule_5
    found = list(special_objects(command.special_in_period or ()))
    if command.special_in_period is None:
        found += [
            Refusal(code="object_special_state_body", rule="5", params={"organisation": body.organisation})
            for body in command.objects
            if body.special_state_body
        ]
    found += [
        Refusal(code="conductor_special_state_body", rule="5", params={"organisation": body.organisation})
        for body in command.conductors
        if body.special_state_body and not (exempt and body.organisation == command.authorized_body)
    ]
    return tuple(found)


def special_objects(special: tuple[Id, ...]) -> tuple[Refusal, ...]:
    """Rule 5: objects whose activity the Rules do not apply to. Asked at the start and at the approval."""
    return tuple(
        Refusal(code="object_special_in_period", rule="5", params={"organisation": organisation})
        for organisation in special
    )


def _special_since(command: Scoped) -> tuple[Refusal, ...]:
    """Studied for the time before it became special; such a body is sent nothing (rule 5)."""
    return tuple(
        Refusal(code="object_special_since", rule="5", params={"organisation": body.organisation})
        for body in command.objects
        if body.special_state_body
    )


def _rule_10_who(command: StartMonitoring) -> tuple[Refusal, ...]:
    """Comprehensive monitoring is the authorized body's and its divisions'; others conduct thematic (14)."""
    if command.kind is not Kind.COMPREHENSIVE:
        return ()
    return tuple(
        Refusal(code="comprehensive_by_other_subject", rule="10", params={"organisation": body.organisation})
        for body in command.conductors
        if body.kind.conductor_kind is ConductorKind.OTHER_SUBJECT
    )


def _scope(command: Scoped, edition: Edition, level: Strictness) -> tuple[Refusal, ...]:
    if command.kind is Kind.COMPREHENSIVE:
        return _comprehensive_scope(command, edition, level)
    return _thematic_scope(command, edition, level)


def _bodies(objects: tuple[Body, ...]) -> int:
    """Distinct legal persons: two units of one ministry are one body (A1)."""
    return len({body.legal_person for body in objects})


def _comprehensive_scope(command: Scoped, edition: Edition, level: Strictness) -> tuple[Refusal, ...]:
    """A1: different spheres, including two or more bodies; either is a must, both are the strict reading."""
    spheres, bodies = len(set(command.spheres)), _bodies(command.objects)
    params = {"spheres": str(spheres), "bodies": str(bodies)}
    if spheres < 2 and bodies < 2:
        narrow = Refusal(code="comprehensive_too_narrow", rule="10", params=params)
        return (narrow,) if level is Strictness.FORBID else ()
    if (spheres < 2 or bodies < 2) and edition.switches.comprehensive_needs_both is level:
        return (Refusal(code="comprehensive_needs_both", rule="10", params=params),)
    return ()


def _thematic_scope(command: Scoped, edition: Edition, level: Strictness) -> tuple[Refusal, ...]:
    """A2: one sphere (bodies inside it allowed) or one body."""
    spheres, bodies = len(set(command.spheres)), _bodies(command.objects)
    params = {"spheres": str(spheres), "bodies": str(bodies)}
    too_wide = spheres > 1 or (spheres == 0 and bodies > 1)
    if too_wide or spheres + bodies == 0:
        code = "thematic_too_wide" if too_wide else "thematic_without_object"
        wrong = Refusal(code=code, rule="11", params=params)
        return (wrong,) if level is Strictness.FORBID else ()
    if bodies > 1 and edition.switches.thematic_single_body is level:
        return (Refusal(code="thematic_several_bodies", rule="11", params=params),)
    return ()


def _period(command: StartMonitoring) -> tuple[Refusal, ...]:
    if command.studied_until < command.studied_from:
        return (Refusal(code="studied_period_reversed", rule="annex.I.3"),)
    return ()

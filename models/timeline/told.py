"""The parameters of an event's sentence: from the names of its fields, and from what `@tells` adds."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Final, TypeVar

from models.agenda.deadline import Deadline
from models.commands import ItemAnswer, NewAddressee, NewMember
from models.events import (
    AuthorizedBodyChanged,
    BodySucceeded,
    CoConductorNamed,
    ConflictDeclared,
    ConflictLifted,
    DutyPeriod,
    ImplementationReported,
    LetterUndelivered,
    MonitoringReassigned,
    MonitoringStarted,
    MonitoringTakenOver,
    PaperReportRegistered,
    ProceedingReconciled,
    ReceivedReportConsidered,
    ReplyAmended,
    ReportAcknowledged,
    ReportAnswered,
    ReportReceived,
    ReviewRoundBegun,
    WorkingGroupCreated,
)
from models.letters.post import UndeliveredReason
from models.timeline.known import Known
from models.timeline.sayings import Mention, Saying, Tally, Typed, account, former, organisation, person
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Response, Verdict

E = TypeVar("E", bound=Model)
Sayings = dict[str, Saying]
Tell = Callable[[E, Known], Sayings]
_TELLS: dict[type[Model], tuple[frozenset[str], Callable[..., Sayings]]] = {}


def tells(event: type[E], *names: str) -> Callable[[Tell[E]], Tell[E]]:
    """Declare a function that gives these further parameters of one event type's sentence."""

    def register(function: Tell[E]) -> Tell[E]:
        _TELLS[event] = (frozenset(names), function)
        return function

    return register


def told(event: Model, known: Known) -> Sayings:
    """Everything the sentence of an event may be filled with."""
    found: Sayings = {}
    for name in type(event).model_fields:
        value = getattr(event, name)
        if isinstance(value, (str, int, date, datetime, Enum)) and not isinstance(value, bool):
            found[name] = value
        found.update(_field(name, value, known))
    _, tell = _TELLS.get(type(event), (frozenset(), None))
    return found | (tell(event, known) if tell else {})


def names_told(event: type[Model]) -> frozenset[str]:
    """The parameters an event's sentence may use besides its own simple fields."""
    own, _ = _TELLS.get(event, (frozenset(), None))
    of_fields = (names for field, (names, _) in _FIELDS.items() if field in event.model_fields)
    return own.union(*of_fields)


# ——— by the names of fields ———
def _of_member(member: object, known: Known) -> Sayings:
    if isinstance(member, NewMember):
        return {"member": person(member.person), "community": member.community}
    return {"member": known.member(str(member))}


def _of_letter(letter: object, known: Known) -> Sayings:
    found = known.letter(str(letter))
    return {
        "letter_kind": found.kind if found else None,
        "recipient": Mention(registry=found.recipient_kind, id=found.recipient) if found else None,
    }


def _of_deadline(deadline: object, known: Known) -> Sayings:
    found = deadline if isinstance(deadline, Deadline) else known.deadline(str(deadline))
    return {
        "awaited": found.subject_kind if found else None,
        "awaited_from": known.awaited_from(found) if found else None,
        "due_on": found.due_on if found else None,
    }


def _of_period(period: object, known: Known) -> Sayings:
    found = period if isinstance(period, DutyPeriod) else known.period(str(period))
    return {
        "begins_on": found.begins_on if found else None,
        "ends_on": found.ends_on if found else None,
    }


def _of_request(request: object, known: Known) -> Sayings:
    return {"holder": known.holder(str(request))}


def _of_item(item: object, known: Known) -> Sayings:
    return {"council": known.council(str(item)), "item": known.item(str(item))}


def _of_council(council: object, _: Known) -> Sayings:
    return {"council": Mention(registry=RecipientKind.COUNCIL, id=str(council))}


def _of_organisation(name: str) -> Callable[[object, Known], Sayings]:
    return lambda value, _: {name: organisation(str(value))}


def _of_bodies(name: str) -> Callable[[object, Known], Sayings]:
    def bodies(values: object, _: Known) -> Sayings:
        each = values if isinstance(values, tuple) else ()
        found = (value.body if isinstance(value, NewAddressee) else value for value in each)
        return {name: tuple(organisation(body.organisation) for body in found if isinstance(body, Body))}

    return bodies


# In this order: what a later field says of the same thing is more particular.
_FIELDS: Final[Mapping[str, tuple[frozenset[str], Callable[[object, Known], Sayings]]]] = {
    "request": (frozenset({"holder"}), _of_request),
    "item": (frozenset({"council", "item"}), _of_item),
    "period": (frozenset({"begins_on", "ends_on"}), _of_period),
    "letter": (frozenset({"letter_kind", "recipient"}), _of_letter),
    "deadline": (frozenset({"awaited", "awaited_from", "due_on"}), _of_deadline),
    "member": (frozenset({"member", "community"}), _of_member),
    "holder": (frozenset({"holder"}), _of_organisation("holder")),
    "addressee": (frozenset({"addressee"}), _of_organisation("addressee")),
    "organisation": (frozenset({"organisation"}), _of_organisation("organisation")),
    "authorized_body": (frozenset({"authorized_body"}), _of_organisation("authorized_body")),
    "council": (frozenset({"council"}), _of_council),
    "conductors": (frozenset({"conductors"}), _of_bodies("conductors")),
    "objects": (frozenset({"objects"}), _of_bodies("objects")),
    "addressees": (frozenset({"addressees"}), _of_bodies("addressees")),
}


def _field(name: str, value: object, known: Known) -> Sayings:
    _, tell = _FIELDS.get(name, (frozenset(), None))
    return tell(value, known) if tell and value is not None else {}


# ——— what fields do not say ———
@tells(MonitoringStarted, "rules_edition", "calendar_edition")
def _monitoring_started(event: MonitoringStarted, _: Known) -> Sayings:
    return {"rules_edition": event.edition.id, "calendar_edition": event.calendar.edition}


@tells(CoConductorNamed, "organisation")
def _co_conductor_named(event: CoConductorNamed, _: Known) -> Sayings:
    return {"organisation": organisation(event.body.organisation)}


@tells(WorkingGroupCreated, "decision_number", "decided_on", "post")
def _working_group_created(event: WorkingGroupCreated, _: Known) -> Sayings:
    decision = event.decision
    return {
        "decision_number": decision.decision_number,
        "decided_on": decision.decided_on,
        "post": Typed(decision.post),
    }


@tells(BodySucceeded, "body", "successor")
def _body_succeeded(event: BodySucceeded, _: Known) -> Sayings:
    return {
        "body": former(event.body),
        "successor": organisation(event.successor) if event.successor else None,
    }


@tells(AuthorizedBodyChanged, "previous")
def _authorized_body_changed(event: AuthorizedBodyChanged, _: Known) -> Sayings:
    return {"previous": organisation(event.previous)}


@tells(MonitoringTakenOver, "by")
def _monitoring_taken_over(event: MonitoringTakenOver, _: Known) -> Sayings:
    return {"by": organisation(event.by)}


@tells(MonitoringReassigned, "to", "previous")
def _monitoring_reassigned(event: MonitoringReassigned, _: Known) -> Sayings:
    return {"to": account(event.to), "previous": account(event.previous) if event.previous else None}


@tells(ConflictDeclared, "who")
def _conflict_declared(event: ConflictDeclared, _: Known) -> Sayings:
    return {"who": account(event.account)}


@tells(ConflictLifted, "who")
def _conflict_lifted(event: ConflictLifted, _: Known) -> Sayings:
    return {"who": account(event.account)}


@tells(ReportAcknowledged, "incoming_number")
def _report_acknowledged(event: ReportAcknowledged, _: Known) -> Sayings:
    return {"incoming_number": event.incoming_number}


@tells(ReportAnswered, "answered")
def _report_answered(event: ReportAnswered, _: Known) -> Sayings:
    return _answered(event.answers)


@tells(ReplyAmended, "answered")
def _reply_amended(event: ReplyAmended, _: Known) -> Sayings:
    return _answered(event.answers)


def _answered(answers: tuple[ItemAnswer, ...]) -> Sayings:
    """How many proposals and recommendations were accepted, partly accepted, declined."""
    responses = [answer.response for answer in answers]
    return {"answered": tuple(Tally(word, responses.count(word)) for word in Response if word in responses)}


@tells(ImplementationReported, "claimed")
def _implementation_reported(event: ImplementationReported, _: Known) -> Sayings:
    claims = [said.claim for said in event.items]
    return {"claimed": tuple(Tally(word, claims.count(word)) for word in Verdict if word in claims)}


@tells(LetterUndelivered)
def _letter_undelivered(event: LetterUndelivered, _: Known) -> Sayings:
    """The code is a reply code of the mail server, or one of our own words."""
    ours = event.code in set(UndeliveredReason)
    return {"code": UndeliveredReason(event.code) if ours else event.code}


@tells(ReportReceived, "number", "version", "received_on")
def _received(event: ReportReceived, _: Known) -> Sayings:
    report = event.report
    return {"number": report.id, "version": report.version, "received_on": report.received_on}


@tells(PaperReportRegistered, "number", "received_on")
def _registered(event: PaperReportRegistered, _: Known) -> Sayings:
    return {"number": event.report.id, "received_on": event.report.received_on}


@tells(ReceivedReportConsidered, "on")
def _considered(event: ReceivedReportConsidered, _: Known) -> Sayings:
    return {"on": event.considered.on}


@tells(ReviewRoundBegun, "serial", "begins_on", "ends_on")
def _round(event: ReviewRoundBegun, _: Known) -> Sayings:
    begun = event.round
    return {"serial": begun.serial, "begins_on": begun.begins_on, "ends_on": begun.ends_on}


@tells(ProceedingReconciled, "lost")
def _reconciled(event: ProceedingReconciled, _: Known) -> Sayings:
    return {"lost": event.lost or ()}

"""Whose move it is in a monitoring: what waits for whom, until when. Read from the state.

Lists ask the database whose move it is, so this is kept beside the projection: by a word for each mover, with
the earliest day that it has to move by (`waiting_of`); whoever asks brings the words of their own.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.agenda.deadline import Deadline, DeadlineStatus, DeadlineSubject, deadline_id
from models.monitoring.open_work import OpenItem, OpenKind, awaits_review, open_items
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Consent, Id, Role, Stage


class Mover(StrEnum):
    """Who has to do something now."""

    HEAD = "head"  # 15: of the body that leads
    COORDINATOR = "coordinator"  # of the body that leads: its analysts, and its head
    ENTRUSTED = "entrusted"  # of the body that leads: whoever it was handed to, and its head
    CO_CONDUCTOR = "co_conductor"  # 2: a body that was named to conduct jointly
    REVIEWER = "reviewer"  # 18: the authorized body, of a report that was sent to it
    WEB_EDITOR = "web_editor"  # 19: of the authorized body
    HEIR = "heir"  # the head of the authorized body, where nobody leads
    MEMBER = "member"  # 12: whoever was invited
    HOLDER = "holder"  # 7, 8: of information
    ADDRESSEE = "addressee"  # 17, 20: a body the report was sent to


class Review(StrEnum):
    """What rule 18 asks of the authorized body: it keeps no monitoring from being closed."""

    NOT_CONSIDERED = "not_considered"


class Move(Model):
    """One thing that waits for somebody.

    `whose` is the body, of a member the person; `account` to whom of the body it is entrusted. Without `what`
    nothing is open and the monitoring may be closed. `due_on` is local.
    """

    mover: Mover
    whose: Id
    account: Id | None = None
    what: OpenKind | DeadlineSubject | Review | None
    rule: str = ""
    due_on: date | None = None
    action: Action | None = None  # the command by which it is done, where there is one
    about: str = ""  # the version, letter, deadline, item that the command is about


def moves_of(state: MonitoringState) -> tuple[Move, ...]:
    """All that waits, the earliest day first; what has no day comes after."""
    return tuple(sorted(_all(state), key=lambda move: (move.due_on or date.max, _RANK[move.mover])))


def waiting_of(state: MonitoringState) -> dict[str, date | None]:
    """A word for everybody it waits for, with the earliest day of theirs."""
    waiting: dict[str, date | None] = {}
    for move in _all(state):
        of_body, of_account = _word(move.mover, move.whose), _word(move.mover, move.whose, move.account)
        for word in dict.fromkeys((of_body, of_account)):
            days = [day for day in (waiting.get(word), move.due_on) if day]
            waiting[word] = min(days, default=None)
    return waiting


def words_of_mover(role: Role, organisation: Id, account: Id) -> frozenset[str]:
    """The words of whoever asks what waits for them."""
    movers = _MOVERS.get(role, ())
    own = {_word(Mover.ENTRUSTED, organisation, account)} if Mover.COORDINATOR in movers else set()
    return frozenset({*own, *(_word(mover, organisation) for mover in movers)})


def word_of_head(organisation: Id) -> str:
    """The word of what the head of a body alone decides (rule 15)."""
    return _word(Mover.HEAD, organisation)


def is_for(move: Move, role: Role, organisation: Id, account: Id) -> bool:
    """Whether somebody is whom it waits for."""
    movers = _MOVERS.get(role, ())
    own = move.account == account and Mover.COORDINATOR in movers
    return move.whose == organisation and (own or move.mover in movers)


def mover_in(word: str) -> tuple[Mover, Id] | None:
    """What a word says; None of one that says again, for an account, what another says of its body."""
    mover, _, whose = word.partition(":")
    return None if _OF_ACCOUNT in whose else (Mover(mover), whose)


_RANK: Final = {mover: rank for rank, mover in enumerate(Mover)}
_ALL_OF_A_BODY: Final = (Mover.COORDINATOR, Mover.CO_CONDUCTOR, Mover.ADDRESSEE)
_MOVERS: Final[Mapping[Role, tuple[Mover, ...]]] = MappingProxyType(
    {
        Role.ANALYST: (*_ALL_OF_A_BODY, Mover.REVIEWER),
        Role.HEAD: (
            Mover.HEAD,
            Mover.ENTRUSTED,
            *_ALL_OF_A_BODY,
            Mover.HEIR,
            Mover.WEB_EDITOR,
            Mover.REVIEWER,
        ),
        Role.WEB_EDITOR: (Mover.WEB_EDITOR,),
        Role.ADDRESSEE: (Mover.ADDRESSEE,),
    }
)


_OF_ACCOUNT: Final = "/"


def _word(mover: Mover, whose: Id, account: Id | None = None) -> str:
    return f"{mover.value}:{whose}{_OF_ACCOUNT}{account}" if account else f"{mover.value}:{whose}"


def _all(state: MonitoringState) -> list[Move]:
    if state.ended:
        return []
    found = [*_of_open_work(state), *_of_deadlines(state)]
    if not found and state.stage is Stage.DISPATCHED:
        found.append(_leads(state, None, action=Action.CLOSE_MONITORING))
    return [*found, *_of_review(state)]


def _of_review(state: MonitoringState) -> Iterator[Move]:
    if awaits_review(state):
        whose, action = state.authorized_body, Action.MARK_CONSIDERED
        yield Move(mover=Mover.REVIEWER, whose=whose, what=Review.NOT_CONSIDERED, rule="18", action=action)


# ——— what is open ———
_LEADS_DO: Final[Mapping[OpenKind, Action | None]] = MappingProxyType(
    {
        OpenKind.NOT_SENT_TO_INTERESTED: Action.DISPATCH_REPORT,
        OpenKind.NOT_SENT_TO_AUTHORIZED_BODY: Action.DISPATCH_REPORT,
        OpenKind.NOT_SENT_TO_NAMED: Action.DISPATCH_REPORT,
        OpenKind.LETTER_UNDELIVERABLE: Action.RESEND_LETTER,
        OpenKind.PRINTED_AND_DECLINED: Action.BEGIN_CORRECTION,
        OpenKind.MORE_TIME_ASKED: Action.EXTEND_DEADLINE,
        OpenKind.IMPLEMENTATION_NOT_JUDGED: Action.JUDGE_IMPLEMENTATION,
        OpenKind.ASKED_OF_NOBODY: None,
    }
)
_ABOUT_SUBJECT: Final = frozenset({OpenKind.LETTER_UNDELIVERABLE, OpenKind.IMPLEMENTATION_NOT_JUDGED})
_AWAITED: Final[Mapping[OpenKind, DeadlineSubject]] = MappingProxyType(
    {
        OpenKind.REPLY_AWAITED: DeadlineSubject.REPLY,
        OpenKind.RECEIPT_NOT_RECORDED: DeadlineSubject.RECEIPT,
        OpenKind.IMPLEMENTATION_OVERDUE: DeadlineSubject.IMPLEMENTATION,
    }
)


def _of_open_work(state: MonitoringState) -> Iterator[Move]:
    """A letter that is due leaves by itself: that waits for nobody."""
    for item in open_items(state):
        found = _FOUND_BY.get(item.kind)
        if found is not None:
            yield found(state, item)


def _head_decides(state: MonitoringState, item: OpenItem) -> Move:
    """Rule 15: what was submitted waits for the head; until then it is written."""
    if state.submitted is not None:
        action, version = Action.APPROVE_REPORT, str(state.submitted.number)
        return _leads(state, item.kind, "15", Mover.HEAD, action=action, about=version)
    return _leads(state, item.kind, item.rule, action=Action.SUBMIT_REPORT)


def _lead_does(state: MonitoringState, item: OpenItem) -> Move:
    action, day, about = _LEADS_DO[item.kind], _day_asked(state, item), ""
    if item.kind is OpenKind.MORE_TIME_ASKED:
        about = deadline_id(DeadlineSubject.REPLY, item.subject or "")
    elif item.kind in _ABOUT_SUBJECT:
        about = item.subject or ""
    return _leads(state, item.kind, item.rule, action=action, due_on=day, about=about)


def _is_published(state: MonitoringState, item: OpenItem) -> Move:
    whose, action = state.authorized_body, Action.PUBLISH_REPORT
    return Move(mover=Mover.WEB_EDITOR, whose=whose, what=item.kind, rule=item.rule, action=action)


def _is_awaited(state: MonitoringState, item: OpenItem) -> Move:
    deadline = state.deadlines.get(deadline_id(_AWAITED[item.kind], item.subject or ""))
    return _asked(state, item.kind, item.subject or "", deadline)


def _confirms(state: MonitoringState, item: OpenItem) -> Move:
    named = item.subject or ""
    whose = state.stands_for(named) or named
    return Move(mover=Mover.CO_CONDUCTOR, whose=whose, what=item.kind, rule=item.rule)


def _takes_over(state: MonitoringState, item: OpenItem) -> Move:
    whose, action = state.authorized_body, Action.TAKE_OVER_MONITORING
    return Move(mover=Mover.HEIR, whose=whose, what=item.kind, action=action)


_FOUND_BY: Final[Mapping[OpenKind, Callable[[MonitoringState, OpenItem], Move]]] = MappingProxyType(
    {
        **dict.fromkeys(_LEADS_DO, _lead_does),
        **dict.fromkeys(_AWAITED, _is_awaited),
        OpenKind.REPORT_NOT_APPROVED: _head_decides,
        OpenKind.CORRECTION_NOT_APPROVED: _head_decides,
        OpenKind.REPORT_RETURNED: _head_decides,
        OpenKind.NOT_PUBLISHED: _is_published,
        OpenKind.PUBLISHED_ELSEWHERE: _is_published,
        OpenKind.CONDUCT_NOT_CONFIRMED: _confirms,
        OpenKind.LED_BY_NOBODY: _takes_over,
    }
)


def _day_asked(state: MonitoringState, item: OpenItem) -> date | None:
    """More time is decided on before the day it asks to move."""
    if item.kind is not OpenKind.MORE_TIME_ASKED:
        return None
    deadline = state.deadlines.get(deadline_id(DeadlineSubject.REPLY, item.subject or ""))
    return deadline.due_on if deadline else None


def _leads(
    state: MonitoringState,
    what: OpenKind | None,
    rule: str = "",
    mover: Mover = Mover.COORDINATOR,
    *,
    action: Action | None = None,
    due_on: date | None = None,
    about: str = "",
) -> Move:
    entrusted = mover is Mover.COORDINATOR and (state.handed_to or state.stepped_aside)
    return Move(
        mover=Mover.ENTRUSTED if entrusted else mover,
        whose=state.responsible,
        account=state.coordinator if entrusted else None,
        what=what,
        rule=rule,
        due_on=due_on,
        action=action,
        about=about,
    )


def _asked(state: MonitoringState, what: OpenKind, subject: Id, deadline: Deadline | None) -> Move:
    item = state.items.get(subject)
    body = item.addressee if item else subject
    whose = state.stands_for(body) or body
    due_on = deadline.due_on if deadline else None
    return Move(mover=Mover.ADDRESSEE, whose=whose, what=what, due_on=due_on)


WAITING_KINDS: Final = frozenset(_FOUND_BY)
"""What waits for somebody, of all that is open."""


# ——— what is awaited by a day and is no open work (yet) ———
def _of_deadlines(state: MonitoringState) -> Iterator[Move]:
    for deadline in state.deadlines.values():
        found = _waits_for(state, deadline)
        if found is not None:
            mover, whose = found
            yield Move(mover=mover, whose=whose, what=deadline.subject_kind, due_on=deadline.due_on)


def _waits_for(state: MonitoringState, deadline: Deadline) -> tuple[Mover, Id] | None:
    open_, live = deadline.status is DeadlineStatus.OPEN, deadline.live
    match deadline.subject_kind:
        case DeadlineSubject.INVITATION if open_ and state.working_group:
            member = state.working_group.members.get(deadline.subject)
            if member is not None and member.consent is Consent.INVITED:
                return Mover.MEMBER, member.person
        case DeadlineSubject.INFORMATION_REQUEST if live and state.before_approval:
            request = state.requests.get(deadline.subject)
            if request is not None and request.open:
                return Mover.HOLDER, request.holder
        case DeadlineSubject.REPLY if live and not open_ and state.stage is Stage.DISPATCHED:
            return Mover.ADDRESSEE, state.stands_for(deadline.subject) or deadline.subject
        case DeadlineSubject.IMPLEMENTATION if open_ and deadline.subject in state.items:
            addressee = state.items[deadline.subject].addressee
            return Mover.ADDRESSEE, state.stands_for(addressee) or addressee
    return None

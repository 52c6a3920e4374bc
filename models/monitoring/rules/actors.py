"""Whether the one who acts may (procedure.md §2.6), and whether a link is for the matter it is used on."""

from models.commands.command import Command
from models.commands.monitoring import (
    AcknowledgeReport,
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    AskMoreTime,
    RecordConsideration,
    ReportImplementation,
    WithdrawMember,
)
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterStatus, Purpose
from models.vocabulary.procedure import Consent, Id
from models.vocabulary.refusal import refuse_if

_LINKED: dict[type[Command], tuple[frozenset[Purpose], str]] = {
    AnswerInvitation: (frozenset({Purpose.ANSWER_INVITATION}), "member"),
    WithdrawMember: (frozenset({Purpose.ANSWER_INVITATION, Purpose.READ_AS_MEMBER}), "member"),
    AnswerInformationRequest: (frozenset({Purpose.ANSWER_INFORMATION_REQUEST}), "request"),
    AcknowledgeReport: (frozenset({Purpose.ANSWER_REPORT}), "addressee"),
    AnswerReport: (frozenset({Purpose.ANSWER_REPORT}), "addressee"),
    AskMoreTime: (frozenset({Purpose.ANSWER_REPORT}), "addressee"),
    ReportImplementation: (frozenset({Purpose.REPORT_IMPLEMENTATION}), "addressee"),
    RecordConsideration: (frozenset({Purpose.RECORD_CONSIDERATION}), "item"),
}


def check_actor(state: MonitoringState, command: Command) -> None:
    """A link speaks for its own matter only. Raises `Refused` (link_not_for_this, link_superseded)."""
    letter_id = command.actor.letter
    if letter_id is None:
        return
    purposes, field = _LINKED.get(type(command), (frozenset[Purpose](), ""))
    letter = state.letters.get(letter_id)
    subject: Id = getattr(command, field, "")
    fits = letter is not None and letter.purpose in purposes and letter.subject == subject
    refuse_if(not fits, "link_not_for_this")
    refuse_if(link_superseded(state, letter_id), "link_superseded")


def link_superseded(state: MonitoringState, letter_id: Id) -> bool:
    """Whether something took the letter's place: a corrected report, another member, a withdrawal."""
    letter = state.letters[letter_id]
    if letter.status is LetterStatus.WITHDRAWN:
        return True
    match letter.purpose:
        case Purpose.ANSWER_REPORT | Purpose.REPORT_IMPLEMENTATION:
            return letter.version != state.addressees[letter.subject].version
        case Purpose.ANSWER_INVITATION | Purpose.READ_AS_MEMBER:
            group = state.working_group
            return group is not None and group.members[letter.subject].consent is Consent.REPLACED
        case Purpose.ANSWER_INFORMATION_REQUEST:
            return state.requests[letter.subject].withdrawn
        case Purpose.RECORD_CONSIDERATION:
            return state.council_items[letter.subject].withdrawn
        case _:
            return True

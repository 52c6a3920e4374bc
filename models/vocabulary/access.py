"""Who may do what (docs/procedure.md, Roles): role × relation to the monitoring → actions, in one table.

What a role may do always depends on how its holder stands to the one monitoring: the analyst of a division
runs the division's own, reads what was sent to the division, and knows nothing of anybody else's.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from models.vocabulary.procedure import Role


class Relation(StrEnum):
    """How somebody stands to a monitoring. One may stand in several relations at once."""

    CONDUCTOR = "conductor"  # rule 2: of the body that leads it
    COORDINATOR = "coordinator"  # of the body that leads it: whoever it is entrusted to
    STEPPED_ASIDE = "stepped_aside"  # of the body that leads, with a conflict of interest: reads alone
    CO_CONDUCTOR = "co_conductor"  # rule 2: of a body that conducts it jointly: works on its content
    NAMED = "named"  # rule 2: of a body that was named a co-conductor and did not say yet whether it is one
    AUTHORIZED_BODY = "authorized_body"  # rules 17-19: of the body that received, reviews or publishes it
    ADDRESSEE = "addressee"  # rules 17, 20: of a body it was sent to
    PARTICIPANT = "participant"  # by an effective membership, or by the link of a letter of this monitoring
    HEIR = "heir"  # of the authorized body, before a monitoring that nobody leads any more
    CONSOLIDATOR = "consolidator"  # rules 17, 18: of the authorized body, before its consolidation
    AUDIT = "audit"  # of a body that conducts it, for its auditors
    OVERSIGHT = "oversight"  # to whatever there is, for those who were granted to oversee all of it
    NONE = "none"  # everybody, and what concerns no monitoring


class Action(StrEnum):
    """Everything that can be done. A command's action bears the command's name."""

    READ_PUBLISHED = "read_published"
    READ_SENT = "read_sent"  # the approved report, and what concerns the reader's own body
    READ_OWN = "read_own"  # everything, drafts too, of a monitoring one conducts
    READ_ALL = "read_all"  # everything, to oversee it
    READ_BUNDLE = "read_bundle"  # everything at once, with letters, addresses and histories
    READ_NAMING = "read_naming"  # rule 2: what it is that one was named a co-conductor of
    READ_AS_MEMBER = "read_as_member"  # rule 12: the content of the one monitoring, and comments on it
    READ_REGISTRIES = "read_registries"
    READ_CONSOLIDATION = "read_consolidation"  # the authorized body's inbox and its review rounds
    READ_COMMANDS = "read_commands"  # the logs: of settings, of refused commands, of auditors' reads
    READ_EVENTS = "read_events"  # the feed of events: of what the reader may read of, and no more
    READ_HISTORY = "read_history"  # Temporal's own histories, decrypted
    WRITE_REGISTRIES = "write_registries"

    WRITE_CONTENT = "write_content"
    COMMENT = "comment"
    ATTACH = "attach"

    START_MONITORING = "start_monitoring"
    CONFIRM_CONDUCT = "confirm_conduct"
    WITHDRAW_CO_CONDUCTOR = "withdraw_co_conductor"
    BEGIN_COLLECTION = "begin_collection"
    RECORD_ACTIVITY = "record_activity"
    COMPLETE_COLLECTION = "complete_collection"
    COMPLETE_ANALYSIS = "complete_analysis"
    COMPLETE_STEP = "complete_step"
    CREATE_WORKING_GROUP = "create_working_group"
    INVITE_MEMBER = "invite_member"
    ANSWER_INVITATION = "answer_invitation"
    WITHDRAW_MEMBER = "withdraw_member"
    RECORD_ORGANISATION_AGREEMENT = "record_organisation_agreement"
    REQUEST_INFORMATION = "request_information"
    ANSWER_INFORMATION_REQUEST = "answer_information_request"
    WITHDRAW_INFORMATION_REQUEST = "withdraw_information_request"
    SUBMIT_REPORT = "submit_report"
    RETURN_REPORT = "return_report"
    APPROVE_REPORT = "approve_report"
    DISPATCH_REPORT = "dispatch_report"
    OMIT_ADDRESSEE = "omit_addressee"
    RESEND_LETTER = "resend_letter"
    RECORD_HAND_DELIVERY = "record_hand_delivery"
    HAND_ON_LETTER = "hand_on_letter"
    ACKNOWLEDGE_REPORT = "acknowledge_report"
    ANSWER_REPORT = "answer_report"
    AMEND_REPLY = "amend_reply"
    REPORT_IMPLEMENTATION = "report_implementation"
    JUDGE_IMPLEMENTATION = "judge_implementation"
    ASK_MORE_TIME = "ask_more_time"
    EXTEND_REPLY_TERM = "extend_reply_term"
    EXTEND_DEADLINE = "extend_deadline"
    REFUSE_EXTENSION = "refuse_extension"
    PAUSE_DEADLINE = "pause_deadline"
    RESUME_DEADLINE = "resume_deadline"
    PUBLISH_REPORT = "publish_report"
    SUBMIT_TO_COUNCIL = "submit_to_council"
    RECORD_CONSIDERATION = "record_consideration"
    ADD_EXCERPT = "add_excerpt"
    WITHDRAW_FROM_COUNCIL = "withdraw_from_council"
    MARK_CONSIDERED = "mark_considered"
    REGISTER_PAPER_REPORT = "register_paper_report"
    CONSIDER_RECEIVED_REPORT = "consider_received_report"
    COMPLETE_REVIEW_ROUND = "complete_review_round"
    BEGIN_CORRECTION = "begin_correction"
    GIVE_UP_CORRECTION = "give_up_correction"
    CANCEL_MONITORING = "cancel_monitoring"
    CLOSE_MONITORING = "close_monitoring"
    END_FOLLOW_UP = "end_follow_up"
    TAKE_OVER_MONITORING = "take_over_monitoring"
    REASSIGN_MONITORING = "reassign_monitoring"
    DECLARE_CONFLICT = "declare_conflict"
    LIFT_CONFLICT = "lift_conflict"


OVERSEEING: Final = frozenset({Role.AUDITOR, Role.OVERSIGHT})
"""Roles that oversee and change nothing: granted by an act, and each of their reads is written down."""

PERSONAL: Final = frozenset({Action.DECLARE_CONFLICT})
"""What nobody does in another's stead."""

READS: Final = frozenset(action for action in Action if action.value.startswith("read_"))

_CONTENT: Final = frozenset({Action.READ_OWN, Action.WRITE_CONTENT, Action.COMMENT, Action.ATTACH})
_HEADS_ALONE: Final = frozenset({Action.CREATE_WORKING_GROUP, Action.RETURN_REPORT, Action.APPROVE_REPORT})
_SENT: Final = frozenset({Action.READ_SENT})
# What an addressee, a member or a holder says; the conductor's people record it when it came on paper.
WORDS_OF_OTHERS: Final = frozenset(
    {
        Action.CONFIRM_CONDUCT,
        Action.ANSWER_INVITATION,
        Action.ANSWER_INFORMATION_REQUEST,
        Action.ACKNOWLEDGE_REPORT,
        Action.ANSWER_REPORT,
        Action.AMEND_REPLY,
        Action.ASK_MORE_TIME,
        Action.EXTEND_REPLY_TERM,
        Action.REPORT_IMPLEMENTATION,
        Action.RECORD_CONSIDERATION,
        Action.ADD_EXCERPT,
    }
)
_CONDUCT: Final = (
    _CONTENT
    | WORDS_OF_OTHERS
    | frozenset(
        {
            Action.WITHDRAW_CO_CONDUCTOR,
            Action.BEGIN_COLLECTION,
            Action.RECORD_ACTIVITY,
            Action.COMPLETE_COLLECTION,
            Action.COMPLETE_ANALYSIS,
            Action.COMPLETE_STEP,
            Action.INVITE_MEMBER,
            Action.WITHDRAW_MEMBER,
            Action.RECORD_ORGANISATION_AGREEMENT,
            Action.REQUEST_INFORMATION,
            Action.WITHDRAW_INFORMATION_REQUEST,
            Action.SUBMIT_REPORT,
            Action.DISPATCH_REPORT,
            Action.OMIT_ADDRESSEE,
            Action.RESEND_LETTER,
            Action.RECORD_HAND_DELIVERY,
            Action.EXTEND_DEADLINE,
            Action.REFUSE_EXTENSION,
            Action.PAUSE_DEADLINE,
            Action.RESUME_DEADLINE,
            Action.JUDGE_IMPLEMENTATION,
            Action.SUBMIT_TO_COUNCIL,
            Action.WITHDRAW_FROM_COUNCIL,
            Action.BEGIN_CORRECTION,
            Action.GIVE_UP_CORRECTION,
            Action.CANCEL_MONITORING,
            Action.CLOSE_MONITORING,
            Action.END_FOLLOW_UP,
        }
    )
)
_ANSWERS: Final = _SENT | frozenset(
    {
        Action.ACKNOWLEDGE_REPORT,
        Action.ANSWER_REPORT,
        Action.AMEND_REPLY,
        Action.ASK_MORE_TIME,
        Action.EXTEND_REPLY_TERM,
        Action.REPORT_IMPLEMENTATION,
        Action.HAND_ON_LETTER,
    }
)
_CONSOLIDATES: Final = frozenset(
    {
        Action.READ_CONSOLIDATION,
        Action.REGISTER_PAPER_REPORT,
        Action.CONSIDER_RECEIVED_REPORT,
        Action.COMPLETE_REVIEW_ROUND,
    }
)
_NAMED: Final = frozenset({Action.READ_NAMING, Action.CONFIRM_CONDUCT})
_PROVES: Final = frozenset({Action.READ_ALL, Action.READ_BUNDLE})
_MEMBER: Final = frozenset({Action.READ_AS_MEMBER, Action.COMMENT})
_EVERYBODY: Final = frozenset({Action.READ_PUBLISHED})
_ACCOUNTS: Final = _EVERYBODY | {Action.READ_REGISTRIES, Action.READ_EVENTS}
_STARTERS: Final = _ACCOUNTS | {Action.START_MONITORING}

PERMISSIONS: Final[Mapping[Relation, Mapping[Role, frozenset[Action]]]] = MappingProxyType(
    {
        Relation.CONDUCTOR: {
            Role.ANALYST: _CONDUCT | {Action.DECLARE_CONFLICT},
            Role.HEAD: _CONDUCT
            | _HEADS_ALONE
            | {
                Action.READ_BUNDLE,
                Action.REASSIGN_MONITORING,
                Action.DECLARE_CONFLICT,
                Action.LIFT_CONFLICT,
            },
            Role.WEB_EDITOR: _SENT,
        },
        Relation.STEPPED_ASIDE: {
            Role.ANALYST: frozenset({Action.READ_OWN}),
            Role.HEAD: frozenset({Action.READ_OWN}),
        },
        Relation.COORDINATOR: {Role.ANALYST: frozenset({Action.REASSIGN_MONITORING})},
        Relation.CO_CONDUCTOR: {
            Role.ANALYST: _CONTENT | {Action.RECORD_ACTIVITY, Action.CONFIRM_CONDUCT},
            Role.HEAD: _CONTENT | {Action.RECORD_ACTIVITY, Action.CONFIRM_CONDUCT},
            Role.WEB_EDITOR: _SENT,
        },
        Relation.NAMED: {Role.ANALYST: _NAMED, Role.HEAD: _NAMED},
        Relation.AUTHORIZED_BODY: {
            Role.ANALYST: _SENT | {Action.MARK_CONSIDERED},
            Role.HEAD: _SENT | {Action.MARK_CONSIDERED, Action.PUBLISH_REPORT},
            Role.WEB_EDITOR: _SENT | {Action.PUBLISH_REPORT},
            Role.AUDITOR: _SENT,
        },
        Relation.HEIR: {
            Role.ANALYST: frozenset({Action.READ_OWN}),
            Role.HEAD: frozenset({Action.READ_OWN, Action.TAKE_OVER_MONITORING}),
        },
        Relation.CONSOLIDATOR: {
            Role.ANALYST: _CONSOLIDATES,
            Role.HEAD: _CONSOLIDATES | {Action.READ_BUNDLE},
            Role.AUDITOR: frozenset({Action.READ_CONSOLIDATION}) | _PROVES,
        },
        Relation.ADDRESSEE: {
            Role.AUDITOR: _SENT,
            Role.ANALYST: _ANSWERS | {Action.ATTACH},
            Role.HEAD: _ANSWERS | {Action.ATTACH},
            Role.ADDRESSEE: _ANSWERS | {Action.ATTACH},
        },
        Relation.PARTICIPANT: {
            Role.ANALYST: _MEMBER,
            Role.HEAD: _MEMBER,
            Role.MEMBER: _MEMBER | {Action.ANSWER_INVITATION, Action.WITHDRAW_MEMBER},
            Role.CO_CONDUCTOR: frozenset({Action.CONFIRM_CONDUCT}),
            Role.HOLDER: frozenset({Action.ANSWER_INFORMATION_REQUEST, Action.ATTACH, Action.HAND_ON_LETTER}),
            Role.ADDRESSEE: _ANSWERS | {Action.ATTACH},
            Role.COUNCIL_SECRETARY: _SENT | {Action.RECORD_CONSIDERATION, Action.ADD_EXCERPT, Action.ATTACH},
        },
        Relation.AUDIT: {Role.AUDITOR: _PROVES},
        Relation.OVERSIGHT: {Role.OVERSIGHT: _PROVES},
        Relation.NONE: {
            Role.ANALYST: _STARTERS,
            Role.HEAD: _STARTERS,
            Role.WEB_EDITOR: _ACCOUNTS,
            Role.AUDITOR: _ACCOUNTS | {Action.READ_COMMANDS},
            Role.OVERSIGHT: _ACCOUNTS
            | {Action.READ_COMMANDS, Action.READ_HISTORY, Action.READ_CONSOLIDATION},
            Role.ADMIN: _ACCOUNTS | {Action.WRITE_REGISTRIES, Action.READ_COMMANDS},
            Role.MEMBER: _EVERYBODY,
            Role.ADDRESSEE: _EVERYBODY,
            Role.HOLDER: _EVERYBODY,
            Role.COUNCIL_SECRETARY: _EVERYBODY,
            Role.CO_CONDUCTOR: _EVERYBODY,
        },
    }
)


def may(role: Role, action: Action, relation: Relation) -> bool:
    """Whether a role may do something in a relation. Nothing is allowed that the table does not name."""
    return action in PERMISSIONS[relation].get(role, frozenset())


@cache
def allowed(role: Role, relations: frozenset[Relation]) -> frozenset[Action]:
    """Everything a role may do in any of its relations."""
    return frozenset(action for action in Action if any(may(role, action, r) for r in relations))

"""The vocabulary of letters: their kinds, how they fare, whom they go to, what their links are for."""

from enum import StrEnum


class LetterKind(StrEnum):
    """Every letter the product sends; the same word names template, catalogue keys and page."""

    INVITATION = "invitation"
    INVITATION_REMINDER = "invitation_reminder"
    INVITATION_LAPSED = "invitation_lapsed"
    INVITATION_OVER = "invitation_over"  # the report is approved: nobody is asked for consent any more
    MEMBERSHIP_CONFIRMED = "membership_confirmed"
    APPOINTMENT = "appointment"
    INFORMATION_REQUEST = "information_request"
    INFORMATION_REMINDER = "information_reminder"
    INFORMATION_OVERDUE = "information_overdue"
    INFORMATION_NOT_NEEDED = "information_not_needed"
    APPROVAL_REQUEST = "approval_request"
    REPORT_FOR_CONSIDERATION = "report_for_consideration"
    REPORT_FOR_CONSOLIDATION = "report_for_consolidation"
    REPORT_CORRECTED = "report_corrected"
    ANSWERS_STAND = "answers_stand"  # a correction left all that was said to its reader as it was
    RECEIPT_REMINDER = "receipt_reminder"
    RECEIPT_RECORDED = "receipt_recorded"
    REPLY_TERM_EXTENDED = "reply_term_extended"
    REPLY_REMINDER = "reply_reminder"
    REPLY_OVERDUE = "reply_overdue"
    DEADLINE_EXTENDED = "deadline_extended"
    EXTENSION_REFUSED = "extension_refused"
    ANSWER_CONFIRMATION = "answer_confirmation"
    IMPLEMENTATION_AWAITED = "implementation_awaited"
    IMPLEMENTATION_REMINDER = "implementation_reminder"
    IMPLEMENTATION_OVERDUE = "implementation_overdue"
    IMPLEMENTATION_JUDGED = "implementation_judged"
    FOLLOW_UP_ENDED = "follow_up_ended"
    PUBLICATION_REQUEST = "publication_request"
    COUNCIL_ITEM = "council_item"
    COUNCIL_ITEM_WITHDRAWN = "council_item_withdrawn"
    MONITORING_CANCELLED = "monitoring_cancelled"
    LETTER_NOT_DELIVERED = "letter_not_delivered"
    REPORT_RETURNED = "report_returned"
    NEWS_GATHERED = "news_gathered"
    MONITORING_RESTED = "monitoring_rested"
    LETTER_HANDED_ON = "letter_handed_on"  # to where a letter went before it was handed on
    MONITORING_REASSIGNED = "monitoring_reassigned"  # to whoever coordinates it now, and to whoever did
    CONFLICT_DECLARED = "conflict_declared"
    HEAD_CONFLICT_DECLARED = "head_conflict_declared"  # to the body: another head decides
    CONFLICT_LIFTED = "conflict_lifted"
    DEADLINE_MOVED = "deadline_moved"
    DEADLINE_PAUSED = "deadline_paused"
    DEADLINE_RESUMED = "deadline_resumed"
    DUTY_REMINDER = "duty_reminder"
    DUTY_AT_RISK = "duty_at_risk"
    DUTY_LAST_CALL = "duty_last_call"
    DUTY_BREACHED = "duty_breached"
    DUTY_CORRECTED = "duty_corrected"
    THEMATIC_REMINDER = "thematic_reminder"
    REVIEW_REMINDER = "review_reminder"
    REVIEW_LAST_CALL = "review_last_call"
    REVIEW_LAPSED = "review_lapsed"
    CONDUCT_REQUEST = "conduct_request"
    CONDUCT_ON_LEADS_WORD = "conduct_on_leads_word"
    CO_CONDUCTOR_WITHDRAWN = "co_conductor_withdrawn"
    SUCCESSION_TOLD = "succession_told"  # to whoever came after a body: what that had is its own now


class LetterStatus(StrEnum):
    DUE = "due"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    DELIVERED_BY_HAND = "delivered_by_hand"
    WITHDRAWN = "withdrawn"


class RecipientKind(StrEnum):
    """What a letter's recipient id names."""

    ORGANISATION = "organisation"
    PERSON = "person"
    COUNCIL = "council"
    ACCOUNT = "account"
    HEAD = "head"  # the head of an organisation, by the registry


class Purpose(StrEnum):
    """What a reply link is for; one link serves one purpose of one letter."""

    CONFIRM_CONDUCT = "confirm_conduct"
    ANSWER_INVITATION = "answer_invitation"
    READ_AS_MEMBER = "read_as_member"
    ANSWER_INFORMATION_REQUEST = "answer_information_request"
    ANSWER_REPORT = "answer_report"
    REPORT_IMPLEMENTATION = "report_implementation"
    RECORD_CONSIDERATION = "record_consideration"

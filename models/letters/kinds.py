"""Every letter the product sends, one row each: the one place that says what is true of a kind of letter.

A new letter is its `LetterKind`, its row, its sentences in `locales/` and the event that causes it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.letters.row import FactName, Family, LetterRow, MeetingFile
from models.report.rendition import Rendition
from models.vocabulary.access import Action
from models.vocabulary.letters import LetterKind, Purpose

_JOINT: Final = (FactName.LEAD, FactName.AGREEMENT)
_MEMBER: Final = (FactName.COMMUNITY, FactName.DECISION)
_REPORT: Final = (FactName.VERSION, FactName.GROUND, FactName.ITEMS)
_ANSWERED: Final = (FactName.ANSWERED_AT, FactName.RECORDED_BY, FactName.ANSWER, FactName.ACCEPTED)
_DUTY: Final = (FactName.BODY, FactName.PERIOD)
_ROUND: Final = (FactName.PERIOD, FactName.RECEIVED, FactName.UNCONSIDERED)
# What a body is asked for: a letter about whichever has the link of the letter that asked.
_OF_MATTER: Final = (
    Purpose.ANSWER_INFORMATION_REQUEST,
    Purpose.ANSWER_REPORT,
    Purpose.REPORT_IMPLEMENTATION,
)
_OF_DEADLINE: Final = (Purpose.ANSWER_INVITATION, *_OF_MATTER)

LETTERS: Final[Mapping[LetterKind, LetterRow]] = MappingProxyType(
    {
        # ——— rule 2: joint conduct ———
        LetterKind.CONDUCT_REQUEST: LetterRow(
            asks=Action.CONFIRM_CONDUCT,
            facts=_JOINT,
            link=Purpose.CONFIRM_CONDUCT,
        ),
        LetterKind.CONDUCT_ON_LEADS_WORD: LetterRow(
            asks=Action.CONFIRM_CONDUCT,
            facts=_JOINT,
            link=Purpose.CONFIRM_CONDUCT,
        ),
        LetterKind.CO_CONDUCTOR_WITHDRAWN: LetterRow(facts=(FactName.REASON,)),
        # ——— rule 12: the working group ———
        LetterKind.INVITATION: LetterRow(
            asks=Action.ANSWER_INVITATION,
            facts=_MEMBER,
            link=Purpose.ANSWER_INVITATION,
        ),
        LetterKind.INVITATION_REMINDER: LetterRow(
            asks=Action.ANSWER_INVITATION,
            facts=(FactName.FIRST_LETTER, *_MEMBER),
            link=Purpose.ANSWER_INVITATION,
        ),
        LetterKind.INVITATION_LAPSED: LetterRow(
            asks=Action.ANSWER_INVITATION,
            facts=(FactName.FIRST_LETTER, *_MEMBER),
            link=Purpose.ANSWER_INVITATION,
        ),
        LetterKind.INVITATION_OVER: LetterRow(facts=(*_MEMBER, FactName.STAGE)),
        LetterKind.MEMBERSHIP_CONFIRMED: LetterRow(
            facts=(FactName.ANSWERED_AT, *_MEMBER),
            link=Purpose.READ_AS_MEMBER,
        ),
        LetterKind.APPOINTMENT: LetterRow(
            facts=(FactName.DECISION,),
            link=Purpose.READ_AS_MEMBER,
        ),
        # ——— rules 7, 8: information ———
        LetterKind.INFORMATION_REQUEST: LetterRow(
            asks=Action.ANSWER_INFORMATION_REQUEST,
            facts=(FactName.QUESTION,),
            link=Purpose.ANSWER_INFORMATION_REQUEST,
        ),
        LetterKind.INFORMATION_REMINDER: LetterRow(
            asks=Action.ANSWER_INFORMATION_REQUEST,
            facts=(FactName.FIRST_LETTER, FactName.QUESTION),
            link=Purpose.ANSWER_INFORMATION_REQUEST,
        ),
        LetterKind.INFORMATION_OVERDUE: LetterRow(
            asks=Action.ANSWER_INFORMATION_REQUEST,
            facts=(FactName.FIRST_LETTER, FactName.QUESTION),
            link=Purpose.ANSWER_INFORMATION_REQUEST,
        ),
        LetterKind.INFORMATION_NOT_NEEDED: LetterRow(
            facts=(FactName.QUESTION, FactName.STAGE, FactName.REASON),
        ),
        # ——— rules 15-17, 19, 20: the report ———
        LetterKind.APPROVAL_REQUEST: LetterRow(
            asks=Action.APPROVE_REPORT,
            facts=(FactName.VERSION, FactName.DISCLOSURES),
            to_staff=True,
        ),
        LetterKind.REPORT_FOR_CONSIDERATION: LetterRow(
            asks=Action.ANSWER_REPORT,
            facts=_REPORT,
            link=Purpose.ANSWER_REPORT,
            report=Rendition.FILED,
        ),
        LetterKind.REPORT_FOR_CONSOLIDATION: LetterRow(
            facts=_REPORT,
            link=Purpose.ANSWER_REPORT,
            report=Rendition.FILED,
        ),
        LetterKind.REPORT_CORRECTED: LetterRow(
            asks=Action.ANSWER_REPORT,
            facts=(*_REPORT, FactName.REASON),
            link=Purpose.ANSWER_REPORT,
            report=Rendition.FILED,
        ),
        LetterKind.ANSWERS_STAND: LetterRow(
            facts=(*_REPORT, FactName.REASON),
            link=Purpose.ANSWER_REPORT,
            report=Rendition.FILED,
        ),
        LetterKind.RECEIPT_REMINDER: LetterRow(
            asks=Action.ACKNOWLEDGE_REPORT,
            facts=_REPORT,
            link=Purpose.ANSWER_REPORT,
        ),
        LetterKind.RECEIPT_RECORDED: LetterRow(
            asks=Action.ANSWER_REPORT,
            facts=(FactName.INCOMING, FactName.RECORDED_BY, *_REPORT),
            link=Purpose.ANSWER_REPORT,
        ),
        LetterKind.REPLY_TERM_EXTENDED: LetterRow(
            facts=(FactName.CONSIDERING, FactName.PREVIOUS_DUE, FactName.DECIDED_ON, FactName.REASON),
            to_staff=True,
        ),
        LetterKind.REPLY_REMINDER: LetterRow(
            asks=Action.ANSWER_REPORT,
            facts=(FactName.FIRST_LETTER, *_REPORT),
            link=Purpose.ANSWER_REPORT,
        ),
        LetterKind.REPLY_OVERDUE: LetterRow(
            asks=Action.ANSWER_REPORT,
            facts=(FactName.FIRST_LETTER, *_REPORT),
            link=Purpose.ANSWER_REPORT,
        ),
        LetterKind.ANSWER_CONFIRMATION: LetterRow(
            facts=_ANSWERED,
            may_link=(Purpose.REPORT_IMPLEMENTATION,),
        ),
        LetterKind.PUBLICATION_REQUEST: LetterRow(
            asks=Action.PUBLISH_REPORT,
            facts=(FactName.VERSION, FactName.DISCLOSURES),
            report=Rendition.PUBLIC,
            to_staff=True,
        ),
        # ——— time ———
        LetterKind.DEADLINE_EXTENDED: LetterRow(
            decides=Action.ASK_MORE_TIME,
            facts=(FactName.PREVIOUS_DUE, FactName.REASON, FactName.ACCEPTED),
            may_link=_OF_DEADLINE,
        ),
        LetterKind.EXTENSION_REFUSED: LetterRow(
            decides=Action.ASK_MORE_TIME,
            facts=(FactName.REASON,),
            may_link=_OF_DEADLINE,
        ),
        LetterKind.DEADLINE_MOVED: LetterRow(
            facts=(FactName.PREVIOUS_DUE, FactName.CHANGED_DAYS, FactName.ACCEPTED),
            may_link=_OF_DEADLINE,
            in_bulk=True,
        ),
        LetterKind.DEADLINE_PAUSED: LetterRow(
            facts=(FactName.DAYS_LEFT, FactName.REASON, FactName.ACCEPTED),
            may_link=_OF_DEADLINE,
        ),
        LetterKind.DEADLINE_RESUMED: LetterRow(
            facts=(FactName.ACCEPTED,),
            may_link=_OF_DEADLINE,
        ),
        # ——— what was accepted (beyond the Rules) ———
        LetterKind.IMPLEMENTATION_AWAITED: LetterRow(
            asks=Action.REPORT_IMPLEMENTATION,
            facts=_ANSWERED,
            link=Purpose.REPORT_IMPLEMENTATION,
        ),
        LetterKind.IMPLEMENTATION_REMINDER: LetterRow(
            asks=Action.REPORT_IMPLEMENTATION,
            facts=(FactName.ACCEPTED,),
            link=Purpose.REPORT_IMPLEMENTATION,
        ),
        LetterKind.IMPLEMENTATION_OVERDUE: LetterRow(
            asks=Action.REPORT_IMPLEMENTATION,
            facts=(FactName.ACCEPTED,),
            link=Purpose.REPORT_IMPLEMENTATION,
        ),
        LetterKind.IMPLEMENTATION_JUDGED: LetterRow(
            facts=(FactName.ITEM, FactName.VERDICT, FactName.REASON, FactName.ACCEPTED),
            may_link=(Purpose.REPORT_IMPLEMENTATION,),
        ),
        LetterKind.FOLLOW_UP_ENDED: LetterRow(facts=(FactName.REASON,)),
        # ——— rule 21: councils ———
        LetterKind.COUNCIL_ITEM: LetterRow(
            asks=Action.RECORD_CONSIDERATION,
            facts=(FactName.MEETING,),
            link=Purpose.RECORD_CONSIDERATION,
            report=Rendition.PUBLIC,
            meeting=MeetingFile.PUBLISH,
        ),
        LetterKind.COUNCIL_ITEM_WITHDRAWN: LetterRow(
            facts=(FactName.MEETING, FactName.REASON),
            meeting=MeetingFile.CANCEL,
        ),
        # ——— bodies that come and go (beyond the Rules) ———
        LetterKind.SUCCESSION_TOLD: LetterRow(
            facts=(
                FactName.SUCCESSION_ACT,
                FactName.SUCCESSION_SINCE,
                FactName.PASSED_ON,
                FactName.QUESTION,
                FactName.ITEMS,
                FactName.ACCEPTED,
            ),
            may_link=(Purpose.CONFIRM_CONDUCT, *_OF_MATTER),
        ),
        # ——— the end ———
        LetterKind.MONITORING_CANCELLED: LetterRow(facts=(FactName.REASON,)),
        # ——— letters themselves ———
        LetterKind.LETTER_HANDED_ON: LetterRow(
            facts=(FactName.HANDED_ON_LETTER, FactName.HANDED_ON_TO),
        ),
        LetterKind.LETTER_NOT_DELIVERED: LetterRow(
            family=None,
            facts=(FactName.UNDELIVERED_LETTER, FactName.UNDELIVERED_TO, FactName.UNDELIVERED_WHY),
            to_staff=True,
        ),
        # ——— whoever coordinates (beyond the Rules) ———
        LetterKind.REPORT_RETURNED: LetterRow(facts=(FactName.VERSION, FactName.REASON), to_staff=True),
        LetterKind.NEWS_GATHERED: LetterRow(
            facts=(FactName.STAGE, FactName.NEWS), to_staff=True, informs=True
        ),
        LetterKind.MONITORING_RESTED: LetterRow(
            facts=(FactName.STAGE, FactName.RESTS_SINCE),
            to_staff=True,
            informs=True,
        ),
        LetterKind.MONITORING_REASSIGNED: LetterRow(
            facts=(FactName.COORDINATOR, FactName.FORMER_COORDINATOR, FactName.STAGE, FactName.REASON),
            to_staff=True,
        ),
        LetterKind.CONFLICT_DECLARED: LetterRow(
            facts=(FactName.STEPPED_ASIDE, FactName.STAGE, FactName.REASON),
            to_staff=True,
        ),
        LetterKind.HEAD_CONFLICT_DECLARED: LetterRow(
            facts=(FactName.STEPPED_ASIDE, FactName.STAGE, FactName.REASON),
            to_staff=True,
        ),
        LetterKind.CONFLICT_LIFTED: LetterRow(facts=(FactName.STAGE, FactName.REASON), to_staff=True),
        # ——— rule 13: duties ———
        LetterKind.DUTY_REMINDER: LetterRow(family=Family.DUTY, facts=_DUTY),
        LetterKind.DUTY_AT_RISK: LetterRow(family=Family.DUTY, facts=_DUTY),
        LetterKind.DUTY_LAST_CALL: LetterRow(family=Family.DUTY, facts=_DUTY),
        LetterKind.DUTY_BREACHED: LetterRow(family=Family.DUTY, facts=_DUTY),
        LetterKind.DUTY_CORRECTED: LetterRow(family=Family.DUTY, facts=_DUTY),
        LetterKind.THEMATIC_REMINDER: LetterRow(family=Family.DUTY, facts=_DUTY),
        # ——— rules 17, 18: the review of reports ———
        LetterKind.REVIEW_REMINDER: LetterRow(family=Family.REVIEW, facts=_ROUND),
        LetterKind.REVIEW_LAST_CALL: LetterRow(family=Family.REVIEW, facts=_ROUND),
        LetterKind.REVIEW_LAPSED: LetterRow(family=Family.REVIEW, facts=_ROUND),
    }
)

"""Under which paragraph of the Rules each event happens; docs/architecture.md tells the same by commands.

An event that is not here is beyond the Rules: replies and their dates, letters' fates, the ends.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GROUP: Final = ("12",)
INFORMATION: Final = ("7", "8")
DISPATCH: Final = ("17", "20", "A7")

RULES_OF_EVENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "monitoring_started": ("2", "3", "5", "9", "10", "11", "14"),
        **dict.fromkeys(
            ("co_conductor_named", "conduct_confirmed", "conduct_declined", "co_conductor_withdrawn"), ("2",)
        ),
        "collection_begun": ("8",),
        "activity_recorded": ("8",),
        "collection_completed": ("7", "8"),
        "analysis_completed": ("8",),
        "step_completed": ("14",),
        "working_group_created": GROUP,
        "member_appointed": GROUP,
        "member_invited": GROUP,
        "invitation_answered": GROUP,
        "member_withdrawn": GROUP,
        "organisation_agreement_recorded": GROUP,
        "information_requested": INFORMATION,
        "information_request_answered": INFORMATION,
        "information_request_withdrawn": INFORMATION,
        "report_submitted": ("15", "annex"),
        "report_rendered": ("annex",),
        "report_returned": ("15",),
        "report_approved": ("15", "16", "A10"),
        "correction_begun": ("A12",),
        "correction_given_up": ("A12",),
        "report_dispatched": DISPATCH,
        "addressee_omitted": ("17", "20"),
        "report_published": ("19", "A8", "A11"),
        "submitted_to_council": ("21",),
        "consideration_recorded": ("21",),
        "excerpt_added": ("21",),
        "withdrawn_from_council": ("21",),
        "report_considered": ("18",),
        "authorized_body_changed": ("2", "17", "18", "19"),
        **dict.fromkeys(
            (
                "duty_begun",
                "duty_briefed",
                "duty_period_begun",
                "monitoring_counted",
                "duty_fulfilled",
                "duty_period_ended",
                "duty_breached",
                "duty_corrected",
                "duty_ended",
            ),
            ("13",),
        ),
        "counted_report_published": ("13", "19"),
        "report_received": ("17",),
        "paper_report_registered": ("17",),
        "received_report_considered": ("18",),
        **dict.fromkeys(
            ("consolidation_begun", "consolidation_briefed", "consolidation_ended"), ("17", "18")
        ),
        **dict.fromkeys(("review_round_begun", "review_round_completed", "review_round_ended"), ("18", "A4")),
    }
)
# A letter leaves under the rule of what caused it: an invitation under rule 12, a report under 17 or 20.
AS_THEIR_CAUSE: Final = frozenset(
    {"letter_sent", "letter_undelivered", "letter_resent", "hand_delivery_recorded"}
)


def rules_of(event: str, cause: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs of one line; `cause` are those of the line it follows from."""
    return cause if event in AS_THEIR_CAUSE else RULES_OF_EVENTS.get(event, ())

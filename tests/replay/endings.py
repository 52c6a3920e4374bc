"""The ways in which a run of a workflow ends: each must stay replayable for as long as histories are kept."""

from enum import StrEnum


class Ending(StrEnum):
    """One captured history per ending; the file in `histories/` bears its name."""

    FOLLOW_UP_ENDED = "follow_up_ended"  # closed, and a person ended the follow-up
    FOLLOW_UP_RAN_OUT = "follow_up_ran_out"  # closed, and the agenda ended it
    CORRECTED = "corrected"  # comprehensive, with a working group and a correction (A12)
    STEPS_TAKEN = "steps_taken"  # of an other subject, by rule 14's steps
    CANCELLED = "cancelled"  # before approval
    ARCHIVED = "archived"  # the archiving of a closed run
    CONTINUED_AS_NEW = "continued_as_new"  # the server called the history long
    DUTY_YEAR_OVER = "duty_year_over"  # a duty's year ended, the next run goes on
    DUTY_ENDED = "duty_ended"  # the body that owed is no more
    FOLLOWED_UP = "followed_up"  # accepted items were reported and judged, beyond the Rules
    TELLS_DUTIES = "tells_duties"  # not an end: since the change «tells-duties» an approval tells the duty
    REVIEW_ROUND_OVER = "review_round_over"  # a review round ended, the next run goes on
    CONSOLIDATION_ENDED = "consolidation_ended"  # another body is the authorized one
    TELLS_CONSOLIDATION = "tells_consolidation"  # not an end: since the change «tells-consolidation»
    TELLS_LAPSES = "tells_lapses"  # not an end: who let an invitation or a request pass is written to
    TELLS_UNDELIVERED = "tells_undelivered"  # not an end: of a letter that could not be delivered
    TELLS_COORDINATORS = "tells_coordinators"  # not an end: coordinators are told, rests are reminded of
    BODIES_PASSED_ON = "bodies_passed_on"  # not an end: the office and an addressee have successors
    TELLS_SUCCESSORS = "tells_successors"  # not an end: whoever came after an addressee is written to
    INBOX_KEPT_APART = "inbox_kept_apart"  # not an end: one that remembered its inbox goes on with its list
    TELLS_ASKED = "tells_asked"  # not an end: who was asked in vain is told with the approval
    TELLS_RETURNED = "tells_returned"  # not an end: whoever coordinates is told of a report given back
    HANDED_OVER = "handed_over"  # cancelled, after another account came to coordinate it
    CONFIRMS_TO_COLLEAGUES = (
        "confirms_to_colleagues"  # cancelled; a colleague answered by a letter handed on, and hears so
    )
    TELLS_CORRECTIONS = (
        "tells_corrections"  # a duty's year in which an earlier one was corrected, and told of
    )

"""Letters of no proceeding: what they bring, and what became of one. They have no number and no journal."""

from enum import StrEnum


class ServiceLetterKind(StrEnum):
    """What such a letter brings."""

    ALERTS_ASKED = "alerts_asked"  # to whoever is said to want alerts: nothing comes unless that is confirmed
    REPORTS_PUBLISHED = "reports_published"  # what was published since and is found by somebody's search
    NEWS_DIGEST = "news_digest"  # what only informs, of several monitorings, for whoever wants it gathered
    ACCOUNT_OPENED = "account_opened"  # to whoever can sign in from now on, or in another role
    HEAD_BESIDE = "head_beside"  # to a head whose body has another head from now on, by an act
    DEPUTY_NAMED = "deputy_named"  # to whoever is stood in for, and to the deputy
    DEPUTY_ENDED = "deputy_ended"  # likewise, where it was ended before its last day


class ServiceLetterOutcome(StrEnum):
    """What became of a letter that was to be sent."""

    WAITS = "waits"
    SENT = "sent"
    NOBODY = "nobody"  # nobody is to be written to any more: nothing was sent
    WITHHELD = "withheld"  # that mailbox was written to often enough for a day
    REFUSED = "refused"  # the mail server refused the address for good
    GIVEN_UP = "given_up"  # the mail server took it in none of the tries
    RETURNED = "returned"  # sent, and reported undeliverable afterwards

"""What a public text, or a file behind it, may tell of people that nobody meant to publish."""

from enum import StrEnum


class DisclosureKind(StrEnum):
    """What was found at a place. None of it is removed by itself: whoever approves or publishes decides."""

    IIN = "iin"  # an individual identification number; a body's BIN is public
    POSSIBLE_IIN = "possible_iin"  # called one, and its digits are none: one of them may be mistyped
    PHONE = "phone"
    EMAIL = "email"
    AUTHOR = "author"  # whoever wrote a file, in its metadata or as the author of a change
    COMMENT = "comment"
    TRACKED_CHANGE = "tracked_change"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_TEXT = "hidden_text"
    EMBEDDED_FILE = "embedded_file"
    UNREADABLE = "unreadable"  # a file into which the check could not look

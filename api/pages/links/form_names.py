"""The forms behind links, by the names in their addresses."""

from enum import StrEnum

from models.letters.purposes import MAIN_FORM


class FormName(StrEnum):
    """A form behind a link; all but the main one have an address part of their own."""

    ANSWER = MAIN_FORM
    RECEIPT = "receipt"
    AMENDMENT = "amendment"
    MORE_TIME = "more-time"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    EXCERPT = "excerpt"
    COMMENT = "comment"
    HANDING_ON = "handing-on"

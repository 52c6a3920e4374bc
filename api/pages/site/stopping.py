"""Why a page cannot be shown or a form cannot be taken, in words for the one who opened it."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class StopKind(StrEnum):
    """`page.stop.<kind>.title` and `.text` in the catalogues."""

    INVALID = "invalid"  # forged, unknown, for something else: one answer for all, so that nothing is learned
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    ENDED = "ended"
    NOT_MEMBER = "not_member"
    NOT_FOUND = "not_found"
    NO_DAY = "no_day"  # in `?on=`, of a page as it was
    DAY_AHEAD = "day_ahead"
    DAY_BEFORE = "day_before"  # before there was anything
    DAY_UNTOLD = "day_untold"  # the journal cannot be read that far
    NOT_YET_PUBLISHED = "not_yet_published"  # on that day
    NO_VERSION = "no_version"  # of a published report
    NOT_ALLOWED = "not_allowed"
    STEPPED_ASIDE = "stepped_aside"
    ADMINISTRATORS = "administrators"  # it is theirs to keep
    FOREIGN_ORIGIN = "foreign_origin"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    SIGNED_OUT = "signed_out"
    UNREADABLE = "unreadable"
    UNAVAILABLE = "unavailable"
    UNDER_REPAIR = "under_repair"
    FAULT = "fault"


STATUS: Final = {
    StopKind.INVALID: HTTPStatus.NOT_FOUND,
    StopKind.EXPIRED: HTTPStatus.GONE,
    StopKind.SUPERSEDED: HTTPStatus.GONE,
    StopKind.WITHDRAWN: HTTPStatus.GONE,
    StopKind.CANCELLED: HTTPStatus.GONE,
    StopKind.ENDED: HTTPStatus.GONE,
    StopKind.NOT_MEMBER: HTTPStatus.GONE,
    StopKind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    StopKind.NO_DAY: HTTPStatus.BAD_REQUEST,
    StopKind.DAY_AHEAD: HTTPStatus.NOT_FOUND,
    StopKind.DAY_BEFORE: HTTPStatus.NOT_FOUND,
    StopKind.DAY_UNTOLD: HTTPStatus.CONFLICT,
    StopKind.NOT_YET_PUBLISHED: HTTPStatus.NOT_FOUND,
    StopKind.NO_VERSION: HTTPStatus.NOT_FOUND,
    StopKind.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    StopKind.STEPPED_ASIDE: HTTPStatus.FORBIDDEN,
    StopKind.ADMINISTRATORS: HTTPStatus.FORBIDDEN,
    StopKind.FOREIGN_ORIGIN: HTTPStatus.FORBIDDEN,
    StopKind.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    StopKind.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    StopKind.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    StopKind.SIGNED_OUT: HTTPStatus.UNAUTHORIZED,
    StopKind.UNREADABLE: HTTPStatus.BAD_REQUEST,
    StopKind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    StopKind.UNDER_REPAIR: HTTPStatus.SERVICE_UNAVAILABLE,
    StopKind.FAULT: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Contact(Model):
    """Who conducts the monitoring, and where to write to; `reached` is another body that answers."""

    name: str
    reached: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


class Elsewhere(Exception):
    """Ends a request with the way to another page of this site."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Stopped(Exception):
    """Ends a request with a plain page. `contact` is shown where the one who opened it may know of it, `said`
    fills its sentences, `back` leads to the page as it is today."""

    def __init__(
        self,
        kind: StopKind,
        *,
        language: Language | None = None,
        contact: Contact | None = None,
        number: str = "",
        reason: str = "",
        back: str = "",
        said: Mapping[str, str] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.language = language
        self.contact = contact
        self.number = number
        self.reason = reason
        self.back = back
        self.said = said or {}
        self.retry_after = retry_after

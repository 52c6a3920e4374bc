"""Problems (RFC 9457): how every refusal and error of the API looks, and what may go wrong in it."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from models.vocabulary.refusal import Refusal

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:monitoring:problem:"


class ProblemCode(StrEnum):
    """What can go wrong in the API itself; the rules' refusals have codes of their own."""

    NOT_AUTHENTICATED = "not_authenticated"
    FORBIDDEN = "forbidden"
    STEPPED_ASIDE = "stepped_aside"
    SCOPE_MISSING = "scope_missing"
    SCOPE_WIDER = "scope_wider"
    ACCOUNT_UNKNOWN = "account_unknown"
    WEBHOOK_ADDRESS_UNUSABLE = "webhook_address_unusable"
    WEBHOOK_ADDRESS_INSIDE = "webhook_address_inside"
    WEBHOOK_KEY_MISSING = "webhook_key_missing"
    WEBHOOK_NOT_ACTIVE = "webhook_not_active"
    FILE_FORMAT_NOT_MADE = "file_format_not_made"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    MONITORING_UNKNOWN = "monitoring_unknown"
    ITEM_UNKNOWN = "item_unknown"
    SOURCE_UNKNOWN = "source_unknown"
    ITEM_EXISTS = "item_exists"
    ORGANISATION_UNKNOWN = "organisation_unknown"
    ORGANISATION_GONE = "organisation_gone"
    ORGANISATION_SUCCEEDED = "organisation_succeeded"
    PERSON_UNKNOWN = "person_unknown"
    COUNCIL_UNKNOWN = "council_unknown"
    SPHERE_UNKNOWN = "sphere_unknown"
    ATTACHMENT_UNKNOWN = "attachment_unknown"
    REGISTRY_NOT_READY = "registry_not_ready"
    MALFORMED = "malformed"
    INVALID = "invalid"
    BAD_CURSOR = "bad_cursor"
    KEY_REUSED = "key_reused"
    SIGNATURE_ATTACHED = "signature_attached"
    REVISION_REQUIRED = "revision_required"
    REVISION_CHANGED = "revision_changed"
    CONTENT_CLOSED = "content_closed"
    VERSION_NOT_LATER = "version_not_later"
    LAST_DAY_TOO_EARLY = "last_day_too_early"
    EDITION_EXISTS = "edition_exists"
    CALENDAR_EDITION_UNKNOWN = "calendar_edition_unknown"
    CALENDAR_CHANGED_MEANWHILE = "calendar_changed_meanwhile"
    CALENDAR_COUNT_AMBIGUOUS = "calendar_count_ambiguous"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    OWN_BODY_NOT_FIRST = "own_body_not_first"
    OWN_BODY_NOT_CONDUCTING = "own_body_not_conducting"
    CODE_TAKEN = "code_taken"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    NOT_ON_OWN_BEHALF = "not_on_own_behalf"
    AUTHORITY_IN_FUTURE = "authority_in_future"
    DAY_TO_COME = "day_to_come"
    MOMENT_TO_COME = "moment_to_come"
    TOLD_BEFORE_NOTICED = "told_before_noticed"
    DAYS_BACKWARDS = "days_backwards"
    CORRECTION_WITHOUT_REASON = "correction_without_reason"
    NOTHING_CHANGED = "nothing_changed"
    GRANT_WITHOUT_ACT = "grant_without_act"
    HEAD_WITHOUT_ACT = "head_without_act"
    GRANT_BEFORE_THE_RULES = "grant_before_the_rules"
    OWN_ACCOUNT = "own_account"
    OPEN_MATTERS = "open_matters"
    ACCOUNT_OF_ANOTHER = "account_of_another"
    CONFLICTING_RECORD = "conflicting_record"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    TOO_MANY = "too_many"
    WORK_NOT_READY = "work_not_ready"
    FILE_TYPE = "file_type"
    FILE_CONTENT = "file_content"
    FILE_MACROS = "file_macros"
    IMPORT_UNREADABLE = "import_unreadable"
    IMPORT_TOO_LARGE = "import_too_large"
    IMPORT_NO_FEED = "import_no_feed"
    IMPORT_EMPTY = "import_empty"
    IMPORT_TOO_MANY_ROWS = "import_too_many_rows"
    IMPORT_TOO_MANY_COLUMNS = "import_too_many_columns"
    IMPORT_NO_COLUMN = "import_no_column"
    IMPORT_COLUMN_TWICE = "import_column_twice"
    IMPORT_SHEET_UNKNOWN = "import_sheet_unknown"
    IMPORT_ROWS_WRONG = "import_rows_wrong"
    IMPORT_NOTHING_NEW = "import_nothing_new"
    IMPORT_UNKNOWN = "import_unknown"
    IMPORT_WITHDRAWN = "import_withdrawn"
    IMPORT_PINNED = "import_pinned"
    IMPORT_CITED = "import_cited"
    COMMAND_UNKNOWN_OUTCOME = "command_unknown_outcome"
    BUSY = "busy"
    REPLY_AMENDED_MEANWHILE = "reply_amended_meanwhile"
    UNAVAILABLE = "unavailable"
    UNDER_REPAIR = "under_repair"
    SIGNING_KEY_MISSING = "signing_key_missing"
    HISTORY_LOST = "history_lost"
    MONITORING_ENDED = "monitoring_ended"
    PAYLOAD_UNREADABLE = "payload_unreadable"
    REFUSED = "refused"
    HISTORY_GONE = "history_gone"
    INTERNAL = "internal"


class Pointer(BaseModel):
    """One field that is wrong: a JSON pointer into the body, or the name of a parameter."""

    pointer: str = Field(examples=["/studied_from"])
    detail: str = Field(examples=["Күнді 2026-11-23 түрінде көрсетіңіз."])


class FieldFault(BaseModel):
    """One field that is wrong, before it is put into words: `field.<key>`, else `problem.<key>`."""

    pointer: str
    key: str
    params: dict[str, str] = {}


class Reason(BaseModel):
    """One of several reasons for a refusal."""

    code: str = Field(examples=["no_source"])
    rule: str = Field(default="", examples=["7"])
    detail: str = Field(examples=["Бірде-бір ақпарат көзі көрсетілмеген."])
    params: dict[str, str] = {}


class Problem(BaseModel):
    """RFC 9457 problem details. `code` is for programs, `detail` for people (kk, ru or en)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["urn:monitoring:problem:comprehensive_by_other_subject"])
    title: str = Field(examples=["Бас тартылды"])
    status: int = Field(examples=[422])
    code: str = Field(examples=["comprehensive_by_other_subject"])
    rule: str = Field(default="", description="The paragraph of the Rules it rests on.", examples=["10"])
    detail: str = Field(examples=["Кешенді мониторингті уәкілетті орган және оның бөлімшелері жүргізеді."])
    problems: tuple[Reason, ...] = Field(default=(), description="Every reason, when there are several.")
    errors: tuple[Pointer, ...] = Field(default=(), description="The fields that are wrong.")
    instance: str | None = Field(default=None, description="The id under which an internal error was logged.")


class Failed(Exception):
    """Raised anywhere in the API: one status, one or more reasons. `api/http/problems.py` renders it."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        *,
        headers: Mapping[str, str] | None = None,
        refusals: tuple[Refusal, ...] = (),
        faults: tuple[FieldFault, ...] = (),
        instance: str | None = None,
        params: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.refusals = refusals or (Refusal(code=code, params=dict(params or {})),)
        self.headers = dict(headers or {})
        self.faults = faults
        self.instance = instance


def not_found(code: ProblemCode = ProblemCode.NOT_FOUND, **params: str) -> Failed:
    """404: there is no such thing, or not for this reader."""
    return Failed(HTTPStatus.NOT_FOUND, code, params=params)


def invalid(code: str, pointer: str = "", fault: str = "", **params: str) -> Failed:
    """422: what was sent is wrong in itself. `fault` says more of the field than `code`."""
    faults = (FieldFault(pointer=pointer, key=fault or code, params=params),) if pointer else ()
    return Failed(HTTPStatus.UNPROCESSABLE_ENTITY, code, faults=faults, params=params)


def conflict(code: str, **params: str) -> Failed:
    """409: as things stand it cannot be done."""
    return Failed(HTTPStatus.CONFLICT, code, params=params)


def too_large(limit: int) -> Failed:
    """413: more than `limit` bytes."""
    params = {"bytes": str(limit)}
    return Failed(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ProblemCode.TOO_LARGE, params=params)


def too_slow() -> Failed:
    """408: what was announced did not come in its time."""
    return Failed(HTTPStatus.REQUEST_TIMEOUT, ProblemCode.TOO_SLOW)


def too_many(retry_after: int) -> Failed:
    """429: too much at once, or too often; send the same request again after `retry_after` seconds."""
    headers = {"Retry-After": str(retry_after)}
    params = {"seconds": str(retry_after)}
    return Failed(HTTPStatus.TOO_MANY_REQUESTS, ProblemCode.TOO_MANY, headers=headers, params=params)


def unavailable(code: ProblemCode, retry_after: int) -> Failed:
    """503: nothing is half done; send the same request again after `retry_after` seconds."""
    headers = {"Retry-After": str(retry_after)}
    return Failed(HTTPStatus.SERVICE_UNAVAILABLE, code, headers=headers)


_DESCRIPTIONS: Final = {
    400: "What was sent cannot be read (`malformed`): not UTF-8, or broken off.",
    401: "No token, or one that is unknown, expired or revoked.",
    403: "The caller sees it but may not do this.",
    404: "No such thing, or not for this caller.",
    408: "What was announced did not come in its time (`too_slow`).",
    409: "The monitoring as it stands does not allow it (`code` and `rule` say why), "
    "or the Idempotency-Key was used for something else.",
    412: "Somebody changed it meanwhile: `If-Match` names an old revision.",
    413: "Larger than allowed.",
    415: "Files of this type are not taken.",
    422: "What was sent is wrong in itself: a field (`errors`), a rule (`code`, `rule`, `problems`), "
    "or it is not JSON (`malformed`).",
    428: "`If-Match` with the known revision is required to change what exists.",
    429: "Too much at once, or too often: send the same request again after `Retry-After` seconds.",
    503: "Not decided in time, or a part is down. Send the same request with the same Idempotency-Key "
    "after `Retry-After` seconds: it happens once.",
}


def documented(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The `responses` of a route, for the OpenAPI document."""
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }

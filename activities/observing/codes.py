"""What the programs say in their logs: a code for machines, a sentence for people (docs/operations.md, Logs).

A sentence has places for the fields of `activities.observing.logs:Fields` and for nothing else: ids, counts,
kinds of faults. No name, no address, no text of anybody stands in a log.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class LogCode(StrEnum):
    # the API
    REQUEST_ANSWERED = "request_answered"
    COMMAND_CONCLUDED = "command_concluded"
    INTERNAL_ERROR = "internal_error"
    PAGE_FAILED = "page_failed"
    DATABASE_AWAY = "database_away"
    FILE_NOT_LOOKED_INTO = "file_not_looked_into"
    # signing in
    PROVIDER_MISDESCRIBED = "provider_misdescribed"
    PROVIDER_AWAY = "provider_away"
    PROVIDER_UNREADABLE = "provider_unreadable"
    PROVIDER_NOT_BELIEVED = "provider_not_believed"
    SIGN_IN_LETTER_SETTLED = "sign_in_letter_settled"
    SIGN_IN_LETTER_FAILED = "sign_in_letter_failed"
    SIGN_IN_LETTERS_WAIT = "sign_in_letters_wait"
    # letters of no proceeding
    SERVICE_LETTER_SETTLED = "service_letter_settled"
    SERVICE_LETTER_FAILED = "service_letter_failed"
    SERVICE_LETTERS_WAIT = "service_letters_wait"
    # workers
    WORKING = "working"
    STOPPING_TOO_LONG = "stopping_too_long"
    TEMPORAL_AWAY = "temporal_away"
    TEMPORAL_OF_ANOTHER_RELEASE = "temporal_of_another_release"
    RETENTION_TOO_SHORT = "retention_too_short"
    LETTER_HANDLED = "letter_handled"
    # keepers
    CALENDAR_TOLD = "calendar_told"
    CALENDAR_LATE = "calendar_late"
    DUTIES_TOLD = "duties_told"
    DUTIES_LATE = "duties_late"
    SUCCESSIONS_TOLD = "successions_told"
    SUCCESSIONS_LATE = "successions_late"
    DRAFTS_KEPT_TOO_LONG = "drafts_kept_too_long"
    MADE_FILES_KEPT_TOO_LONG = "made_files_kept_too_long"
    MADE_FILES_NOT_SAID = "made_files_not_said"
    ALERTS_LATE = "alerts_late"
    DIGESTS_LATE = "digests_late"
    TOKENS_LATE = "tokens_late"
    WEBHOOKS_LATE = "webhooks_late"
    WEBHOOK_DISABLED = "webhook_disabled"
    SCHEDULED_FILE = "scheduled_file"
    SCHEDULED_FILE_FAILED = "scheduled_file_failed"
    SCHEDULED_FILES_LATE = "scheduled_files_late"
    HEARTBEAT_LATE = "heartbeat_late"
    PACE_UNCHANGED = "pace_unchanged"
    COMMANDS_SETTLED = "commands_settled"
    COMMANDS_UNSETTLED = "commands_unsettled"
    ARCHIVE_LATE = "archive_late"
    STORES_DISAGREE = "stores_disagree"
    STORES_NOT_COMPARED = "stores_not_compared"
    MOMENT_MISSED = "moment_missed"
    MOMENT_CAUGHT_UP = "moment_caught_up"
    MOMENTS_NOT_LOOKED_AT = "moments_not_looked_at"
    # mail that comes back
    TAKING_MAIL = "taking_mail"
    MAIL_KEPT = "mail_kept"
    MAIL_NOT_KEPT = "mail_not_kept"
    MAIL_DOOR_FAILED = "mail_door_failed"
    # watching itself
    METRICS_SERVED = "metrics_served"
    METRICS_NOT_SERVED = "metrics_not_served"
    NOT_MEASURED = "not_measured"
    # what a library says
    LIBRARY = "library"


SAID: Final[Mapping[LogCode, str]] = {
    LogCode.REQUEST_ANSWERED: "{method} {route}: {status} after {milliseconds} ms",
    LogCode.COMMAND_CONCLUDED: "the command {command} {outcome}",
    LogCode.INTERNAL_ERROR: "internal error {instance}: {fault} at {place}",
    LogCode.PAGE_FAILED: "a page failed: {fault} at {place}",
    LogCode.DATABASE_AWAY: "the database does not answer: {fault}",
    LogCode.FILE_NOT_LOOKED_INTO: "a file could not be looked into: {fault}",
    LogCode.PROVIDER_MISDESCRIBED: "the provider's own description is of another issuer, or names unsafe "
    "addresses",
    LogCode.PROVIDER_AWAY: "the provider does not answer: {fault}",
    LogCode.PROVIDER_UNREADABLE: "the provider answers something else than a {expected}",
    LogCode.PROVIDER_NOT_BELIEVED: "the provider's word was not believed: {claim}",
    LogCode.SIGN_IN_LETTER_SETTLED: "sign-in letter {letter} {outcome}: {answer}",
    LogCode.SIGN_IN_LETTER_FAILED: "a sign-in letter failed: {fault} at {place}",
    LogCode.SIGN_IN_LETTERS_WAIT: "sign-in letters wait: {fault}",
    LogCode.SERVICE_LETTER_SETTLED: "service letter {letter} {outcome}: {answer}",
    LogCode.SERVICE_LETTER_FAILED: "a service letter failed: {fault} at {place}",
    LogCode.SERVICE_LETTERS_WAIT: "service letters wait: {fault}",
    LogCode.WORKING: "working on {queues}",
    LogCode.STOPPING_TOO_LONG: "the workers do not stop; left as they are, another worker goes on",
    LogCode.TEMPORAL_AWAY: "Temporal does not answer yet; trying again",
    LogCode.TEMPORAL_OF_ANOTHER_RELEASE: "Temporal is {outcome} than this program was tried with: {reason}, "
    "not {expected}",
    LogCode.RETENTION_TOO_SHORT: "{reason}",
    LogCode.LETTER_HANDLED: "letter {letter} of {mark}: {answer}",
    LogCode.CALENDAR_TOLD: "calendar {edition}: {count} proceedings told",
    LogCode.CALENDAR_LATE: "the calendar could not be brought to everybody yet",
    LogCode.DUTIES_TOLD: "duties: {count} told, consolidation: {heard} told",
    LogCode.DUTIES_LATE: "the duties could not all be told yet",
    LogCode.SUCCESSIONS_TOLD: "successions: {count} monitorings told",
    LogCode.SUCCESSIONS_LATE: "not every monitoring could be told of its bodies yet",
    LogCode.DRAFTS_KEPT_TOO_LONG: "old drafts could not be deleted yet",
    LogCode.MADE_FILES_KEPT_TOO_LONG: "files that nobody fetched could not be deleted yet",
    LogCode.MADE_FILES_NOT_SAID: "how far a file is could not be written: {fault}",
    LogCode.ALERTS_LATE: "alerts of published reports could not be prepared yet",
    LogCode.DIGESTS_LATE: "what is gathered could not be told yet",
    LogCode.TOKENS_LATE: "nobody could be told of tokens yet: {fault}",
    LogCode.WEBHOOKS_LATE: "deliveries could not be begun yet: {fault}",
    LogCode.WEBHOOK_DISABLED: "webhook {reason} disabled: nothing is taken there",
    LogCode.SCHEDULED_FILE: "scheduled file {reason}: {outcome}",
    LogCode.SCHEDULED_FILE_FAILED: "scheduled file {reason} could not be made: {fault}",
    LogCode.SCHEDULED_FILES_LATE: "scheduled files wait: {fault}",
    LogCode.HEARTBEAT_LATE: "no sign of life could be written: the database does not answer",
    LogCode.PACE_UNCHANGED: "the pace of letters stays as it was: the database does not answer",
    LogCode.COMMANDS_SETTLED: "commands: of {count} it is known now what became of them",
    LogCode.COMMANDS_UNSETTLED: "commands could not be settled yet",
    LogCode.ARCHIVE_LATE: "closed runs could not be looked for: {fault}",
    LogCode.STORES_DISAGREE: "stores disagree: {workflow_id}, {fault} from entry {seq}",
    LogCode.STORES_NOT_COMPARED: "the stores could not be compared: {fault}",
    LogCode.MOMENT_MISSED: "a moment was missed: {workflow_id}, {fault}, due {due}",
    LogCode.MOMENT_CAUGHT_UP: "a missed moment was caught up: {workflow_id}",
    LogCode.MOMENTS_NOT_LOOKED_AT: "missed moments could not be looked for: {fault}",
    LogCode.TAKING_MAIL: "taking mail for {domain} at {address}",
    LogCode.MAIL_KEPT: "a message is kept: {outcome}",
    LogCode.MAIL_NOT_KEPT: "a message is not kept yet: {fault}",
    LogCode.MAIL_DOOR_FAILED: "the door failed: {fault} at {place}",
    LogCode.METRICS_SERVED: "metrics at {address}",
    LogCode.METRICS_NOT_SERVED: "no metrics: {address} cannot be listened at ({fault})",
    LogCode.NOT_MEASURED: "the database could not be measured: {fault}",
}
"""What a library says has its own words, so `library` has none here."""

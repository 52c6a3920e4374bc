"""What of people is kept where, how long, and what ends it. The terms are the product's own; what is due is
erased by an order (`python -m operate erase`)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.vocabulary.base import Model


class Held(StrEnum):
    """What is kept. `term.held.<what>`; why, `page.personal_data.why.<what>`."""

    PERSON_CONTACTS = "person_contacts"
    SESSIONS = "sessions"
    SIGN_IN_LINKS = "sign_in_links"
    SIGN_IN_LETTERS = "sign_in_letters"
    PROVIDER_VISITS = "provider_visits"
    UNCONFIRMED_ALERTS = "unconfirmed_alerts"
    SERVICE_LETTERS = "service_letters"
    GATHERED_LETTERS = "gathered_letters"
    DRAFTS = "drafts"
    ALERTS = "alerts"
    NAMES = "names"
    PROCEEDINGS = "proceedings"
    CONTENT = "content"
    LETTERS = "letters"
    RECEIVED_MAIL = "received_mail"
    LOGS = "logs"


class Ending(StrEnum):
    """What ends the keeping. `term.ending.<ending>`."""

    BY_ORDER = "by_order"  # by the operator's command, which names the order
    BY_ITSELF = "by_itself"  # after its days; the command erases what waits for that, too
    BY_ITS_PERSON = "by_its_person"
    NEVER = "never"


class Retention(Model):
    """In which tables it is, what ends it, and after how many days (none: at once, or as it is set)."""

    tables: tuple[str, ...]
    ending: Ending
    days: int | None = None


RETENTION: Final[Mapping[Held, Retention]] = MappingProxyType(
    {
        Held.PERSON_CONTACTS: Retention(tables=("people", "commands"), ending=Ending.BY_ORDER, days=365),
        Held.SESSIONS: Retention(tables=("sessions",), ending=Ending.BY_ITSELF, days=7),
        Held.SIGN_IN_LINKS: Retention(tables=("sign_in_links",), ending=Ending.BY_ITSELF, days=7),
        Held.SIGN_IN_LETTERS: Retention(tables=("sign_in_letters",), ending=Ending.BY_ITSELF, days=7),
        Held.PROVIDER_VISITS: Retention(tables=("provider_visits",), ending=Ending.BY_ITSELF, days=1),
        Held.UNCONFIRMED_ALERTS: Retention(tables=("alert_subscriptions",), ending=Ending.BY_ITSELF),
        Held.SERVICE_LETTERS: Retention(tables=("service_letters",), ending=Ending.BY_ITSELF, days=90),
        Held.GATHERED_LETTERS: Retention(tables=("gathered_letters",), ending=Ending.BY_ITSELF, days=30),
        Held.DRAFTS: Retention(tables=("drafts", "draft_files"), ending=Ending.BY_ITSELF),
        Held.ALERTS: Retention(tables=("alert_subscriptions",), ending=Ending.BY_ITS_PERSON),
        Held.NAMES: Retention(tables=("people", "accounts", "tokens"), ending=Ending.NEVER),
        Held.PROCEEDINGS: Retention(
            tables=("journal", "monitorings", "duties", "consolidations", "archived_runs", "commands"),
            ending=Ending.NEVER,
        ),
        Held.CONTENT: Retention(
            tables=("content_revisions", "snapshots", "notes", "files", "attachments", "received_reports"),
            ending=Ending.NEVER,
        ),
        Held.LETTERS: Retention(tables=("deliveries", "kept_letters", "minted_links"), ending=Ending.NEVER),
        Held.RECEIVED_MAIL: Retention(tables=("received_mail", "handled_mail"), ending=Ending.NEVER),
        Held.LOGS: Retention(
            tables=(
                *("reads", "sign_ins", "grants", "deputyships", "deputyship_ends"),
                *("incident_reports", "erasures"),
            ),
            ending=Ending.NEVER,
        ),
    }
)
ERASED_BY_COMMAND: Final = tuple(
    held
    for held, retention in RETENTION.items()
    if retention.ending in {Ending.BY_ORDER, Ending.BY_ITSELF} and held is not Held.DRAFTS
)
"""What the operator's command erases once it is due. Drafts have a term of their own (`DRAFT_DAYS`)."""

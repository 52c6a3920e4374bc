"""What the application's role may do with each table; granted anew with every migration.

Whoever owns the tables (and migrates) is not whom the API and the workers sign in as: what is append-only for
them stays so even where somebody has their password. The role is a group; the logins are its members.
"""

import logging
from typing import Final

from sqlalchemy import Connection
from sqlmodel import SQLModel

APPLICATION: Final = "monitoring_app"
# Triggers keep these for the owner too (migrations 0004, 0010, 0018): proofs, and what lies under its hash.
APPEND_ONLY: Final = frozenset(
    {
        *("journal", "snapshots", "notes", "files", "attachments", "deliveries"),
        *("content_revisions", "calendars", "editions", "minted_links", "kept_letters"),
        *("reads", "grants", "foundings", "received_mail", "sign_ins"),
        *("deputyships", "deputyship_ends", "incident_reports", "erasures"),
    }
)
# Rows that are derived anew or lose their meaning; everything else stays for good.
MAY_DELETE: Final = frozenset(
    {
        *(
            "recommendations",
            "waits",
            "disagreements",
            "missed_moments",
            "probes",
            "sessions",
            "drafts",
            "draft_files",
        ),
        *("sign_in_letters", "sign_in_links", "provider_visits", "webhook_deliveries", "file_makings"),
        *("works", "work_parts", "asked_of_late"),
        *("alert_subscriptions", "service_letters", "gathered_letters"),
    }
)
_log = logging.getLogger("alembic.rights")


def grant_rights(connection: Connection) -> None:
    """Give the application's role what it needs and no more; where there is none, nothing happens."""
    known = connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (APPLICATION,)).first()
    if known is None:
        _log.warning("there is no role %s: whoever migrates and whoever works are one", APPLICATION)
        return
    names = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    there = {str(name) for (name,) in names}
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {APPLICATION}")
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APPLICATION}")
    connection.exec_driver_sql(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION}")
    for table in sorted(there & SQLModel.metadata.tables.keys()):
        connection.exec_driver_sql(f'GRANT {", ".join(rights_on(table))} ON "{table}" TO {APPLICATION}')
    if "alembic_version" in there:
        connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {APPLICATION}")


def rights_on(table: str) -> tuple[str, ...]:
    """The privileges of the application's role."""
    if table in APPEND_ONLY:
        return ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", "DELETE") if table in MAY_DELETE else ("SELECT", "INSERT", "UPDATE")

"""What came by mail about a letter, as statements in the order in which they were heard."""

from collections.abc import Iterable

from api.views.received_mail import MailSeen
from locales.dates import say_instant
from locales.terms import term
from models.mail.sorts import MailboxReport
from models.vocabulary.procedure import Language


def heard(language: Language, mails: Iterable[MailSeen]) -> tuple[str, ...]:
    """A line each: when, what it is, what servers say of which mailbox."""
    return tuple(
        " · ".join(
            (
                say_instant(language, each.at),
                term(language, each.mail.sort),
                *reports_said(language, each.mail.reports),
            )
        )
        for each in mails
    )


def reports_said(language: Language, reports: Iterable[MailboxReport]) -> tuple[str, ...]:
    return tuple(_report(language, each) for each in reports)


def _report(language: Language, report: MailboxReport) -> str:
    told = term(language, report.told) if report.told else ""
    return " · ".join(part for part in (told, report.mailbox, report.status, report.reason) if part)

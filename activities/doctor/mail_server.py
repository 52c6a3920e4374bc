"""Does the mail server take letters? Asked by signing in; by a trial letter where somebody wants one."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Final
from uuid import uuid4

from activities.doctor.finding import Finding, broken, sound
from activities.letters.smtp import NotItsTurn, SmtpClient
from models.letters.post import DeliveryOutcome
from models.settings.environment import Settings

_SECTION: Final = "Letters do not leave"
_SECONDS: Final = 15.0
_ADVICE: Final = (
    "Look whether SMTP_URL is right and the server lets this machine in; nothing waits in vain meanwhile."
)


async def mail_server(given: Settings, trial_to: str = "") -> Finding:
    """Without an address to try nothing leaves."""
    try:
        async with SmtpClient(given.smtp_url, _SECONDS) as smtp, smtp.turn(_SECONDS) as connection:
            if not await connection.opens(_SECONDS):
                return broken("mail", "The mail server does not let us in.", _ADVICE, _SECTION)
            if not trial_to:
                return sound(
                    "mail", "The mail server lets us in; no letter was tried (--trial-letter ADDRESS)."
                )
            verdict = await connection.send(given.mail_from, trial_to, _trial(given, trial_to))
    except NotItsTurn:
        return broken("mail", "The mail server does not let us in.", _ADVICE, _SECTION)
    except ValueError as fault:  # quotes no password
        return broken("mail", f"{fault}.", "Set SMTP_URL.", _SECTION)
    if verdict.outcome is DeliveryOutcome.ACCEPTED:
        return sound("mail", "The mail server took a trial letter: look whether it comes, and not as spam.")
    answer = f"{verdict.code or ''} {verdict.reply}".strip()
    return broken("mail", f"The mail server did not take a trial letter: {answer}", _ADVICE, _SECTION)


def _trial(given: Settings, to: str) -> bytes:
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(addr_spec=given.mail_from)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = "Trial letter"
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = f"<{uuid4().hex}@{given.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        "This letter tries whether letters of the installation arrive. Nothing is to be done.\n"
    )
    return message.as_bytes()

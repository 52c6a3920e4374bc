"""An address that takes nothing is left alone, and whoever registered it is told by a letter."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.sign_in.asked import webhook_disabled
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.tables.webhooks import WebhookRow
from models.vocabulary.procedure import Language
from models.vocabulary.web import host_of
from models.vocabulary.webhooks import WebhookState

log = Log(__name__)


async def disable(session: AsyncSession, hook: WebhookRow, now: datetime) -> None:
    """Once: of many deliveries that were in vain one tells of it. The caller holds the row, and commits."""
    if hook.state != WebhookState.ACTIVE:
        return
    hook.state, hook.changed_at = WebhookState.DISABLED.value, now
    session.add(hook)
    log.warning(LogCode.WEBHOOK_DISABLED, reason=hook.id)
    account = await session.get(AccountRow, hook.registered_by)
    person = await session.get(PersonRow, account.person) if account else None
    if person is not None and person.email:
        language = Language(person.language)
        session.add(webhook_disabled(person.email, language, hook.label, host_of(hook.url), now))

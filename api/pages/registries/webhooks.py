"""Where events are delivered to: an address of another system is registered, or changed."""

from sqlmodel import col, select

from activities.database.among import rows_among
from api.commands.idempotency import RequestKey
from api.history.words import type_name
from api.pages.desk.naming import bodies_named
from api.pages.desk.questions import Answers, Asking, BoxQuestion, LineQuestion, Perhaps, PickQuestion
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, row_about, sent_as
from api.register.choices import Choice
from api.routes.webhooks import WebhookBody, register_webhook
from locales.terms import term
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.tables.webhooks import WebhookRow
from models.timeline.cloud_events import PREFIX, TYPES
from models.vocabulary.procedure import Id, Role
from models.vocabulary.webhooks import WebhookState
from models.words.order import by_name


class TypesQuestion(LineQuestion):
    """Types of events, by their words, divided by blanks or commas; with or without the product's prefix."""

    async def read(self, asking: Asking) -> str | None:
        typed = await super().read(asking)
        unknown = sorted(set(types_in(typed or "")) - set(TYPES))
        if unknown:
            asking.reader.fault(self.name, "registries_type_unknown", type=unknown[0].removeprefix(PREFIX))
            return None
        return typed


def types_in(typed: str) -> tuple[str, ...]:
    """The types that are named in a line."""
    words = typed.replace(",", " ").split()
    return tuple(word if word.startswith(PREFIX) else f"{PREFIX}{word}" for word in words)


async def accounts_in_use(sitting: RegistrySitting) -> tuple[Choice, ...]:
    """Those in use, by the names of their people."""
    held = await sitting.session.exec(select(AccountRow.id).where(col(AccountRow.active)))
    ordered = by_name(await accounts_said(sitting, set(held)), sitting.language)
    return tuple(Choice(value=known, name=said) for known, said in ordered)


async def accounts_said(sitting: RegistrySitting, wanted: set[Id]) -> dict[Id, str]:
    """Whose accounts they are, in which role and of which body; one in use no more as well."""
    held = select(AccountRow, PersonRow.name).join(PersonRow, col(PersonRow.id) == col(AccountRow.person))
    rows = await rows_among(sitting.session, held, col(AccountRow.id), wanted)
    bodies = {row.organisation for row, _ in rows}
    of = await bodies_named(sitting.session, sitting.language, sitting.today, bodies)

    def told(row: AccountRow, name: str) -> str:
        body = of.get(row.organisation, row.organisation)
        return f"{name} ({term(sitting.language, Role(row.role))}, {body})"

    return {row.id: told(row, name) for row, name in rows}


LABEL, URL = LineQuestion("label"), LineQuestion("url")
EVENT_TYPES, READS_AS = Perhaps(TypesQuestion("event_types")), PickQuestion("reads_as", accounts_in_use)
ACTIVE, REASON = BoxQuestion("active"), LineQuestion("reason")


class OfWebhook(RegistryForm):
    """Every type that may be typed is read below the questions, by its name and its word."""

    template = "registries/webhook_form.html"

    def above(self, bench: RegistrySitting) -> dict[str, object]:
        words = {
            word: type_name(bench.language, word) for word in (each.removeprefix(PREFIX) for each in TYPES)
        }
        return {"event_types": by_name(words, bench.language)}


class NewWebhookForm(OfWebhook):
    """Its secret is made on its own page, where it is shown once."""

    under = "/staff"
    path, key, back_to = "webhooks/new", "new_webhook", "/webhooks"
    questions = (LABEL, URL, EVENT_TYPES, READS_AS, REASON)

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        await _registered(key.derived("w"), said, True, sitting, key)


class WebhookForm(OfWebhook):
    """One that is stopped, or disabled by itself, goes on from where it stopped."""

    under = "/staff"
    path, key, back_to = "webhooks/{about}/change", "webhook", "/webhooks"
    questions = (LABEL, URL, EVENT_TYPES, READS_AS, ACTIVE, REASON)

    async def leads(self, sitting: RegistrySitting) -> None:
        await row_about(sitting, WebhookRow)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        row = await row_about(sitting, WebhookRow)
        words = ", ".join(each.removeprefix(PREFIX) for each in row.types)
        fields = {LABEL.name: (row.label,), URL.name: (row.url,), READS_AS.name: (row.reads_as,)}
        fields |= {EVENT_TYPES.name: (words,)} if words else {}
        return Typed(fields=fields | {ACTIVE.name: ACTIVE.begun(row.state == WebhookState.ACTIVE)})

    async def about_lines(self, sitting: RegistrySitting) -> tuple[Line, ...]:
        return ()

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        await row_about(sitting, WebhookRow)
        await _registered(sitting.about, said, said[ACTIVE], sitting, key)


async def _registered(
    webhook: Id, said: Answers, active: bool, sitting: RegistrySitting, key: RequestKey
) -> None:
    values = {
        "label": said[LABEL],
        "url": said[URL],
        "types": types_in(said[EVENT_TYPES] or ""),
        "reads_as": said[READS_AS],
        "active": active,
        "reason": said[REASON],
    }
    body = sent_as(WebhookBody, values)
    await register_webhook(webhook, body, sitting.caller, sitting.session, sitting.services, key, sitting.now)

"""What became of the items of a published report: a standing with its day, and nobody's own words.

Of a reply nothing else is published: nobody chooses yet which replies are.
"""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.follow_up import item_named
from activities.registries.names_today import names_today
from locales.catalogue import text
from locales.spoken import wording_said
from locales.standings import standing_said
from models.monitoring.follow_up import ItemStanding, sent_to_nobody, standing_of
from models.monitoring.state import ItemState, MonitoringState
from models.report.content import ReportContent, Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language


class ItemSaid(Model):
    """«Recommendation 2»: what it says, to whom, where it stands since which local date, and by when."""

    id: Id
    name: str
    words: str
    addressee: str
    stands: ItemStanding
    standing: str  # the same in words
    since: date | None = None  # none where nothing on record tells it
    due_on: date | None = None  # as the report asks for; what its addressee plans is in its reply


async def items_said(
    session: AsyncSession,
    language: Language,
    state: MonitoringState,
    content: ReportContent | None,
    today: date,
) -> tuple[ItemSaid, ...]:
    """Nothing while the published version is not the current one: the items are the current one's."""
    current = state.current
    if current is None or state.publications[-1].version != current.number:
        return ()
    names = await names_today(session, today, (item.addressee for item in state.items.values()))
    said = {item.id: item.text for item in content.draft.decision.items} if content else {}
    return tuple(
        ItemSaid(
            id=item.id,
            name=item_named(language, state, item.id),
            words=wording_said(language, said.get(item.id, Wording())),
            addressee=_name(names, item.addressee, language),
            stands=standing_of(state, item),
            standing=_standing(language, state, item),
            since=_since(state, item),
            due_on=item.due_on,
        )
        for item in state.items.values()
    )


def _standing(language: Language, state: MonitoringState, item: ItemState) -> str:
    if sent_to_nobody(state, item):
        return text(language, "page.public.item_not_sent")
    return standing_said(language, standing_of(state, item), item.response)


def _name(names: dict[Id, Wording], body: Id, language: Language) -> str:
    return names[body].best(language) if body in names else body


def _since(state: MonitoringState, item: ItemState) -> date | None:
    """The day of what it stands by: sent, answered, reported or judged."""
    match standing_of(state, item):
        case ItemStanding.UNANSWERED:
            sent = state.addressees.get(item.addressee)
            return sent.dispatched_on if sent else None
        case ItemStanding.DECLINED | ItemStanding.NOT_FOLLOWED:
            return item.answered_on
        case ItemStanding.AWAITED:
            return item.judged.on if item.judged else item.answered_on
        case ItemStanding.REPORTED:
            return item.reported.on if item.reported else None
        case ItemStanding.GIVEN_UP:
            return state.closed_on
    return item.judged.on if item.judged else None

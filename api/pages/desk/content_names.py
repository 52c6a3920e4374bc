"""A piece of the content as people find it: by its place in its list, and where it is mended.

Refusals name pieces by ids, which no page shows: on every page they are named by this.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.follow_up import item_named
from api.content.building import DRAFT_ITEM, current_draft
from api.content.store import Part, current_items
from locales.catalogue import has_text, text
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Id, Language
from models.vocabulary.refusal import Refusal

_LISTS: Final[Mapping[Part, str]] = {
    Part.SOURCE: "sources",
    Part.INDICATOR: "indicators",
    Part.FINDING: "findings",
}
# By the parameter that names a piece, the first one is what is to be mended.
_MENDED: Final[Mapping[str, str]] = {
    "item": "draft/items",
    "indicator": "indicators",
    "finding": "findings",
    "source": "sources",
}
# What is lacking as a whole: by the refusal, the form that enters it and that form's texts.
_ENTERED: Final[Mapping[str, tuple[str, str]]] = {
    "activity_missing": ("activities", "record_activity"),
    "step_missing": ("steps", "complete_step"),
    "no_source": ("sources/new", "source_new"),
    "no_finding": ("findings/new", "finding_new"),
    "task_unanswered": ("draft/tasks", "draft_tasks"),
    "conclusions_missing": ("draft/conclusions", "draft_conclusions"),
    "assessment_missing": ("draft/assessment", "draft_assessment"),
    **dict.fromkeys(("no_proposal", "no_recommendation"), ("draft/items/new", "decision_item_new")),
    **dict.fromkeys(
        ("part_ii_kind_missing", "part_ii_role_missing", "effectiveness_indicator_missing"),
        ("indicators/new", "indicator_new"),
    ),
    **dict.fromkeys(
        (
            "contacts_missing",
            "contact_email_unusable",
            "contact_phone_unusable",
            "conductor_not_printed",
            "printed_without_conducting",
            "leads_word_not_marked",
            "period_missing",
            "period_reversed",
            "period_start_differs",
            "period_not_over",
        ),
        ("draft/conduct", "draft_conduct"),
    ),
}


async def pieces_named(
    session: AsyncSession, state: MonitoringState, refusals: Iterable[Refusal], language: Language
) -> dict[Id, str]:
    """The names of all pieces that refusals are about, by id: as the lists number them while the report is
    written, as the report numbers its items afterwards."""
    asked = {value for each in refusals if (value := each.params.get("item"))}
    asked |= {value for each in refusals for name in _MENDED if (value := each.params.get(name))}
    if not asked:
        return {}
    names = {DRAFT_ITEM: text(language, "page.desk.draft.title")}
    for each in asked:  # a part of the draft is known by its form
        if has_text(language, title := f"page.desk.{each}.title"):
            names[each] = text(language, title)
    for part, listed in _LISTS.items():
        rows = await current_items(session, state.number, part)
        names |= _numbered(language, listed, [row.item for row in rows])
    draft = await current_draft(session, state.number)
    written = _numbered(language, "draft", [each.id for each in draft.decision.items])
    decided = {item: item_named(language, state, item) for item in state.items}
    open_to_writers = state.before_approval or state.correcting
    names |= decided | written if open_to_writers else written | decided
    return {known: name for known, name in names.items() if known in asked}


def mended_at(refusal: Refusal, language: Language, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Where it is mended, below the monitoring's page, and how that place is called; None where nowhere."""
    if refusal.code in _ENTERED:
        below, key = _ENTERED[refusal.code]
        return below, text(language, f"page.desk.{key}.title")
    for param, below in _MENDED.items():
        piece = refusal.params.get(param)
        if piece is not None and piece in names:
            return f"{below}/{piece}", names[piece]
    return None


def _numbered(language: Language, listed: str, items: Iterable[Id]) -> dict[Id, str]:
    key = f"page.desk.{listed}.one"
    return {item: text(language, key, number=place) for place, item in enumerate(items, 1)}

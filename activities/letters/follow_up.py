"""Accepted proposals and recommendations in words, for letters and pages."""

from collections import Counter

from activities.letters.lines import in_lines
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.commands import ItemImplementation
from models.monitoring.follow_up import awaited_of
from models.monitoring.items import day_of, deadline_of, position_of
from models.monitoring.state import ItemState, MonitoringState
from models.vocabulary.procedure import Id, Language, Verdict


def item_named(language: Language, state: MonitoringState, item: Id) -> str:
    """As the report numbers it: «recommendation 2»."""
    kind = state.items[item].kind
    return text(language, f"letter.item.{kind.value}", position=position_of(state, item))


def items_awaited(language: Language, state: MonitoringState, addressee: Id) -> str | None:
    """Everything that an addressee accepted and has not reported, each with its day."""
    said = []
    for item in awaited_of(state, addressee):
        name, day = item_named(language, state, item.id), day_of(state, item)
        if day is None:
            said.append(text(language, "letter.item.no_day", item=name))
        else:
            said.append(
                text(language, "letter.item.by", item=name, date=item_day_said(language, state, item))
            )
    return in_lines(said) or None


def item_day_said(language: Language, state: MonitoringState, item: ItemState) -> str:
    """The day that holds; where another one was named, on which nobody works, that one too."""
    day, deadline = day_of(state, item), deadline_of(state, item)
    if day is None:
        return ""
    named = deadline.fixed_on if deadline is not None else None
    if named is None or named == day:
        return say_day(language, day)
    moved = {"typed": say_day(language, named), "due": say_day(language, day)}
    return text(language, "letter.item.moved", **moved)


def claims_counted(language: Language, items: tuple[ItemImplementation, ...]) -> str:
    given = Counter(item.claim for item in items)
    return ", ".join(f"{term(language, claim)} – {given[claim]}" for claim in Verdict if given[claim])

"""What is due and not done, in words: the same list as `GET …/open-items`."""

from activities.letters.follow_up import item_named
from activities.letters.undelivered import undelivered_said
from locales.terms import term
from models.monitoring.open_work import OpenItem, OpenKind, open_items
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.vocabulary.procedure import Language


def open_said(language: Language, state: MonitoringState) -> tuple[str, ...]:
    """Each kind of open work; of proposals and recommendations each by its number in the report."""
    said = (_said(language, state, item) for item in open_items(state))
    return tuple(dict.fromkeys(said))


def undelivered_all_said(language: Language, state: Proceeding) -> tuple[str, ...]:
    """Of a duty or of the consolidation: the letters that could not be delivered."""
    return tuple(undelivered_said(language, letter) for letter in state.letters_undelivered)


def _said(language: Language, state: MonitoringState, item: OpenItem) -> str:
    kind = term(language, item.kind)
    if item.kind is OpenKind.LETTER_UNDELIVERABLE:
        return undelivered_said(language, state.letters[item.subject or ""])
    if item.subject is None or item.subject not in state.items:
        return kind
    return f"{item_named(language, state, item.subject)}: {kind}"

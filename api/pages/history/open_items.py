"""What is due and not done, in words: the same list as `GET …/open-items`."""

from collections.abc import Mapping

from activities.letters.follow_up import item_named
from activities.letters.undelivered import undelivered_said
from locales.terms import term
from models.monitoring.open_work import OpenItem, OpenKind, open_items
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.vocabulary.procedure import Id, Language


def open_said(language: Language, state: MonitoringState, unsent: Mapping[Id, str]) -> tuple[str, ...]:
    """Each kind of open work; of proposals and recommendations each by its number in the report.

    `unsent` are the names of the bodies that the decision names and the report was not sent to.
    """
    said = (open_item_said(language, state, item, unsent) for item in open_items(state))
    return tuple(dict.fromkeys(said))


def undelivered_all_said(language: Language, state: Proceeding) -> tuple[str, ...]:
    """Of a duty or of the consolidation: the letters that could not be delivered."""
    return tuple(undelivered_said(language, letter) for letter in state.letters_undelivered)


def open_item_said(
    language: Language, state: MonitoringState, item: OpenItem, names: Mapping[Id, str]
) -> str:
    """One piece of open work; a body it is about is named where `names` knows it."""
    kind = term(language, item.kind)
    if item.kind is OpenKind.LETTER_UNDELIVERABLE:
        return undelivered_said(language, state.letters[item.subject or ""])
    if item.kind is OpenKind.NOT_SENT_TO_NAMED or item.subject in names:
        return f"{names.get(item.subject or '', item.subject)}: {kind}"
    if item.subject is None or item.subject not in state.items:
        return kind
    return f"{item_named(language, state, item.subject)}: {kind}"

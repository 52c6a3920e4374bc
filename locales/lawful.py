"""Why the law does not prohibit a source of the sixth kind (rule 7.6), in each reader's language."""

from locales.catalogue import text
from models.report.content import Source
from models.vocabulary.procedure import Language

_ON_REQUEST = "form.lawful_on_request"


def lawful_on_request() -> str:
    """What the product itself writes for a source that its holder gave on request: kept in Kazakh."""
    return text(Language.KK, _ON_REQUEST)


def lawfulness_said(language: Language, source: Source) -> str:
    """As it was typed; a sentence of ours in the reader's language."""
    ours = source.information_request is not None and source.lawfulness_note == lawful_on_request()
    return text(language, _ON_REQUEST) if ours else source.lawfulness_note

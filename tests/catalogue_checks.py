"""Checks that hold for every catalogue, whoever writes it."""

from collections.abc import Iterable
from string import Formatter

from babel.messages.catalog import Message

from locales.catalogue import LOCALES, catalogue_files, has_text, read_catalogue
from models.vocabulary.procedure import Language


def subjects() -> tuple[str, ...]:
    """Every subject that has a file in any language."""
    return tuple(sorted({path.stem for language in Language for path in catalogue_files(language)}))


def messages(subject: str, language: Language) -> dict[str, Message]:
    """The messages of one subject, by key. Raises FileNotFoundError if the language lacks its file."""
    catalogue = read_catalogue(LOCALES / language.value / f"{subject}.po", language)
    return {key_of(message): message for message in catalogue if message.id}


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Its one text, or one text for each plural form."""
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def placeholders(text: str) -> frozenset[str]:
    """The names in braces. Raises ValueError for a brace that is not closed."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def missing(keys: Iterable[str]) -> list[str]:
    """Which of the keys lack a text in which language: empty when all is well."""
    wanted = tuple(keys)
    return [f"{lang.value}: {key}" for lang in Language for key in wanted if not has_text(lang, key)]

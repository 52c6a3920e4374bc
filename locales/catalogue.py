"""The texts of the product, one `.po` file per subject and language, found by symbolic keys.

Which key is in which file says `locales.subjects`.

The files are read as they are (no compile step) and kept for the life of the process. Plural forms follow
the rule in each file's header, as gettext does it.
"""

from collections.abc import Mapping
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from locales.quotes import bracketed_in, noted_after, quoted_in, to_be_bracketed, to_be_quoted
from locales.subjects import file_of
from models.vocabulary.procedure import Language

LOCALES: Final = Path(__file__).parent


class MissingText(KeyError):
    """No such text in that language: a fault of the product, never of its user."""


class DoubleText(ValueError):
    """One key in two files."""


def text(language: Language, key: str, /, **params: object) -> str:
    """The text of `key` with its `{placeholders}` filled; `params` it does not name are ignored.

    Raises `MissingText` for an unknown key and `KeyError` for a placeholder that was not given.
    """
    return _filled(language, _texts(language).one(key), params)


def plural(language: Language, key: str, n: int, /, **params: object) -> str:
    """The form of `key` that goes with `n`, which the text may name as `{n}`."""
    return _filled(language, _texts(language).many(key, n), {"n": n, **params})


def has_text(language: Language, key: str) -> bool:
    """Whether a key exists: for sentences with an optional, more particular variant."""
    return key in _texts(language).keys


def placeholders(language: Language, key: str) -> frozenset[str]:
    """The names that `key` is filled with. Raises `MissingText` for an unknown key."""
    return frozenset(name for _, name, _, _ in Formatter().parse(_texts(language).one(key)) if name)


def catalogue_files(language: Language, root: Path = LOCALES) -> tuple[Path, ...]:
    """The `.po` files of a language, one per subject, by name."""
    return tuple(sorted((root / language.value).glob("*.po")))


def read_catalogue(path: Path, language: Language) -> Catalog:
    """One file as written. Raises babel's `PoFileError` if it is not well-formed."""
    with path.open("rb") as file:
        return read_po(file, locale=language.value, abort_invalid=True)


def _filled(language: Language, template: str, params: Mapping[str, object]) -> str:
    """The template with its placeholders filled. What ends with a full stop of its own («26 ноября 2026 г.»)
    needs no second one at the end of a sentence; quotation marks inside such marks are the inner ones, and
    what became of a body since («today: …») or the language of a text stands outside of them; a weekday in
    brackets has none of its own."""
    for quoted in quoted_in(template) & params.keys():
        template, own, note = noted_after(template, quoted, str(params[quoted]), _name_notes(language))
        params = {**params, quoted: to_be_quoted(language, own), f"{quoted}_note": note}
    for bracketed in bracketed_in(template) & params.keys():
        if isinstance(given := params[bracketed], str):
            params = {**params, bracketed: to_be_bracketed(given)}
    filled = template.format_map(params)
    if not any(isinstance(value, str) and value.endswith(".") for value in params.values()):
        return filled
    pieces: list[str] = []
    for literal, name, spec, conversion in Formatter().parse(template):
        ended = bool(pieces) and pieces[-1].endswith(".") and not pieces[-1].endswith("..")
        pieces.append(literal[1:] if ended and literal.startswith(".") else literal)
        if name is not None:
            said = "{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}"
            pieces.append(said.format_map(params))
    return "".join(pieces)


@lru_cache
def _name_notes(language: Language) -> tuple[tuple[str, str], ...]:
    """How what stands behind a name begins and ends: whoever stands for it today, that it is no more, or in
    which other language it is."""
    texts = _texts(language)
    notes = [texts.one(key).removeprefix("{name}") for key in ("say.body_today", "say.body_gone")]
    notes += [f" {texts.one(f'form.mark.{other.value}')}" for other in Language if other is not language]
    parted = (note.partition("{today}") for note in notes)
    return tuple((begins, ends) for begins, _, ends in parted)


class _Texts:
    def __init__(self, language: Language, catalogue: Catalog) -> None:
        self._language = language
        self.keys = frozenset(_key(message.id) for message in catalogue if message.id and message.string)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        self._translations = GNUTranslations(compiled)

    def one(self, key: str) -> str:
        self._require(key)
        return self._translations.gettext(key)

    def many(self, key: str, n: int) -> str:
        self._require(key)
        return self._translations.ngettext(key, key, n)

    def _require(self, key: str) -> None:
        if key not in self.keys:
            raise MissingText(f"{self._language.value}: {key}; its file is {file_of(key)}.po")


@lru_cache
def _texts(language: Language) -> _Texts:
    """All files of a language as one catalogue; their plural rules are the same."""
    whole = Catalog(locale=language.value)
    for path in catalogue_files(language):
        subject = read_catalogue(path, language)
        whole.mime_headers = subject.mime_headers
        for message in subject:
            if not message.id:
                continue
            if whole.get(_key(message.id)):
                raise DoubleText(f"{path.parent.name}/{path.name}: {_key(message.id)}")
            whole[message.id] = message
    return _Texts(language, whole)


def _key(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]

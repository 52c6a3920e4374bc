"""Texts in up to three languages: a field for each (`<name>-kk`), Kazakh first."""

from typing import Final

from api.pages.forms.form import Line
from api.pages.forms.typed import LINE, TEXT, Reader, Typed
from locales.catalogue import text
from models.report.content import Title, Wording
from models.vocabulary.procedure import Language
from models.vocabulary.texts import says_something

SPOKEN: Final = (Language.KK, Language.RU, Language.EN)


def read_wording(reader: Reader, typed: Typed, name: str, missing: str = "", **params: str | int) -> Wording:
    """A text of several lines in the languages it was typed in; `missing` is the fault of none at all."""
    return Wording.model_validate(_read(reader, typed, name, missing, TEXT, **params))


def read_title(reader: Reader, typed: Typed, name: str, missing: str) -> Title | None:
    """One line in the languages it was typed in; None where something is wrong with it."""
    before = len(reader.faults)
    given = _read(reader, typed, name, missing, LINE)
    if len(reader.faults) > before:
        return None
    return Title.model_validate({language: " ".join(said.split()) for language, said in given.items()})


def wording_fields(name: str, wording: Wording) -> dict[str, tuple[str, ...]]:
    """The fields as they stand in a form at first."""
    return {f"{name}-{each.value}": (getattr(wording, each.value),) for each in SPOKEN}


def said_in_each(language: Language, key: str, wording: Wording, **params: object) -> tuple[Line, ...]:
    """A line for each language in which something is said."""
    label = text(language, key, **params)
    return tuple(
        Line(
            label=text(language, f"page.desk.wording.{each.value}", what=label),
            value=getattr(wording, each.value),
        )
        for each in SPOKEN
        if getattr(wording, each.value)
    )


def _read(
    reader: Reader, typed: Typed, name: str, missing: str, limit: int, **params: str | int
) -> dict[str, str]:
    given: dict[str, str] = {}
    for language in SPOKEN:
        field = f"{name}-{language.value}"
        said = reader.text(field, "", limit, **params)
        if said and not says_something(said):
            reader.fault(field, "desk_text_says_nothing", **params)
        given[language.value] = said
    if missing and not any(given.values()):
        reader.fault(f"{name}-{Language.KK.value}", missing, **params)
    return given


def stated_line(reader: Reader, field: str) -> str:
    """A line that may be empty; a dash alone says nothing."""
    return " ".join(_stated(reader, field, reader.line(field)).split())


def stated_text(reader: Reader, field: str) -> str:
    """A text that may be empty; a dash alone says nothing."""
    return _stated(reader, field, reader.text(field))


def _stated(reader: Reader, field: str, said: str) -> str:
    if said and not says_something(said):
        reader.fault(field, "desk_text_says_nothing")
    return said

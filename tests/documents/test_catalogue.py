"""Every word of the form exists in Kazakh, Russian and English."""

from enum import Enum

import pytest

from activities.printing.form_words import Label, labels
from locales.catalogue import has_text
from models.report.rendition import Rendition
from models.vocabulary.procedure import Facet, Kind, Language, SourceAccess, SourceKind, Task

FAMILIES: dict[str, type[Enum]] = {
    "kind": Kind,
    "facet": Facet,
    "task": Task,
    "source_kind": SourceKind,
    "access": SourceAccess,
    "rendition": Rendition,
    "language": Language,
}


@pytest.mark.parametrize("language", Language)
def test_every_word_of_the_form_exists(language: Language) -> None:
    assert set(labels(language)) == set(Label)
    keys = [f"form.{family}.{member.value}" for family, members in FAMILIES.items() for member in members]
    assert [key for key in keys if not has_text(language, key)] == []

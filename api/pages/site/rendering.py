"""From data to HTML: one environment, escaped by default, every word from the catalogues."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from locales.catalogue import plural, text
from locales.dates import say_date, say_day, say_instant, say_size
from locales.spoken import mark_of, spoken_in
from locales.terms import term
from models.vocabulary.procedure import Language

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # templates change with the release
)
_LANGUAGES: Final = {Language.KK: "Қазақша", Language.RU: "Русский", Language.EN: "English"}


def html(template: str, language: Language, **context: object) -> str:
    """A template in one language. `t`, `n` and the `say_…` of the template already speak it."""
    return _ENVIRONMENT.get_template(template).render(
        language=language.value,
        languages={each.value: name for each, name in _LANGUAGES.items()},
        t=partial(text, language),
        n=partial(plural, language),
        term=partial(term, language),
        say_date=partial(say_date, language),
        say_day=partial(say_day, language),
        say_instant=partial(say_instant, language),
        say_size=partial(say_size, language),
        spoken_in=spoken_in,
        mark_of=partial(mark_of, language),
        **context,
    )


def page(
    template: str,
    language: Language,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> HTMLResponse:
    """A whole page as a response."""
    said = {"Content-Language": language.value, **(headers or {})}
    return HTMLResponse(html(template, language, **context), status.value, said)

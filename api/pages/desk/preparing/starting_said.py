"""A start in words, before it is sent."""

from collections.abc import Iterator, Mapping

from api.content.starts import StartMonitoringBody
from api.pages.desk.wordings import said_in_each
from api.pages.forms.form import Line
from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term
from models.vocabulary.procedure import Id, Language


def said_of_start(body: StartMonitoringBody, language: Language, names: Mapping[Id, str]) -> tuple[Line, ...]:
    """Everything that is asked for, in the order of the form."""
    return tuple(_said(body, language, names))


def _said(body: StartMonitoringBody, language: Language, names: Mapping[Id, str]) -> Iterator[Line]:
    def line(field: str, value: str) -> Line:
        return Line(label=text(language, f"page.desk.start.{field}"), value=value)

    lead, *others = body.conductors
    acts = {each.organisation: each for each in body.agreements}
    yield line("kind", term(language, body.kind))
    yield from said_in_each(language, "page.desk.start.title_field", body.title)
    yield line("lead", names[lead])
    for known in others:
        yield line("co_conductor", names[known])
        if known in acts:
            yield line("act", acts[known].act)
            yield line("dated", say_date(language, acts[known].dated))
    for field, ids in (("spheres", body.spheres), ("objects", body.objects)):
        if ids:
            yield line(field, "; ".join(names[known] for known in ids))
    yield line("studied_from", say_date(language, body.studied_from))
    yield line("studied_until", say_date(language, body.studied_until))

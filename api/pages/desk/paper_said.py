"""A paper report in words, before it is registered."""

from collections.abc import Iterator, Mapping

from activities.printing.form_words import measured
from api.content.paper_reports import RegisterPaperReportBody
from api.pages.forms.form import Line
from api.pages.forms.uploads import UPLOAD, File
from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term
from models.report.content import Quantitative, Wording
from models.vocabulary.procedure import Id, Language

_KEY = "page.desk.paper"


def said_of_paper(
    body: RegisterPaperReportBody, language: Language, names: Mapping[Id, str], files: tuple[File, ...]
) -> tuple[Line, ...]:
    """Everything that will be registered, in the order of the form."""
    said = _Said(body, language, names)
    return (*said.particulars(files), *said.findings(), *said.indicators(), *said.items())


class _Said:
    def __init__(self, body: RegisterPaperReportBody, language: Language, names: Mapping[Id, str]) -> None:
        self._body, self._language, self._names = body, language, names

    def particulars(self, files: tuple[File, ...]) -> Iterator[Line]:
        body = self._body
        yield Line(label=self._text("file"), value="", field=UPLOAD, files=files)
        yield self._line("sender", self._name(body.sender))
        yield self._line("kind", term(self._language, body.kind))
        for field, day in (
            ("received_on", body.received_on),
            ("started_on", body.started_on),
            ("ended_on", body.ended_on),
            ("approved_on", body.approved_on),
        ):
            if day is not None:
                yield self._line(field, say_date(self._language, day))
        yield self._line("title_field", self._said(body.title))
        for field, ids in (("spheres", body.spheres), ("objects", body.objects)):
            if ids:
                yield self._line(field, "; ".join(map(self._name, ids)))
        if body.conclusions.given():
            yield self._line("conclusions", self._said(body.conclusions))

    def findings(self) -> Iterator[Line]:
        for index, finding in enumerate(self._body.findings):
            heading = self._text("findings") if index == 0 else ""
            label = text(self._language, f"{_KEY}.finding", number=finding.id[1:])
            yield Line(label=label, value=self._said(finding.text), heading=heading)

    def indicators(self) -> Iterator[Line]:
        for indicator in self._body.indicators:
            heading = text(self._language, f"{_KEY}.indicator", number=indicator.id[1:])
            name = indicator.name if isinstance(indicator, Quantitative) else indicator.text
            yield Line(label=self._text("indicator_name"), value=self._said(name), heading=heading)
            yield self._line("indicator_role", term(self._language, indicator.role))
            if isinstance(indicator, Quantitative):
                yield self._line("indicator_value", measured(indicator.value, indicator.unit, self._language))

    def items(self) -> Iterator[Line]:
        for item in self._body.items:
            heading = text(self._language, f"{_KEY}.item", number=item.id[1:])
            yield Line(label=self._text("item_kind"), value=term(self._language, item.kind), heading=heading)
            yield self._line("item_addressee", self._name(item.addressee))
            yield self._line("item_text", self._said(item.text))
            if item.basis is not None:
                basis = text(self._language, f"{_KEY}.finding", number=item.basis[1:])
                yield self._line("item_basis", basis)

    def _line(self, field: str, value: str) -> Line:
        return Line(label=self._text(field), value=value)

    def _text(self, field: str) -> str:
        return text(self._language, f"{_KEY}.{field}")

    def _name(self, known: Id) -> str:
        return self._names.get(known, known)

    def _said(self, wording: Wording) -> str:
        return wording.best(self._language)

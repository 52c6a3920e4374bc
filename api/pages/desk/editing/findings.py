"""Findings, the problem issues, are entered, changed and removed (rules 6, 11, 14.3)."""

from dataclasses import dataclass

from api.content.checks import check_cited
from api.content.store import Part
from api.pages.desk.editing.cited import cited, said_cited, source_choices
from api.pages.desk.editing.edit_form import EditView
from api.pages.desk.editing.item_form import NEW, ItemForm, RemovalForm
from api.pages.desk.editing.seat import EditSitting
from api.pages.desk.wordings import read_wording, said_in_each, wording_fields
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader, Typed
from api.register.choices import Choice
from locales.catalogue import text
from locales.terms import term
from models.report.content import Finding
from models.vocabulary.procedure import Facet

_KEY = "page.desk.finding"


@dataclass(frozen=True)
class FindingView(EditView):
    """What can be chosen from."""

    facets: tuple[Choice, ...] = ()
    sources: tuple[Choice, ...] = ()


class OfFindings(ItemForm[Finding]):
    """What its forms share."""

    part = Part.FINDING

    def kept(self, body: object) -> Finding:
        return Finding.model_validate(body)

    async def said(self, written: Finding, sitting: EditSitting) -> tuple[Line, ...]:
        language = sitting.language
        facets = "; ".join(term(language, each) for each in written.facets)
        return (
            *said_in_each(language, f"{_KEY}.text", written.text),
            *((Line(label=text(language, f"{_KEY}.facets"), value=facets),) if facets else ()),
            *await said_cited(written.sources, sitting),
        )


class FindingForm(OfFindings):
    """A finding is changed."""

    path, template, key = "findings/{about}", "desk/finding.html", "finding"

    async def fields(self, standing: Finding, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        return {
            **wording_fields("text", standing.text),
            "facet": tuple(each.value for each in standing.facets),
            "source": standing.sources,
        }

    async def shown(self, view: EditView, typed: Typed, sitting: EditSitting) -> FindingView:
        facets = tuple(Choice(value=each.value, name=term(sitting.language, each)) for each in Facet)
        sources = await source_choices(sitting)
        return FindingView(seen=view.seen, theirs=view.theirs, facets=facets, sources=sources)

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> Finding | None:
        wording = read_wording(reader, typed, "text", "desk_finding_text_missing")
        return Finding(
            id=sitting.about or NEW,
            text=wording,
            facets=tuple(each for each in Facet if each.value in typed.all("facet")),
            sources=await cited(reader, typed, sitting),
        )

    async def check(self, written: Finding, sitting: EditSitting) -> None:
        await check_cited(sitting.session, sitting.number, written.sources)


class NewFindingForm(FindingForm):
    """A finding is entered."""

    path, key = "findings/new", "finding_new"


class FindingRemovalForm(RemovalForm[Finding], OfFindings):
    """A finding is removed."""

    path, key = "findings/{about}/removal", "finding_removal"

"""Reports made up for the register: small vocabularies, so that what can coincide does."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from models.register import FiledReport, Place
from models.report.content import (
    Decision,
    Finding,
    Indicator,
    Item,
    Named,
    Qualitative,
    Quantitative,
    ReportContent,
    ReportDraft,
    Wording,
    content_sha256,
)
from models.report.received import ReceivedReport, Way
from models.vocabulary.procedure import Facet, Id, IndicatorRole, ItemKind, Kind

SPHERES = ("health-care", "land-relations")
OBJECTS = ("clinic-1", "clinic-2", "land-sary")
CONDUCTORS = ("td-sary", "td-koko", "ashyk-kezek")
PLACES = {
    "clinic-1": Place(region="Сарыжайлау облысы"),
    "clinic-2": Place(superior="akimat-koko"),
    "akimat-koko": Place(region="Көкөзек облысы"),
    "td-sary": Place(region="Сарыжайлау облысы"),
    "td-koko": Place(superior="td-koko"),  # a registry that leads round in a circle
}


def named(ids: tuple[Id, ...]) -> tuple[Named, ...]:
    return tuple(Named(id=each, name=Wording(kk=each)) for each in ids)


def report(
    number: Id,
    year: int = 2026,
    *,
    conductor: Id = "td-sary",
    spheres: tuple[Id, ...] = (),
    objects: tuple[Id, ...] = ("clinic-1",),
    findings: tuple[Finding, ...] = (),
    items: tuple[Item, ...] = (),
    indicators: tuple[Indicator, ...] = (),
) -> FiledReport:
    """One report on file, ended in the middle of a year."""
    ended_on = date(year, 6, 30)
    content = ReportContent(
        number=number,
        kind=Kind.THEMATIC,
        spheres=named(spheres),
        objects=named(objects),
        draft=ReportDraft(ended_on=ended_on, decision=Decision(items=items)),
        findings=findings,
        indicators=indicators,
    )
    received = ReceivedReport(
        id=number,
        way=Way.SENT,
        conductor=conductor,
        kind=Kind.THEMATIC,
        content=content_sha256(content),
        ended_on=ended_on,
        received_on=date(year, 7, 15),
    )
    return FiledReport(received=received, content=content)


def finding(text: str, *facets: Facet, mark: Id = "f1", language: str = "kk") -> Finding:
    return Finding(id=mark, text=Wording.model_validate({language: text}), facets=facets)


def measured(
    value: str,
    unit: str = "%",
    name: str = "Электрондық талондардың үлесі",
    role: IndicatorRole = IndicatorRole.STATE,
    mark: Id = "i1",
) -> Quantitative:
    return Quantitative(id=mark, role=role, name=Wording(kk=name), unit=unit, value=Decimal(value))


_texts = st.sampled_from(("Кезек жабық", "кезек  жабық!", "Талондар бір адамда", "Queue is closed"))
_wordings = st.builds(Wording, kk=_texts, en=st.sampled_from(("", "The queue is closed")))
_facets = st.sets(st.sampled_from(Facet)).map(tuple)
_roles = st.sampled_from(IndicatorRole)
_indicators = st.one_of(
    st.builds(Qualitative, id=st.just("i"), role=_roles, text=_wordings),
    st.builds(
        Quantitative,
        id=st.just("i"),
        role=_roles,
        name=_wordings,
        unit=st.sampled_from(("%", "дана")),
        value=st.integers(0, 100).map(Decimal),
    ),
)


@st.composite
def filed(draw: st.DrawFn) -> tuple[FiledReport, ...]:
    """Up to six reports of some years, with their elements."""
    return tuple(draw(_report(f"2026-SARY-{serial:04d}")) for serial in range(draw(st.integers(0, 6))))


@st.composite
def _report(draw: st.DrawFn, number: Id) -> FiledReport:
    findings = draw(st.lists(st.builds(Finding, id=st.just("f"), text=_wordings, facets=_facets), max_size=3))
    items = draw(
        st.lists(
            st.builds(
                Item,
                id=st.just("d"),
                kind=st.sampled_from(ItemKind),
                addressee=st.sampled_from(OBJECTS),
                text=_wordings,
            ),
            max_size=3,
        )
    )
    indicators = draw(st.lists(_indicators, max_size=3))
    return report(
        number,
        draw(st.integers(2023, 2026)),
        conductor=draw(st.sampled_from(CONDUCTORS)),
        spheres=tuple(draw(st.sets(st.sampled_from(SPHERES)))),
        objects=tuple(draw(st.sets(st.sampled_from(OBJECTS)))),
        findings=tuple(f.model_copy(update={"id": f"f{n}"}) for n, f in enumerate(findings)),
        items=tuple(i.model_copy(update={"id": f"d{n}"}) for n, i in enumerate(items)),
        indicators=tuple(i.model_copy(update={"id": f"i{n}"}) for n, i in enumerate(indicators)),
    )

"""The register as it is answered: every code with its name, every figure with its sources."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, WithJsonSchema

from models.register.counting import Dimension
from models.register.differences import NotComparable
from models.register.filters import RegisterFilters
from models.register.repeats import RepeatReason
from models.register.rows import ElementKind
from models.report.received import Way
from models.vocabulary.procedure import Id, Kind, Language, Sha256

Exact = Annotated[Decimal, WithJsonSchema({"type": "string", "examples": ["61.5"]}, mode="serialization")]


class NamedValue(BaseModel):
    """A body, a sphere, a facet, a kind: its word and what it is called. An empty word: none is named."""

    id: str
    name: str


class SourceView(BaseModel):
    """Where a text or a figure comes from; `link` is the report's page, `content` what was frozen."""

    report: Id
    version: int
    kind: ElementKind
    element: Id
    element_name: str = Field(description="As the report numbers it; empty for indicators.")
    content: Sha256
    link: str = Field(examples=["/staff/consolidation/reports/2026-SARY-0001"])


class MeasurementView(BaseModel):
    """What a quantitative indicator states, exactly."""

    value: Exact
    unit: str
    said: str = Field(description="Value and unit as they are written in the language.", examples=["61,5 %"])
    numerator: Exact | None
    denominator: Exact | None


class RegisterRow(BaseModel):
    """A finding, a proposal, a recommendation or an indicator."""

    source: SourceView
    kind: ElementKind
    kind_name: str
    text: str
    text_language: Language
    year: int
    spheres: tuple[NamedValue, ...]
    objects: tuple[NamedValue, ...]
    regions: tuple[str, ...]
    region_names: tuple[str, ...]
    """The same for a reader: one that is not in the reader's language is marked."""
    conductor: NamedValue
    facets: tuple[NamedValue, ...]
    addressee: NamedValue | None
    basis: Id | None = Field(description="The finding a proposal or a recommendation rests on.")
    role: NamedValue | None = Field(description="What an indicator describes.")
    measured: MeasurementView | None


class PartView(BaseModel):
    """How much of a figure is one report's."""

    report: Id
    version: int
    content: Sha256
    count: int
    link: str


class CountView(BaseModel):
    """A figure and what it is the sum of."""

    key: str
    name: str
    findings: int
    proposals: int
    recommendations: int
    indicators: int
    total: int
    parts: tuple[PartView, ...]


class CountsView(BaseModel):
    """One dimension. A row that names several keys is counted under each, in `total` of the register once."""

    dimension: Dimension
    name: str
    counts: tuple[CountView, ...]


class BecauseView(BaseModel):
    """One reason why findings are said to repeat each other, and in words."""

    reason: RepeatReason
    common: NamedValue
    facets: tuple[NamedValue, ...]
    said: str


class RepeatView(BaseModel):
    """Findings that repeat each other (beyond the Rules)."""

    because: tuple[BecauseView, ...]
    years: tuple[int, ...]
    members: tuple[RegisterRow, ...]


class CountDifferenceView(BaseModel):
    """A sphere or an object in a year and the year before; `change` is that of the findings."""

    dimension: Dimension
    dimension_name: str
    key: str
    name: str
    year: int
    now: CountView
    before: CountView
    change: int | None
    change_said: str = Field(description="With its sign; empty where there is nothing to compare.")
    why_not: NotComparable | None
    said: str = Field(description="Why there is nothing to compare; empty otherwise.")


class IndicatorDifferenceView(BaseModel):
    """An indicator in a year and the year before; `change` is the value less the value before."""

    year: int
    now: RegisterRow
    before: RegisterRow
    change: Exact | None
    change_said: str = Field(description="With its sign; empty where they cannot be compared.")
    why_not: tuple[NotComparable, ...]
    said: str = Field(description="Why the two cannot be compared; empty otherwise.")


class ReportLineView(BaseModel):
    """A report the register rests on."""

    report: Id
    version: int
    content: Sha256
    kind: Kind
    kind_name: str
    way: Way
    way_name: str
    title: str
    title_language: Language
    conductor: NamedValue
    year: int
    ended_on: date | None
    received_on: date
    link: str


class LeftOutView(BaseModel):
    """A report that could not be read: its frozen content is missing or is not what its hash says."""

    report: Id
    version: int
    content: Sha256


class NarrowedView(BaseModel):
    """A filter that was asked for, in words."""

    name: str
    value: str


class RegisterView(BaseModel):
    """The register as a whole, as it stood when it was computed."""

    computed_at: datetime
    language: Language
    filters: RegisterFilters
    narrowed: tuple[NarrowedView, ...] = Field(description="The filters in words.")
    years: tuple[int, ...] = Field(description="The years of the reports it rests on.")
    reports: tuple[ReportLineView, ...]
    left_out: tuple[LeftOutView, ...]
    total: CountView
    counts: tuple[CountsView, ...]
    repeats: tuple[RepeatView, ...]
    count_differences: tuple[CountDifferenceView, ...]
    indicator_differences: tuple[IndicatorDifferenceView, ...]
    rows: tuple[RegisterRow, ...]


class RegisterPage(RegisterView):
    """The register with a part of its rows. `next_cursor` is absent on the last page."""

    next_cursor: str | None = None

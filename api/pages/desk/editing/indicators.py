"""Indicators of parts II and III of the form are entered, changed, removed (annex; rule 7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from activities.printing.form_words import measured
from api.content.building import INDICATOR
from api.content.checks import check_cited, check_indicator
from api.content.store import Part
from api.pages.desk.amounts import both_readings, read_amount
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
from models.report.content import Qualitative, Quantitative
from models.vocabulary.procedure import IndicatorKind, IndicatorRole, Language

_KEY = "page.desk.indicator"
AMOUNTS: Final = ("value", "numerator", "denominator", "previous")
AnIndicator = Quantitative | Qualitative


@dataclass(frozen=True)
class IndicatorView(EditView):
    """What can be chosen from; `meant` has the amounts that can be read in two ways."""

    kinds: tuple[tuple[str, str], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    sources: tuple[Choice, ...] = ()
    meant: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


class OfIndicators(ItemForm[AnIndicator]):
    """What its forms share."""

    part = Part.INDICATOR

    def kept(self, body: object) -> AnIndicator:
        return INDICATOR.validate_python(body)

    async def said(self, written: AnIndicator, sitting: EditSitting) -> tuple[Line, ...]:
        return (*_said(written, sitting.language), *await said_cited(written.sources, sitting))


class IndicatorForm(OfIndicators):
    """An indicator is changed."""

    path, template, key = "indicators/{about}", "desk/indicator.html", "indicator"
    fields_of_refusals = {
        "share_differs": "value",
        "share_half_given": "numerator",
        "share_undivided": "denominator",
        "number_out_of_range": "value",
    }

    async def fields(self, standing: AnIndicator, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        common = {"kind": (standing.kind.value,), "role": (standing.role.value,), "source": standing.sources}
        if isinstance(standing, Qualitative):
            return {**common, **wording_fields("text", standing.text)}
        amounts = {each: getattr(standing, each) for each in AMOUNTS}
        return {
            **common,
            **wording_fields("text", standing.name),
            "unit": (standing.unit,),
            "previous_period": (standing.previous_period,),
            **{each: ("" if amount is None else _plain(amount),) for each, amount in amounts.items()},
        }

    async def shown(self, view: EditView, typed: Typed, sitting: EditSitting) -> IndicatorView:
        language = sitting.language
        return IndicatorView(
            seen=view.seen,
            theirs=view.theirs,
            kinds=tuple((each.value, term(language, each)) for each in IndicatorKind),
            roles=tuple((each.value, term(language, each)) for each in IndicatorRole),
            sources=await source_choices(sitting),
            meant=tuple((each, both_readings(typed.one(each), language)) for each in AMOUNTS),
        )

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> AnIndicator | None:
        kind = reader.choice("kind", IndicatorKind, "desk_indicator_kind_missing")
        role = reader.choice("role", IndicatorRole, "desk_indicator_its_role_missing")
        wording = read_wording(reader, typed, "text", "desk_indicator_text_missing")
        sources, known = await cited(reader, typed, sitting), sitting.about or NEW
        if kind is IndicatorKind.QUALITATIVE and role is not None:
            return Qualitative(id=known, role=role, text=wording, sources=sources)
        amounts = {each: _amount(reader, typed, each, sitting.language) for each in AMOUNTS}
        unit, period = reader.line("unit"), reader.line("previous_period")
        value = amounts["value"]
        if kind is None or role is None or value is None:
            return None
        return Quantitative(
            id=known,
            role=role,
            name=wording,
            unit=unit,
            value=value,
            previous_period=period,
            sources=sources,
            numerator=amounts["numerator"],
            denominator=amounts["denominator"],
            previous=amounts["previous"],
        )

    async def check(self, written: AnIndicator, sitting: EditSitting) -> None:
        check_indicator(written)
        await check_cited(sitting.session, sitting.number, written.sources)


class NewIndicatorForm(IndicatorForm):
    """An indicator is entered."""

    path, key = "indicators/new", "indicator_new"


class IndicatorRemovalForm(RemovalForm[AnIndicator], OfIndicators):
    """An indicator is removed."""

    path, key = "indicators/{about}/removal", "indicator_removal"


def _amount(reader: Reader, typed: Typed, field: str, language: Language) -> Decimal | None:
    what = text(language, f"{_KEY}.{field}")
    if typed.one(field).strip():
        return read_amount(reader, typed, field, f"{field}-meant", "desk_amount", what=what)
    if field == "value":
        reader.fault(field, "desk_amount_missing", what=what)
    return None


def _plain(amount: Decimal) -> str:
    """As it is typed: with a comma, and with as many decimals as it has."""
    return f"{amount:f}".replace(".", ",")


def _said(indicator: AnIndicator, language: Language) -> Iterator[Line]:
    def line(field: str, value: str) -> Line:
        return Line(label=text(language, f"{_KEY}.{field}"), value=value)

    yield line("kind", term(language, indicator.kind))
    yield line("role", term(language, indicator.role))
    if isinstance(indicator, Qualitative):
        yield from said_in_each(language, f"{_KEY}.text", indicator.text)
        return
    yield from said_in_each(language, f"{_KEY}.text", indicator.name)
    for field in AMOUNTS:
        amount = getattr(indicator, field)
        if amount is not None:
            unit = indicator.unit if field in {"value", "previous"} else ""
            yield line(field, measured(amount, unit, language))
    if indicator.previous_period:
        yield line("previous_period", indicator.previous_period)
